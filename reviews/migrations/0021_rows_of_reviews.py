from importlib import import_module

from django.db import migrations

from scr_portal.core.row_security import PERSON, rows_of_reviews

TABLES = import_module("reviews.migrations.0018_row_level_security").TABLES


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reviews", "0020_grants_know_their_board")]

    operations = [
        rows_of_reviews(*TABLES.split()),
        rows_of_reviews("reviews_appointment", "reviews_recusal", also=f"user_id = {PERSON}"),
    ]
