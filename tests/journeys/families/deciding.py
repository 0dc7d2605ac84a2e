"""Who takes part, and why; what stands against it; what the review waits for, and does not."""

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import (
    CHILD,
    FATHER,
    GRANDMOTHER,
    INTERPRETER,
    MOTHER,
    SISTER,
    ago,
    card,
    fill,
    go,
    refused,
    row,
    says,
    send,
    takes_part,
)
from tests.journeys.families.walking import TRIAL
from tests.journeys.setting_up.starting import in_the_way

OFFICER = "Senior investigating officer, Northmere Police"
DISAGREES = "Ask the officer this month, not after the verdict: he asked for help twice."


def find_out_who_is_missing(unit: Person, review: str) -> None:
    go(unit, review, "taking-part")
    says(
        unit,
        "4 people on the register were not considered yet.",
        "Grandparents: nobody is on the record, and nobody has said that there are none.",
    )
    unit.press("record that there are none")
    send(unit, "Record it", {"How is it known that there are none?": " "})
    refused(unit, "How is it known that there are none?")
    unit.press("Cancel")


def decide_on_those_at_home(unit: Person, review: str) -> None:
    """No decision without a reason, neither a yes nor a no."""
    decide(unit, review, MOTHER, {"What was decided?": "Invited to take part"})
    refused(unit, "Enter why, in your own words")
    reason = {"Why, in your own words": "She knows what each of six visits was like."}
    send(unit, "Record the decision", reason)
    says(unit, "The decision is on the record.", "Decided on", reason["Why, in your own words"])
    invited = {"What was decided?": "Invited to take part", "Decided on": ago(60)}
    why = "She lived through all of it, and nobody has asked her."
    decide(unit, review, SISTER, invited | {"Why, in your own words": why})
    says(unit, why)


def put_the_father_off(unit: Person, review: str) -> None:
    """He is a suspect: not yet, and once the trial is over somebody looks again."""
    not_yet = {
        "What was decided?": "Not yet",
        "Why, in your own words": "He is charged; what he says may be used in court.",
    }
    decide(unit, review, FATHER, not_yet)
    refused(unit, "Choose the kind of reason", "“Not yet” needs a time")
    fill(
        unit,
        {
            "Kind of reason, where they are not invited or not yet": (
                "Criminal or civil proceedings go on"
            ),
            "When is it looked at again?": "When a parallel process has ended",
        },
    )
    process = unit.page.get_by_label("Which process must end first")
    process.select_option(label=process.get_by_role("option", name=TRIAL).inner_text())
    unit.press("Record the decision")
    says(unit, "Not yet: Criminal or civil proceedings go on", f"after: {TRIAL}")


def leave_the_child_out(unit: Person, review: str) -> None:
    decide(
        unit,
        review,
        CHILD,
        {
            "What was decided?": "Not invited",
            "Why, in your own words": "He is seven months old.",
            "Kind of reason, where they are not invited or not yet": "Another reason, given below",
        },
    )
    says(unit, "Not invited: Another reason", "He is seven months old.")


def decide(unit: Person, review: str, who: str, answers: dict[str, object]) -> None:
    takes_part(unit, review, who)
    unit.press("Record the decision")
    send(unit, "Record the decision", {"Who decided": "The review team"} | answers)


def disagree(lead: Person, review: str) -> None:
    takes_part(lead, review, FATHER)
    lead.press("Disagree with this decision")
    text = {"What would you have decided, and why?": DISAGREES}
    send(lead, "Record that I disagree", text)
    says(lead, "Leonard Quill disagrees", DISAGREES, "Not yet: Criminal")


def find_the_way_blocked(chair: Person, review: str) -> None:
    reasons = in_the_way(chair, review)
    for sentence in (
        "Nobody has looked whether there are any: grandparents.",
        "Invited, but not told of the review yet: Mother, Sister.",
    ):
        expect(reasons).to_contain_text(sentence)
    expect(chair.page.get_by_role("link", name="Begin the review's work")).to_have_count(0)


def decide_on_the_grandmother(unit: Person, review: str) -> None:
    """She was overlooked, and can be seen to be; then she is asked for."""
    expect(in_the_way(unit, review)).to_contain_text("whether they take part: Grandmother.")
    go(unit, review, "taking-part")
    expect(row(unit, GRANDMOTHER)).to_contain_text("Not considered")
    invited = {"What was decided?": "Invited to take part"}
    why = "She fed the child on most afternoons. Nobody thought of her until now."
    decide(unit, review, GRANDMOTHER, invited | {"Why, in your own words": why})
    says(unit, why)


def waive(chair: Person, review: str) -> None:
    """The sister sits examinations; the chair answers for telling her later."""
    chair.press("Go to taking part", within=in_the_way(chair, review))
    chair.page.get_by_text("Let the review move on without something").click()
    chair.press("Without telling the family")
    send(chair, "Save the reason", {"For whom": SISTER})
    refused(chair, "Why may the review move on without it?")
    why = "She sits examinations until the end of the month, and has asked to wait."
    send(chair, "Save the reason", {"Why may the review move on without it?": why})
    says(chair, "The reason is on the record", why, "Waived by Charles Ashdown")
    expect(in_the_way(chair, review)).to_have_count(0)


def begin_the_work(unit: Person, review: str) -> None:
    unit.goto(review)
    unit.press("Begin the review's work")
    unit.press("Begin the review's work")
    says(unit, "now at the stage: Under way")


# --- proceedings


def record_the_proceedings(liaison: Person, review: str) -> None:
    takes_part(liaison, review, FATHER)
    liaison.press("Add a part in proceedings")
    criminal = {"Which proceedings?": "Criminal investigation or trial"}
    send(liaison, "Save", criminal | {"What are they in them?": "Suspect or charged"})
    says(liaison, "No contact yet.", "No officer has been consulted.")


def consult(liaison: Person, review: str, may: str) -> None:
    takes_part(liaison, review, FATHER)
    liaison.press("Record what an officer said")
    said = {
        "Which officer was consulted?": OFFICER,
        "May there be contact?": may,
        "What was agreed, in words": "His solicitor sits in, and no note leaves the team.",
        "What may not be discussed": "The night of the injury.",
    }
    send(liaison, "Record it", said)
    says(liaison, f"{OFFICER}, consulted on", "The night of the injury.")


# --- support


def arrange_an_interpreter(liaison: Person, review: str) -> None:
    takes_part(liaison, review, MOTHER)
    liaison.press("Add support")
    expect(liaison.page.get_by_label("Language and dialect")).to_have_value("Sylheti")
    send(liaison, "Add", {"What do they need?": "Interpreter", "Who gives it": INTERPRETER})
    support = card(liaison, "Support")
    expect(support).to_contain_text("To be agreed")
    liaison.press("Agreed", within=support)
    liaison.press("Arranged", within=support)
    says(liaison, "Confirm that the interpreter is not a relative")
    expect(support).not_to_contain_text("arranged on")
    liaison.press("Change Interpreter")
    confirmed = "The interpreter is not a relative, a friend or somebody of the same community"
    send(liaison, "Save", {confirmed: True})
    for step in ("Arranged", "Done"):
        liaison.press(step, within=card(liaison, "Support"))
        says(liaison, f"Recorded: {step}")
    expect(card(liaison, "Support")).to_contain_text("Confirmed: not a relative")
