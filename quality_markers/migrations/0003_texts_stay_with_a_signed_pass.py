import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("quality_markers", "0002_keep_every_text"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="stands_with_its_pass",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reflection",
            name="stands_with_its_pass",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="stands_with_its_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT FROM quality_markers_pass\n                WHERE id IN (NEW.assessment_id, OLD.assessment_id) AND state = 'accepted') THEN\n        RAISE EXCEPTION 'The self-assessment is signed: its texts stand.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="30c723df421c543295339f9ad71b2358f776e8f9",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stands_with_its_pass_f626e",
                    table="quality_markers_answer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reflection",
            trigger=pgtrigger.compiler.Trigger(
                name="stands_with_its_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT FROM quality_markers_pass\n                WHERE id IN (NEW.assessment_id, OLD.assessment_id) AND state = 'accepted') THEN\n        RAISE EXCEPTION 'The self-assessment is signed: its texts stand.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="7fd8eb4d277d4d710577668f603cee6157763e90",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stands_with_its_pass_1d23b",
                    table="quality_markers_reflection",
                    when="BEFORE",
                ),
            ),
        ),
    ]
