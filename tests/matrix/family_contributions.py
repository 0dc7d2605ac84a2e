"""What lies behind the addresses of the family's rooms (contributions), and who may open them."""

from typing import Any

from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast
from tests.families.contributions import saying

# Absent for who reads none at all; everybody else keeps their rights within the room.
READ = "families:contributions families:contribution families:contribution_texts"
READ += " families:contributions_file"
ON_REVIEW = [
    ({P.READ_CONTRIBUTIONS}, READ),
    (
        {P.KEEP_CONTRIBUTIONS},
        """families:contribution_new families:contribution_edit families:contribution_readers
        families:contribution_reader_end families:contribution_check families:account_new
        families:account_edit families:account_remove families:use_new families:use_edit""",
    ),
    ({P.SEE_FAMILY}, "families:keepsakes families:keepsake"),
    (
        {P.KEEP_FAMILY},
        """families:keepsake_new families:keepsake_edit families:keepsake_take_back
        families:keepsake_return""",
    ),
]
ABSENT_WITHOUT = set(READ.split())


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    made = saying.a_contribution(review, cast)
    of_it = {"pk": made.pk}
    reader = saying.named(made, cast.unit, by=cast.liaison)
    of_account = of_it | {"account": saying.beside_a_record(made, cast).pk}
    of_keepsake = {"pk": saying.a_keepsake(review, cast, person=made.person).pk}
    saying.closed(made, reader, by=cast.liaison)
    return {
        "families:contributions_file": {"kind": "docx"},
        **{
            f"families:{name}": of_it
            for name in (
                *("contribution", "contribution_texts", "contribution_edit", "contribution_check"),
                *("contribution_readers", "account_new", "use_new"),
            )
        },
        "families:contribution_reader_end": of_it | {"reader": reader.pk},
        "families:account_edit": of_account,
        "families:account_remove": of_account,
        "families:use_edit": of_it | {"use": saying.a_use(made, cast).pk},
        **{
            f"families:{name}": of_keepsake
            for name in ("keepsake", "keepsake_edit", "keepsake_take_back", "keepsake_return")
        },
    }
