"""PostgreSQL gives a self-assessment to nobody who has no part in its review."""

from django.db import migrations

from scr_portal.core.row_security import case_rows

TABLES = """
    quality_markers_answer quality_markers_answertext quality_markers_assignment
    quality_markers_delegation quality_markers_evidenceitem quality_markers_explanation
    quality_markers_export quality_markers_improvement quality_markers_markerplan
    quality_markers_movement quality_markers_pack quality_markers_pass
    quality_markers_questioncomment quality_markers_questionreturn quality_markers_reflection
    quality_markers_reflectiontext quality_markers_returnedanswer quality_markers_returnedpack
    quality_markers_submission
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_the_applications_role"),
        ("quality_markers", "0012_rights_that_a_file_was_made_with"),
    ]

    operations = case_rows(*TABLES.split())
