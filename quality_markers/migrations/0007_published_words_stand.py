import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality_markers", "0006_dialogue_packs_and_what_moved"),
    ]

    operations = [
        migrations.AddField(
            model_name="marker",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="question",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="marker",
            name="law",
            field=models.TextField(blank=True, verbose_name="law and statutory guidance"),
        ),
        migrations.AlterField(
            model_name="marker",
            name="obstacles",
            field=models.TextField(blank=True, verbose_name="common obstacles"),
        ),
        migrations.AlterField(
            model_name="marker",
            name="rationale",
            field=models.TextField(blank=True, verbose_name="why it matters"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="catalogueversion",
            trigger=pgtrigger.compiler.Trigger(
                name="published_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" IN ('published', 'retired'))",
                    func="\n    IF TG_OP = 'DELETE' OR NEW.state = 'draft'\n       OR (NEW.title, NEW.source, NEW.edition, NEW.framework, NEW.sha256)\n          IS DISTINCT FROM (OLD.title, OLD.source, OLD.edition, OLD.framework, OLD.sha256)\n       OR (NEW.board_id, NEW.based_on_id) IS DISTINCT FROM (OLD.board_id, OLD.based_on_id) THEN\n        RAISE EXCEPTION 'This version of the catalogue is published: its words stand.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="2448cb652d0c2d76a1ae7e825554d7ad31286dda",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_published_stands_654b7",
                    table="quality_markers_catalogueversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="marker",
            trigger=pgtrigger.compiler.Trigger(
                name="stands_once_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT FROM quality_markers_catalogueversion\n                WHERE id IN (NEW.version_id, OLD.version_id) AND state <> 'draft') THEN\n        RAISE EXCEPTION 'This version of the catalogue is published: its words stand.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="282c8a90d6eaabc1410886edb731bb049acce48a",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stands_once_published_c03f1",
                    table="quality_markers_marker",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="stands_once_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT FROM quality_markers_catalogueversion\n                WHERE id IN (SELECT version_id FROM quality_markers_marker WHERE id IN (NEW.marker_id, OLD.marker_id)) AND state <> 'draft') THEN\n        RAISE EXCEPTION 'This version of the catalogue is published: its words stand.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="cb7982add201b59bc79c166d16d72a5580b74381",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stands_once_published_88846",
                    table="quality_markers_question",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("board",),
                name="catalogue_version_one_draft",
            ),
        ),
    ]
