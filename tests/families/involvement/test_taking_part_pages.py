"""The pages of taking part: with one person and forty, for who keeps them and who only looks."""

from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.involvement.operations import deciding, proceedings, support, waiving
from families.involvement.rules.deciding import in_three_months
from reviews.permissions import Role
from reviews.planning.parallel import operations as parallel
from scr_portal.core import clock
from tests import builders
from tests.families.conftest import a_person
from tests.families.involvement.taking import decide, tell


def page(client, user, name, review, *args):
    client.force_login(user)
    return client.get(reverse(f"families:{name}", args=[review.pk, *args]))


def test_an_empty_register_says_what_to_do_first(client, cast, review):
    review.family.all().delete()
    said = page(client, cast.liaison, "involvement", review).content.decode()
    assert "Nobody is on the family register yet" in said
    assert "Grandparents: nobody is on the record" in said


def test_who_was_not_considered_is_visible(client, cast, review, family):
    said = page(client, cast.liaison, "involvement", review).content.decode()
    assert said.count("Not considered") >= 3
    assert "Grandparents: nobody" not in said
    response = page(client, cast.liaison, "involved", review, family.mother.pk)
    assert response.status_code == 200


def fill(review, cast, number):
    """So many people, each with a decision, proceedings, support and a waiver."""
    for n in range(number):
        person = a_person(review, cast, f"Relative {n}", relationship="other_family")
        decide(person, cast.liaison, f"{n}")
        tell(person, cast)
        proceedings.add_standing(person=person, kind="civil", part="witness", by=cast.liaison)
        support.add_support(person=person, kind="travel", by=cast.liaison)
        waiving.waive(review=review, about="report", person=person, reason="x", by=cast.chair)


def test_the_page_costs_the_same_for_one_person_and_for_forty(client, cast, review):
    costs = []
    for number in (1, 10, 40):
        with transaction.atomic():
            fill(review, cast, number)
            page(client, cast.lead, "involvement", review)
            with CaptureQueriesContext(connection) as found:
                said = client.get(reverse("families:involvement", args=[review.pk]))
            assert said.content.decode().count("Other family") == number
            transaction.set_rollback(True)
        costs.append(len(found))
    assert len(set(costs)) == 1, costs


def test_the_ledger_costs_the_same_for_one_line_and_for_forty(client, cast, review, family):
    costs = []
    for number in (1, 9, 30):
        for n in range(number):
            made = decide(family.mother, cast.liaison, f"{number}-{n}")
            deciding.disagree(inclusion=made, text="No", token=f"{number}-{n}", by=cast.lead)
        page(client, cast.lead, "involved", review, family.mother.pk)
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("families:involved", args=[review.pk, family.mother.pk]))
        costs.append(len(found))
    assert len(set(costs)) == 1, costs


def test_who_only_looks_is_offered_nothing_to_change(client, cast, review, family):
    decide(family.mother, cast.liaison, look_again_on=clock.today() + timedelta(90))
    for who in ("chair", "auditor"):
        said = page(client, cast.people[who], "involved", review, family.mother.pk).content.decode()
        assert "She knew the child best." in said
        for words in ("Record a new decision", "Disagree with", "Change the", "Add support"):
            assert words not in said, (who, words)


def test_a_decision_is_recorded_on_its_form(client, cast, review, family):
    client.force_login(cast.liaison)
    url = reverse("families:inclusion_new", args=[review.pk, family.father.pk])
    begun = client.get(url)
    assert "parallel process" not in begun.content.decode()
    token = begun.context["form"]["token"].value()
    sent = {"choice": "later", "reason": "", "decided_on": "", "look_again": "never"}
    refused = client.post(url, sent | {"token": token}).content.decode()
    for words in ("Choose the kind of reason", "needs a time", "Enter why", "Enter who decided"):
        assert words in refused, words
    sent |= {
        "reason": "He is to be tried.",
        "why": "proceedings",
        "decided_on": clock.today().isoformat(),
        "decided_by": "The panel",
        "look_again": "three_months",
        "token": token,
    }
    for _ in range(2):
        answer = client.post(url, sent, follow=True).content.decode()
    assert answer.count("He is to be tried.") == 1
    made = family.father.inclusions.get()
    assert made.look_again_on == in_three_months(clock.today())
    disagree = reverse("families:disagree", args=[review.pk, made.pk])
    answer = client.post(disagree, {"text": "He should be asked.", "token": "a"}, follow=True)
    assert "Family liaison Invented disagrees" in answer.content.decode()


def test_the_process_is_named_to_who_reads_the_plan_alone(client, cast, review, family):
    trial = parallel.add_process(
        review=review, by=cast.unit, kind="criminal", name="Operation Heron", body="Police"
    )
    client.force_login(cast.lead)
    url = reverse("families:inclusion_new", args=[review.pk, family.father.pk])
    assert "Operation Heron" in client.get(url).content.decode()
    sent = {
        "choice": "later",
        "reason": "He is to be tried.",
        "why": "proceedings",
        "decided_on": clock.today().isoformat(),
        "decided_by": "The panel",
        "look_again": "process",
        "token": "a",
    }
    assert "Choose the process" in client.post(url, sent).content.decode()
    assert client.post(url, sent | {"look_again_after": trial.pk}).status_code == 302
    proceedings.add_standing(
        person=family.father, kind="criminal", part="suspect", process=trial, by=cast.lead
    )
    person, standing = family.father.pk, family.father.standings.get().pk
    pages = [("involved", person), ("involvement",), ("inclusion_new", person)]
    pages.append(("standing_edit", standing))
    shown = {
        who: "".join(
            page(client, cast.people[who], name, review, *args).content.decode()
            for name, *args in pages
        )
        for who in ("lead", "liaison")
    }
    assert "Operation Heron" in shown["lead"]
    assert "Operation Heron" not in shown["liaison"]
    assert "Criminal investigation or trial" in shown["liaison"]


