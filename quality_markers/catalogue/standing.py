"""Words that were published stand: the database refuses whatever would change them."""

import pgtrigger


def stands(which: str) -> pgtrigger.Trigger:
    """``which``: the SQL that gives the versions a row belongs to, by NEW and OLD."""
    return pgtrigger.Trigger(
        name="stands_once_published",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
    IF EXISTS (SELECT FROM quality_markers_catalogueversion
                WHERE id IN ({which}) AND state <> 'draft') THEN
        RAISE EXCEPTION 'This version of the catalogue is published: its words stand.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""",
    )


def published_stands() -> pgtrigger.Trigger:
    """Of the version itself all but its state, and whether it is current."""
    return pgtrigger.Trigger(
        name="published_stands",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(old__state__in=["published", "retired"]),
        func="""
    IF TG_OP = 'DELETE' OR NEW.state = 'draft'
       OR (NEW.title, NEW.source, NEW.edition, NEW.framework, NEW.sha256)
          IS DISTINCT FROM (OLD.title, OLD.source, OLD.edition, OLD.framework, OLD.sha256)
       OR (NEW.board_id, NEW.based_on_id) IS DISTINCT FROM (OLD.board_id, OLD.based_on_id) THEN
        RAISE EXCEPTION 'This version of the catalogue is published: its words stand.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""",
    )
