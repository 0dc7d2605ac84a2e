from reviews.decisions.decision.operations.chair import give_back, sign_decision
from reviews.decisions.decision.operations.drafting import (
    against_drafting,
    carried,
    draft,
    next_version,
    put_to_chair,
    take_back,
)
from reviews.decisions.decision.operations.national import tell_bodies

__all__ = [
    "against_drafting",
    "carried",
    "draft",
    "give_back",
    "next_version",
    "put_to_chair",
    "sign_decision",
    "take_back",
    "tell_bodies",
]
