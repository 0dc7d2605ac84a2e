"""An invented publication about lighthouses, in the layout of the real one and just as torn.

`text()` gives it whole. Every section has words of its own, so that a test can tell where each
one ended up; `lines()` gives the lines, for tests that take some away.
"""

from quality_markers.catalogue.shape import shape

CLUSTERS = {1: "Lighting the lamp", 6: "Keeping the lamp", 14: "Handing over the lamp"}
TITLES = (
    "Oil",
    "Wick-trimming",
    "Telling the harbour",
    "Telling the keepers",
    "Steadiness of beam",
    "Buying glass",
    "The watch",
    "Tower care",
    "Passing ships",
    "Gathering weather",
    "The crew",
    "The village",
    "Reading the sea",
    "The log",
    "Mending",
    "The harbour’s answer",
    "Posting the log",
    "Years afterwards",
)
HOW = "How might you know if you are meeting {marker}?"
LAW = "Link to statutory guidance and inspection criteria"


def lines() -> list[str]:
    return [*_front(), *_overview(), *(line for n in range(1, 19) for line in chapter(n))]


def text() -> str:
    return "\n".join(lines()) + "\n"


def statement(n: int) -> str:
    return f"lamp {n} burns through the night and is seen from the sea as far as the reef"


def questions(n: int) -> list[str]:
    return [_question(n, asked) for asked in range(1, shape().questions[n - 1] + 1)]


def _question(n: int, asked: int) -> str:
    if asked == 2:
        return (
            f"Is lantern {n}.{asked} cleaned by the keeper on duty, and does the keeper’s mate "
            "see it done before the evening tide turns at the mouth of the bay?"
        )
    return f"Is lantern {n}.{asked} lit in time?"


def _front() -> list[str]:
    return [
        "About this document",
        "It holds eighteen markers for lighthouses.",
        *(f"{n}." for n in range(1, 6)),
        "",
        *TITLES[:5],
        "",
        CLUSTERS[1],
        "",
        "•",
        "•",
        "",
        "Quality statement – one line about the lamp",
        "",
        "Rationale – why the lamp matters",
        HOW.format(marker="this QM"),
        "6",
    ]


def _overview() -> list[str]:
    found = ["\fSerious Case Review Quality Markers", "Overview"]
    for n, title in enumerate(TITLES, start=1):
        cluster = [CLUSTERS[n]] if n in CLUSTERS else []
        found += [*cluster, f"{' ' if n == 11 else ''}QM {n}", "", title, ""]
        found += [f"The overview says another thing of lamp {n}", "" if n != 10 else "today."]
    return [*found, "8"]


def chapter(n: int) -> list[str]:
    words = statement(n).split()
    return [
        *_page_head(n),
        f"Quality Marker {n}: {TITLES[n - 1]}",
        f"Quality statement: {' '.join(words[:9])}",
        " ".join(words[9:]),
        "Rationale" if n % 2 else "Rationale:",
        *_rationale(n),
        "",
        HOW.format(marker="this quality marker"),
        *_asked(n),
        "" if n % 3 else "\f",
        "Knowledge base",
        "",
        "•",
        "",
        f"The old keepers of tower {n} knew that salt clouds the glass within a week of any",
        "westerly gale.",
        "",
        *_equality(n),
        f"{LAW}{':' if n % 2 else ''}",
        "",
        *_law(n),
        "",
        "Tackling some common obstacles",
        "",
        "•",
        f"Rope {n} frays.",
        "",
        "•",
        "",
        *_page_foot(n),
        "",
        f"Mates sleep on watch {n}.",
        *(["", str(100 + n)] if n % 4 == 0 else []),
    ]


def _page_head(n: int) -> list[str]:
    head = ["Supporting dialogue about the principles of good practice", ""]
    return head if n % 2 else [f"{n + 8}", "\fSerious Case Review Quality Markers", "", *head]


def _page_foot(n: int) -> list[str]:
    return ["", "", f"Quality Marker {n}", "", f"{n + 20}", ""]


def _rationale(n: int) -> list[str]:
    """A sentence over a page's end, a second paragraph, and bullets torn from their items."""
    return [
        f"The lamp of tower {n} is the only thing that a ship at sea can see when the moon is down",
        *_page_foot(n),
        "and the cloud is low.",
        "A second thought begins after a short line. It ends by naming what a keeper weighs and/",
        f"or measures for tower {n}:",
        "",
        "•",
        "•",
        "",
        f"oil for lamp {n}",
        "",
        "•",
        "•",
        "",
        "the width of the beam as it is seen from the deck of a ship that lies beyond the reef and",
        "its colour",
        "",
        "the height of the tide",
        f"the wind over tower {n}.",
        "",
        "So much for weighing.",
    ]


RATIONALE = (
    "The lamp of tower {n} is the only thing that a ship at sea can see when the moon is down "
    "and the cloud is low.\n\n"
    "A second thought begins after a short line. It ends by naming what a keeper weighs and/or "
    "measures for tower {n}:\n\n"
    "- oil for lamp {n}\n"
    "- the height of the tide\n"
    "- the width of the beam as it is seen from the deck of a ship that lies beyond the reef and "
    "its colour\n"
    "- the wind over tower {n}.\n\n"
    "So much for weighing."
)


def _asked(n: int) -> list[str]:
    found = []
    for number, question in enumerate(questions(n), start=1):
        words = f"{number}. {question}".split()
        if len(words) < 12:
            found.append(" ".join(words))
        else:
            found += [" ".join(words[:15]), *_page_foot(n), " ".join(words[15:])]
    return found


def _equality(n: int) -> list[str]:
    if n not in shape().equality:
        return []
    return [
        "Equality and diversity",
        "",
        "•",
        "•",
        "",
        f"Keepers of tower {n} speak several tongues.",
        "Some of them cannot climb the stair without help from the mate, who must be told of it",
        "beforehand.",
        "",
    ]


def _law(n: int) -> list[str]:
    if n == 14:
        should = ["The Lamp Act says that a lamp should:", "", "-- burn", "", "-- turn."]
        return ["•", "", *should, "•", "", "The Tower Act adds nothing (p 7)."]
    return [f"The Lamp Act (section {n}) requires a light", "at every headland (p 7)."]
