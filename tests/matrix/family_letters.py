"""What lies behind the addresses of the family's rooms (letters), and who may open them."""

from typing import Any

from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast
from tests.families.letters.writing import a_letter, sent

ON_BOARD = {
    P.KEEP_REGISTERS: """families:letter_texts families:letter_text_load families:letter_text
        families:letter_text_preview families:letter_text_file families:letter_text_take_out""",
}
ON_REVIEW: list[tuple[set[P], str]] = [
    ({P.SEE_FAMILY}, "families:letters families:letter"),
    (
        {P.KEEP_FAMILY},
        """families:letter_new families:letter_edit families:letter_take_over families:letter_drop
        families:letter_again families:letter_send families:letter_reply""",
    ),
    ({P.SEE_NAMES}, "families:letter_file"),
]
# What a letter says is in the answer to a POST alone.
POST_ASKS = {"families:letter": P.SEE_NAMES}
# A draft is its writer's alone: here the unit's.
OF_THE_UNIT = {f"families:letter_{act}" for act in ("edit", "send", "drop")}


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    of_draft = {"pk": a_letter(cast, review, by=cast.unit).pk}
    of_sent = {"pk": sent(cast, review).pk}
    of_text = {"kind": "information", "code": "en-gb", "form": "standard"}
    return {
        **{f"families:letter{act}": of_draft for act in ("_edit", "_drop", "_send")},
        "families:letter_take_over": of_draft,
        **{f"families:letter{act}": of_sent for act in ("", "_again", "_reply")},
        "families:letter_file": of_sent | {"kind": "pdf"},
        **{f"families:letter_text{act}": of_text for act in ("", "_preview", "_take_out")},
        "families:letter_text_file": of_text | {"ending": "docx"},
    }
