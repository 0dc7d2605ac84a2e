"""Every child of a record is in the family register; from now on ``child_changed`` sees to it."""

from typing import Any

from django.db import migrations

SHARED = (
    *("pseudonym", "real_name", "date_of_birth", "sex"),
    *("ethnicity", "language", "religion", "disability"),
)


def register(apps: Any, schema_editor: Any) -> None:
    Child, Person = apps.get_model("reviews", "Child"), apps.get_model("families", "Person")
    there = Person.objects.filter(child__isnull=False).values("child")
    for child in Child.objects.exclude(pk__in=there).select_related("review").iterator():
        Person.objects.create(
            review_id=child.review_id,
            board_id=child.board_id,
            child=child,
            relationship="subject",
            life="died" if child.harm == "died" else "alive",
            created_by_id=child.review.created_by_id,
            created_at=child.review.created_at,
            **{name: getattr(child, name) for name in SHARED},
        )


def forget(apps: Any, schema_editor: Any) -> None:
    apps.get_model("families", "Person").objects.filter(child__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [("families", "0003_letters_keep_headings_and_ways")]

    operations = [migrations.RunPython(register, forget)]
