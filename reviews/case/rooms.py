from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Room:
    """One entry of a review's sub-navigation; ``url`` and what lies below it belong to the room."""

    label: str | Promise
    url: str


def active_room(rooms: list[Room], path: str) -> Room | None:
    """The room whose address begins the path; the longest wins, so that the review's own is last."""
    under = [room for room in rooms if path.startswith(room.url)]
    return max(under, key=lambda room: len(room.url), default=None)
