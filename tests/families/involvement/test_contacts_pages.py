"""The pages of contacts: what keeps people safe comes first, and nobody is told why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.involvement.models import Contact, ContactPerson, Refusal, Safety, Standing, Support
from families.involvement.operations import contacts, promises
from scr_portal.core import clock
from tests.families.conftest import a_person
from tests.families.involvement.test_contacting_rules import consult, decide, keep_apart
from tests.families.involvement.test_contacts import SAID, make, plan

TODAY = clock.today()
SOON = TODAY + timedelta(days=5)


def url(name, review, *more, people=(), **query):
    found = reverse(f"families:{name}", args=[review.pk, *more])
    pairs = [f"person={person.pk}" for person in people]
    pairs += [f"{key}={value}" for key, value in query.items()]
    return found + ("?" + "&".join(pairs) if pairs else "")


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def main(page):
    return page.partition("<main")[2].partition("</main>")[0]


def typed(on=SOON, token="one", **more):
    return SAID | {"on": on.isoformat(), "token": token} | more


def sent(client, address, data, status=302):
    response = client.post(address, data)
    page = " ".join(response.content.decode().split())
    assert response.status_code == status, page
    return response if status == 302 else page


def test_an_empty_page_says_what_to_do_first(review, family, cast, sign_in):
    page = read(sign_in(cast.liaison), url("contacts", review))
    assert "Plan how each of them first hears of the review" in page
    assert "Plan a contact" in page
    seen = read(sign_in(cast.auditor), url("contacts", review))
    assert "records every contact here" in seen and "Plan a contact" not in seen


def test_first_it_is_asked_who_it_is_with(review, family, cast, sign_in):
    client = sign_in(cast.liaison)
    page = read(client, url("contact_plan", review))
    assert "Who is it with?" in page and "Maternal grandmother" in page
    missed = read(client, url("contact_plan", review, chosen=1))
    assert "Choose at least one person" in missed
    assert "Who is it with?" in read(
        client, url("contact_plan", review) + "?person=999999&person=x"
    )


def test_what_keeps_them_safe_is_read_before_anything_is_planned(review, family, cast, sign_in):
    Safety.objects.create(
        review=review,
        person=family.mother,
        no_letters=True,
        safe_channels="Her sister's telephone",
        safe_times="School hours",
        not_told="Father",
    )
    Support.objects.create(
        review=review,
        person=family.mother,
        kind="interpreter",
        language="Sylheti",
        provider="Northmere Language Line",
        state="agreed",
        by=cast.liaison,
    )
    consult(review, family.mother, "yes", cast.lead)
    page = read(sign_in(cast.unit), url("contact_plan", review, people=[family.mother]))
    before = page.index('<form method="post" novalidate')
    for words in ("Never write letters.", "Her sister", "School hours", "Must not be told"):
        assert page.index(words) < before
    assert 'value="Sylheti, Northmere Language Line"' in page
    other = read(sign_in(cast.unit), url("contact_plan", review, people=[family.father]))
    assert "No safety instructions are on the record" in other


def test_a_contact_is_planned_once_however_often_the_button_is_clicked(
    review, family, cast, sign_in
):
    client = sign_in(cast.liaison)
    address = url("contact_plan", review, people=[family.mother, family.grandmother])
    for _click in range(2):
        sent(client, address, typed(where="The library"))
    [made] = Contact.objects.all()
    page = read(client, url("contacts", review))
    assert "Mother, Maternal grandmother" in page and "The library" in page
    seen = read(sign_in(cast.auditor), url("contacts", review))
    assert "Mother, Maternal grandmother" in seen and "The library" not in seen
    assert url("contact_edit", review, made.pk) not in seen


def test_a_day_that_has_passed_is_recorded_and_not_planned(review, family, cast, sign_in):
    client = sign_in(cast.liaison)
    yesterday = TODAY - timedelta(days=1)
    address = url("contact_plan", review, people=[family.mother])
    assert "must be today or in the future" in sent(client, address, typed(on=yesterday), 200)
    address = url("contact_record", review, people=[family.mother])
    answer = {f"answer_{family.mother.pk}": "took_part"}
    assert "must be today or in the past" in sent(client, address, typed(**answer), 200)
    assert "What came of it with Mother" in sent(client, address, typed(on=TODAY), 200)
    sent(client, address, typed(on=TODAY, **answer))
    assert Contact.objects.get().state == "made"


@pytest.mark.parametrize("who", ["unit", "liaison"])
def test_two_to_keep_apart_are_refused_and_the_unit_is_not_told_why(
    review, family, cast, sign_in, who
):
    keep_apart(review, family.mother, family.father, cast.liaison)
    client, both = sign_in(cast.people[who]), [family.mother, family.father]
    address = url("contact_plan", review, people=both)
    page = read(client, address)
    refused = sent(client, address, typed(despite="They want it"), 200)
    assert not Contact.objects.exists()
    assert "Mother and Father" in page and "Plan it" not in page
    for words in (page, refused):
        assert ("kept apart" in words) == (who == "liaison")
        assert "threatened" not in words
        told = "Ask the lead reviewer or the family liaison" in words
        assert told == (who == "unit")


def test_the_unit_reads_nothing_of_a_pair_on_any_page(review, family, cast, sign_in):
    decide(review, family.father, "later", cast.lead)
    both = [family.mother, family.father]
    plan(review, both, cast.unit, is_offer=True, despite="He has asked to be there.")
    without = main(read(sign_in(cast.auditor), url("contacts", review)))
    keep_apart(review, family.mother, family.father, cast.liaison)
    client = sign_in(cast.unit)
    found = Contact.objects.get()
    for name, more in (("contacts", ()), ("contact", (found.pk,)), ("contact_made", (found.pk,))):
        page = read(client, url(name, review, *more))
        assert "can’t be put into one contact" in page
        assert "apart" not in page and "threatened" not in page
    assert main(read(sign_in(cast.auditor), url("contacts", review))) == without


def test_what_stands_against_it_is_said_first_and_yields_to_a_reason(review, family, cast, sign_in):
    Standing.objects.create(
        review=review, person=family.father, kind="criminal", part="suspect", by=cast.lead
    )
    client, address = sign_in(cast.lead), url("contact_plan", review, people=[family.father])
    page = read(client, address)
    assert "This stands against it" in page and "Why it goes on all the same" in page
    refused = sent(client, address, typed(), 200)
    assert "no investigating officer" in refused and "say why" in refused
    sent(client, address, typed(despite="The officer is on leave; her deputy agreed."))
    shown = read(sign_in(cast.chair), url("contacts", review))
    assert "her deputy agreed" in shown
    assert "Why it goes on" not in read(client, url("contact_plan", review, people=[family.mother]))


def test_an_offer_without_a_yes_leads_to_the_next_one(review, family, cast, sign_in):
    client, mother, father = sign_in(cast.liaison), family.mother, family.father
    answers = {f"answer_{mother.pk}": "later", f"answer_{father.pk}": "accepted"}
    address = url("contact_record", review, people=[mother, father])
    done = sent(client, address, typed(on=TODAY, is_offer="on", **answers))
    assert f"person={mother.pk}&after=" in done.url and f"person={father.pk}" not in done.url
    page = read(client, done.url)
    again = TODAY + timedelta(weeks=6)
    assert "Mother: no yes so far" in page and "Get in touch with Mother" in page
    assert f'value="{again.day}"' in page and f'value="{again.year}"' in page
    assert "checked" in page and 'value="Liaison Invented"' in page


def test_who_said_no_is_offered_nothing(review, family, cast, sign_in):
    client, pk = sign_in(cast.liaison), family.mother.pk
    declined = {f"answer_{pk}": "declined", f"words_{pk}": "Leave me alone"}
    declined[f"not_asked_from_{pk}"] = TODAY.isoformat()
    address = url("contact_record", review, people=[family.mother])
    done = sent(client, address, typed(on=TODAY, is_offer="on", **declined))
    assert done.url == url("contacts", review)
    page = read(client, done.url)
    assert "Mother said no on" in page and "Leave me alone" in page
    assert "Leave me alone" not in read(sign_in(cast.chair), done.url)
    no = Refusal.objects.get()
    sent(client, url("refusal_end", review, no.pk), {"ended_on": TODAY.isoformat()})
    assert "left in peace" not in read(client, done.url)


def test_a_no_before_the_contact_is_a_mistake(review, family, cast, sign_in):
    client, pk = sign_in(cast.liaison), family.mother.pk
    wrong = {f"answer_{pk}": "declined"}
    wrong[f"not_asked_from_{pk}"] = (TODAY - timedelta(days=3)).isoformat()
    address = url("contact_record", review, people=[family.mother])
    assert "the day of the contact or a later one" in sent(
        client, address, typed(on=TODAY, **wrong), 200
    )
    under_another = wrong | {f"answer_{pk}": "accepted", f"not_asked_from_{pk}": TODAY.isoformat()}
    sent(client, address, typed(on=TODAY, **under_another))
    assert not Refusal.objects.exists()


def test_a_no_without_being_asked_is_recorded(review, family, cast, sign_in):
    address = url("refusal_new", review, family.father.pk)
    days = {"said_on": TODAY.isoformat(), "not_asked_from": TODAY.isoformat()}
    sent(sign_in(cast.liaison), address, days)
    assert Refusal.objects.get().person == family.father
    assert "on the record already" in sent(sign_in(cast.unit), address, days, 200)


def test_a_planned_contact_is_made_changed_or_called_off(review, family, cast, sign_in):
    client = sign_in(cast.liaison)
    planned = plan(review, [family.mother], cast.lead)
    page = read(client, url("contact_edit", review, planned.pk))
    assert "Change the contact with Mother" in page
    sent(client, url("contact_edit", review, planned.pk), typed(how="telephone", version=1))
    came = {"version": 2, "on": TODAY.isoformat(), f"answer_{family.mother.pk}": "took_part"}
    read(client, url("contact_made", review, planned.pk))
    sent(client, url("contact_made", review, planned.pk), came | {"note": "She was glad."})
    planned.refresh_from_db()
    assert (planned.state, planned.how, planned.note) == ("made", "telephone", "She was glad.")
    twice = sent(client, url("contact_made", review, planned.pk), came | {"version": 3}, 200)
    assert "not planned any more" in twice
    assert client.get(url("contact_made", review, planned.pk)).status_code == 302
    other = plan(review, [family.mother], cast.lead, token="2")
    sent(client, url("contact_call_off", review, other.pk), {"note": "She is ill", "version": 1})
    assert client.get(url("contact_edit", review, other.pk)).status_code == 302
    assert "Called off" in read(client, url("contacts", review))


def test_a_lost_race_shows_both_sides_with_the_answers(review, family, cast, sign_in):
    pk = family.mother.pk
    made = make(review, [family.mother], cast.liaison)
    contacts.change(
        contact=made,
        version=1,
        by=cast.lead,
        on=TODAY,
        note="Theirs",
        answers={pk: ("later", "Not now")},
    )
    mine = typed(on=TODAY, note="Mine", version=1, **{f"answer_{pk}": "accepted"})
    page = sent(sign_in(cast.liaison), url("contact_edit", review, made.pk), mine, 409)
    for words in ("Theirs", "Mine", "Perhaps later", "Said yes", "Not now"):
        assert words in page
    planned = plan(review, [family.mother], cast.liaison, token="2")
    contacts.change(contact=planned, version=1, by=cast.lead, on=SOON, note="Theirs too")
    came = {"version": 1, "on": TODAY.isoformat(), f"answer_{pk}": "took_part"}
    page = sent(sign_in(cast.liaison), url("contact_made", review, planned.pk), came, 409)
    assert "Theirs too" in page


def test_the_log_is_narrowed_by_person_phase_and_state(review, family, cast, sign_in):
    make(review, [family.mother], cast.liaison, by_whom="Nora Visitor")
    make(review, [family.father], cast.liaison, token="2", phase="terms", by_whom="Tom Caller")
    plan(review, [family.mother], cast.liaison, token="3", by_whom="Una Later")
    client = sign_in(cast.chair)

    def shown(**query):
        page = read(client, url("contacts", review, **query))
        return [name for name in ("Nora", "Tom", "Una") if name in page]

    assert shown() == ["Nora", "Tom", "Una"]
    assert shown(person=family.mother.pk) == ["Nora", "Una"]
    assert shown(phase="terms") == ["Tom"]
    assert shown(state="made") == ["Nora", "Tom"]
    assert shown(person="x", phase="none", state="nonsense") == ["Nora", "Tom", "Una"]
    assert "Nothing matches" in read(client, url("contacts", review, person=family.grandmother.pk))


def test_the_page_costs_the_same_for_one_contact_and_for_forty(review, family, cast, sign_in):
    client, counts = sign_in(cast.liaison), []
    cousins = [a_person(review, cast, f"Cousin {n}") for n in range(3)]
    days = {"promised_on": TODAY, "due_on": TODAY}
    for many in (1, 9, 30):
        for number in range(many):
            for state, on in (("made", TODAY), ("planned", SOON), ("called_off", TODAY)):
                row = Contact.objects.create(
                    review=review,
                    on=on,
                    state=state,
                    by=cast.lead,
                    token=f"{many}-{number}-{state}",
                    **SAID,
                )
                for person in cousins:
                    ContactPerson.objects.create(review=review, contact=row, person=person)
            promises.promise(
                person=cousins[0],
                text="To ring",
                promised_by="Liaison",
                token=f"{many}-{number}",
                by=cast.liaison,
                **days,
            )
        decide(review, cousins[many % 3], "invited", cast.lead)
        client.get(url("contacts", review))
        with CaptureQueriesContext(connection) as caught:
            page = read(client, url("contacts", review))
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts
    assert "Page 2" in page


def test_the_page_shows_what_came_after_the_kept_reason(review, family, cast, sign_in):
    decide(review, family.father, "later", cast.lead)
    made = plan(review, [family.father], cast.unit, is_offer=True, despite="He rang us.")
    client = sign_in(cast.lead)
    assert "This stands against it now" not in read(client, url("contact", review, made.pk))
    Standing.objects.create(
        review=review, person=family.father, kind="criminal", part="suspect", by=cast.lead
    )
    page = read(client, url("contact", review, made.pk))
    assert "no investigating officer" in page and "decided on" not in page
    assert "He rang us." not in read(client, url("contact_made", review, made.pk))
