"""What this room tells the rooms below it."""

from typing import Any

from families.people.operations import children
from reviews.case.models import Child


def child_changed(child: Child, by: Any) -> list[Any]:
    children.child_changed(child=child, by=by)
    return []