def test_what_an_officer_says_is_shown_to_who_sees_the_family(client, cast, review, family):
    client.force_login(cast.liaison)
    person = [review.pk, family.father.pk]
    client.post(
        reverse("families:standing_new", args=person), {"kind": "criminal", "part": "suspect"}
    )
    url = reverse("families:consultation_new", args=person)
    sent = {
        "officer": "Detective chief inspector",
        "consulted_on": clock.today().isoformat(),
        "agreed": "from",
        "terms": "After the interview",
        "not_to_discuss": "The night itself",
        "token": "a",
    }
    assert "Enter the day on which contact may begin" in client.post(url, sent).content.decode()
    day = (clock.today() + timedelta(9)).isoformat()
    answer = client.post(url, sent | {"contact_from": day}, follow=True).content.decode()
    assert "The night itself" in answer and "No contact yet." in answer
    said = page(client, cast.auditor, "involved", review, family.father.pk).content.decode()
    assert "The night itself" in said
    table = page(client, cast.auditor, "involvement", review).content.decode()
    assert "No contact before an officer agrees" in table and "The night" not in table


def test_that_there_are_none_is_recorded_on_its_form(client, cast, review, family):
    client.force_login(cast.liaison)
    url = reverse("families:group_note", args=[review.pk, "children"])
    assert "there are none" in client.get(url).content.decode().lower()
    answer = client.post(url, {"words": "Mother says so.", "token": "a"}, follow=True)
    assert "Mother says so." in answer.content.decode()
    strange = reverse("families:group_note", args=[review.pk, "uncles"])
    assert client.get(strange).status_code == 404


def test_somebody_of_another_review_is_not_found(client, cast, review, family):
    other = builders.a_review(cast)
    cast.on(other, Role.LIAISON)
    response = page(client, cast.liaison, "involved", other, family.mother.pk)
    assert response.status_code == 404


def test_two_on_the_instructions_see_both_sides(client, cast, review, family):
    client.force_login(cast.liaison)
    url = reverse("families:safety_edit", args=[review.pk, family.mother.pk])
    assert client.post(url, {"safe_times": "Mornings", "version": "1"}).status_code == 302
    lost = client.post(url, {"safe_times": "Evenings", "version": "1"})
    assert lost.status_code == 409
    assert "Mornings" in lost.content.decode() and "Evenings" in lost.content.decode()


def test_support_begins_in_the_language_of_the_register(client, cast, review, family):
    family.mother.language = "Sylheti"
    family.mother.save()
    client.force_login(cast.liaison)
    url = reverse("families:support_new", args=[review.pk, family.mother.pk])
    assert 'value="Sylheti"' in client.get(f"{url}?kind=interpreter").content.decode()
    answer = client.post(url, {"kind": "interpreter", "language": "Sylheti"}, follow=True)
    assert "Interpreter: Sylheti" in answer.content.decode()
    listed = page(client, cast.liaison, "involvement", review).content.decode()
    assert "Mother: Interpreter" in listed
    row = family.mother.supports.get()
    edit = reverse("families:support_edit", args=[review.pk, row.pk])
    sent = {"kind": "interpreter", "language": "Sylheti", "not_a_relative": "on", "version": "1"}
    assert client.post(edit, sent).status_code == 302
    assert client.post(edit, sent | {"language": "Bengali"}).status_code == 409


def test_what_makes_it_a_risk_is_read_by_who_knows_why_alone(client, cast, review, family):
    made = decide(
        family.mother, cast.liaison, choice="not_invited", why="safety", reason="He beats her."
    )
    deciding.disagree(inclusion=made, text="He has left.", token="1", by=cast.lead)
    for who in ("unit", "chair", "auditor", "lead", "liaison"):
        shown = page(client, cast.people[who], "involved", review, family.mother.pk)
        words = shown.content.decode()
        knows = who in ("lead", "liaison")
        assert ("He beats her." in words) == knows and ("He has left." in words) == knows
        assert "It would put them or somebody else at risk" in words


def test_the_liaison_is_offered_to_wait_for_proceedings_on_the_form(client, cast, review, family):
    url = reverse("families:inclusion_new", args=[review.pk, family.father.pk])
    client.force_login(cast.liaison)
    assert "part in criminal proceedings ends" not in client.get(url).content.decode()
    proceedings.add_standing(person=family.father, kind="criminal", part="suspect", by=cast.lead)
    form = client.get(url).content.decode()
    assert "part in criminal proceedings ends" in form
    assert "by lead reviewers and the family liaison alone" in form
    sent = {
        "choice": "later",
        "reason": "He is to be tried.",
        "why": "proceedings",
        "decided_on": clock.today().isoformat(),
        "decided_by": "The panel",
        "look_again": "after_criminal",
        "token": "a",
    }
    shown = client.post(url, sent, follow=True).content.decode()
    assert "To be looked at again after: Criminal investigation or trial." in shown
    table = page(client, cast.liaison, "involvement", review).content.decode()
    assert "Again after: Criminal investigation or trial" in table
