from importlib import import_module

from django.db import migrations

from scr_portal.core.row_security import rows_of_reviews

TABLES = import_module("families.migrations.0007_row_level_security").TABLES


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("families", "0007_row_level_security")]

    operations = [rows_of_reviews(*TABLES.split())]
