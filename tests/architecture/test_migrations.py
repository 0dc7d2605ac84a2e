import re
from pathlib import Path

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.fields import FieldOperation
from django.db.models import NOT_PROVIDED

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


# Up to these nobody had a version before: whoever installs the portal runs them on empty tables.
BEGUN_WITH = {
    "accounts": 3,
    "audit": 2,
    "documents": 1,
    "drafts": 1,
    "families": 6,
    "guests": 1,
    "notifications": 1,
    "quality_markers": 12,
    "reviews": 14,
}
# Of which somebody looked how long they hold a table up.
LOOKED_AT = {
    "reviews 0017_reviews_are_opened_in_an_emergency": "rights are tens of thousands: 0.1 s",
}


def what_stops_the_version_before(migration):
    """While it is run the version before is still in use, and writes rows as it knows them."""
    made = {
        operation.name.lower()
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    }
    holds = False
    for operation in flat(migration.operations):
        is_new = getattr(operation, "model_name", "").lower() in made
        if why := "" if is_new else what_stops_it(operation):
            yield f"{why}: {operation.describe()}"
        # One alone takes up to half a second: Django draws all models anew between any two.
        if holds and migration.atomic and isinstance(operation, migrations.CreateModel):
            yield f"comes while a table in use is held: {operation.describe()}"
        holds |= isinstance(operation, FieldOperation) and not is_new


def what_stops_it(operation):
    match operation:
        case (
            migrations.RemoveField()
            | migrations.RenameField()
            | migrations.AlterModelTable()
            | migrations.DeleteModel()
            | migrations.RenameModel()
        ):
            return "takes away what it reads"
        case migrations.AddField() if needs_a_value(operation):
            return "asks for what it does not know"
        case migrations.AlterField():
            return "may write the table anew"
        case AddIndexConcurrently() | AddConstraintNotValid():
            return ""
        case migrations.AddIndex():
            return "stops writing while it is built"
        case migrations.AddConstraint():
            return "reads the whole table under a lock"
    return ""


def flat(operations):
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def needs_a_value(operation):
    field = operation.field
    return not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)


def since_the_beginning(db):
    for migration in ours(db):
        number = int(migration.name.split("_")[0])
        if number > BEGUN_WITH.get(migration.app_label, 0):
            yield migration


def test_the_version_before_goes_on_while_a_migration_runs(db):
    found = {
        f"{migration.app_label} {migration.name}": stops
        for migration in since_the_beginning(db)
        if (stops := list(what_stops_the_version_before(migration)))
    }
    assert {name: stops for name, stops in found.items() if name not in LOOKED_AT} == {}
    assert set(LOOKED_AT) <= set(found), "nothing is left to look at there"


class TestWhatIsFound:
    def of(self, *operations):
        migration = migrations.Migration("0002_more", "reviews")
        migration.operations = list(operations)
        return len(list(what_stops_the_version_before(migration)))

    def test_a_field_without_a_value_for_the_version_before(self):
        assert self.of(migrations.AddField("Review", "more", models.TextField(default="")))
        assert not self.of(migrations.AddField("Review", "more", models.TextField(db_default="")))
        assert not self.of(migrations.AddField("Review", "more", models.DateField(null=True)))

    def test_what_goes_away_or_is_written_anew(self):
        assert self.of(migrations.RemoveField("Review", "marking"))
        assert self.of(migrations.RenameField("Review", "marking", "mark"))
        assert self.of(migrations.DeleteModel("Review"))
        assert self.of(migrations.AlterField("Review", "marking", models.TextField()))

    def test_what_holds_a_table_for_long(self):
        index = models.Index(fields=["marking"], name="by_marking")
        assert self.of(migrations.AddIndex("Review", index))
        assert not self.of(AddIndexConcurrently("Review", index))
        rule = models.CheckConstraint(condition=models.Q(marking=""), name="rule")
        assert self.of(migrations.AddConstraint("Review", rule))
        assert not self.of(AddConstraintNotValid("Review", rule))
        new = migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))])
        assert not self.of(new, migrations.AddConstraint("Thing", rule))

    def test_a_table_in_use_that_waits_for_one_that_is_made(self):
        more = migrations.AddField("Review", "more", models.DateField(null=True))
        new = migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))])
        on_it = migrations.AddField("Thing", "more", models.DateField(null=True))
        assert self.of(more, new)
        assert not self.of(new, on_it, more)
