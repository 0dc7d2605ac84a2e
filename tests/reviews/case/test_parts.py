from reviews.case.parts import Part, navigation


def room(label, url, part=None):
    return {"label": label, "url": url} | ({"part": part} if part else {})


ROOMS = [
    room("Overview", "/r/"),
    room("Dates", "/r/dates"),
    room("Decision", "/r/decision", Part.DECISION),
    room("Self-assessments", "/r/passes", Part.MARKERS),
]


def test_a_part_leads_to_its_first_room_and_opens_a_second_row():
    nav = navigation(ROOMS, "/r/dates")
    assert [(each["label"], each["url"]) for each in nav["parts"]] == [
        ("Record", "/r/"),
        ("Decision", "/r/decision"),
        ("Self-assessments", "/r/passes"),
    ]
    assert [(each["label"], each["active"]) for each in nav["rooms"]] == [
        ("Overview", False),
        ("Dates", True),
    ]


def test_a_part_with_one_room_has_no_second_row():
    nav = navigation(ROOMS, "/r/decision/edit")
    assert [each["active"] for each in nav["parts"]] == [False, True, False]
    assert nav["rooms"] == []


def test_a_page_of_no_room_lies_under_the_review_itself():
    assert navigation(ROOMS, "/r/advance/decided")["rooms"][0]["active"]
