import re
from pathlib import Path

from django.db import migrations
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).parents[2]


def ours(db):
    loader = MigrationLoader(None)
    return [
        migration
        for migration in loader.disk_migrations.values()
        if migration.__module__.startswith(
            ("scr_portal.", "reviews.", "families.", "quality_markers.")
        )
    ]


def test_migrations_have_names_that_say_what_they_do(db):
    for migration in ours(db):
        assert not re.search(r"_auto_|_and_more", migration.name), migration


def test_every_migration_can_be_taken_back(db):
    for migration in ours(db):
        for operation in migration.operations:
            assert operation.reversible, (migration, operation)
            if isinstance(operation, migrations.RunSQL):
                assert operation.reverse_sql is not None, migration


def test_migrations_depend_only_downwards(db):
    floors = ["core", "audit", "accounts", "notifications", "drafts", "guests", "documents"]
    floors += ["reviews", "families", "quality_markers"]
    for migration in ours(db):
        mine = floors.index(migration.app_label)
        below = {app for app, _ in migration.dependencies if app in floors}
        assert all(floors.index(app) <= mine for app in below), migration
