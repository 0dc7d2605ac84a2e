from importlib import import_module

from django.db import migrations

from scr_portal.core.row_security import rows_of_reviews

TABLES = import_module("quality_markers.migrations.0013_row_level_security").TABLES


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("quality_markers", "0013_row_level_security")]

    operations = [rows_of_reviews(*TABLES.split())]
