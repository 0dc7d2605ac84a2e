from reviews.subject_access.operations.going_through import decide, go_through, look, search
from reviews.subject_access.operations.handing_over import close, put, send, settle, take
from reviews.subject_access.operations.requests import ask, change, extend

__all__ = [
    "ask",
    "change",
    "close",
    "decide",
    "extend",
    "go_through",
    "look",
    "put",
    "search",
    "send",
    "settle",
    "take",
]
