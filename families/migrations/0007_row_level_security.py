"""PostgreSQL gives rows of a family to nobody who has no part in the review."""

from django.db import migrations

from scr_portal.core.row_security import case_rows

TABLES = """
    families_accuracycheck families_apart families_consultation families_contact
    families_contactperson families_contradiction families_contribution families_contributiontext
    families_disagreement families_earlieroutcome families_evaluation families_familyquestion
    families_groupnote families_household families_inclusion families_influence families_keepsake
    families_letter families_living families_person families_promise families_reader
    families_refusal families_relation families_reply families_safety families_safetyreason
    families_standing families_support families_told families_use families_waiver
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_the_applications_role"),
        ("families", "0006_reasons_are_encrypted"),
    ]

    operations = case_rows(*TABLES.split())
