from datetime import date

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from scr_portal.core.forms import DateField, Form
from scr_portal.core.widgets import Checkboxes, DateParts, Radios, month_number, parts_of


class Referral(Form):
    name = forms.CharField(max_length=200, label="Pseudonym", help_text="Never a real name.")
    incident = DateField(label="Date of the incident", not_future=True)
    harm = forms.ChoiceField(
        label="What happened?",
        choices=[("died", "The child died"), ("harmed", "The child was seriously harmed")],
        widget=Radios(hints={"harmed": "And survived"}),
    )
    cause = forms.CharField(label="Cause", required=False, max_length=500, widget=forms.Textarea)
    told = forms.MultipleChoiceField(
        label="Who was told", choices=[("p", "Police"), ("o", "Ofsted")], widget=Checkboxes
    )
    read = forms.BooleanField(label="I have read the guidance")
    password = forms.CharField(widget=forms.PasswordInput)
    share = forms.IntegerField(label="100% share", max_value=5, required=False)
    reveals = {"harm": {"died": "cause"}}


GOOD = {
    "name": "Child W",
    "incident_day": "27",
    "incident_month": "3",
    "incident_year": "2025",
    "harm": "died",
    "told": ["p"],
    "read": "on",
    "password": "x",
}


def filled(**changes):
    data: MultiValueDict[str, str] = MultiValueDict()
    for key, value in {**GOOD, **changes}.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return Referral(data)


def dated(day, month="", year="", **options):
    class One(Form):
        due = DateField(label="Date of the meeting", **options)

    return One({"due_day": day, "due_month": month, "due_year": year})


def summary(form):
    page = Template('{% include "components/error_summary.html" %}')
    return page.render(Context({"form": form}))


def test_good_answers_pass():
    form = filled()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["incident"] == date(2025, 3, 27)


def test_messages_say_how_to_put_it_right():
    errors = Referral({}).errors
    assert errors["name"] == ["Enter pseudonym"]
    assert errors["incident"] == ["Enter the date of the incident, such as 27 3 2026"]
    assert errors["harm"] == ["Answer “What happened?”"]
    assert errors["told"] == ["Select who was told"]
    assert errors["read"] == ["Confirm: I have read the guidance"]


def test_a_name_of_300_characters_is_refused_in_a_sentence_and_kept():
    form = filled(name="x" * 300)
    assert form.errors["name"] == ["Pseudonym must be 200 characters or fewer"]
    assert "x" * 300 in str(form["name"])
    assert "maxlength" not in str(form["name"])


def test_a_percent_sign_in_a_label_breaks_no_message():
    assert filled(share="9").errors["share"] == ["100% share must be 5 or less"]
    assert filled(share="many").errors["share"] == ["100% share must be a whole number"]


def test_a_fields_own_words_stay():
    class Own(Form):
        name = forms.CharField(error_messages={"required": "Say who it was"})

    assert Own({}).errors["name"] == ["Say who it was"]


def test_a_packages_form_is_worded_too():
    class Theirs(forms.Form):
        email = forms.EmailField(label="Email", widget=forms.EmailInput(attrs={"required": True}))

    assert Theirs({}).errors["email"] == ["Enter email"]
    assert "such as name@example.org" in Theirs({"email": "x"}).errors["email"][0]
    assert "required" not in str(Theirs()["email"])


@pytest.mark.parametrize(
    "pasted", ["3/4/2026", "3 April 2026", "3rd apr 2026", "2026-04-03", "03.04.2026", "3-4-2026"]
)
def test_a_whole_date_may_be_pasted_into_the_day(pasted):
    form = dated(pasted)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == date(2026, 4, 3)


def test_a_month_may_be_a_word():
    assert dated("3", "Sept", "2026").is_valid()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", "", ""), "Enter the date of the meeting, such as 27 3 2026"),
        (("3", "", "2026"), "Date of the meeting must include a month"),
        (("3", "", ""), "Date of the meeting must include a month and a year"),
        (("31", "2", "2026"), "Date of the meeting must be a real date, such as 27 3 2026"),
        (("x", "y", "2026"), "Date of the meeting must be a real date, such as 27 3 2026"),
        (("3", "4", "26"), "Date of the meeting must have a year of 4 numbers, such as 2026"),
        (("3", "4", "0026"), "Date of the meeting must be a real date, such as 27 3 2026"),
        (("٣", "4", "99999999999999999999999"), "must have a year of 4 numbers"),
        (("9" * 5000, "4", "2026"), "must be a real date"),
    ],
)
def test_a_wrong_date_says_what_is_wrong(typed, message):
    [error] = dated(*typed).errors["due"]
    assert message in error


@time_machine.travel("2026-03-27 23:30:00+00:00", tick=False)
def test_today_is_judged_in_london():
    assert dated("27", "3", "2026", not_future=True).is_valid()
    assert dated("27", "3", "2026", not_past=True).is_valid()
    assert dated("27", "3", "2026", past=True).errors["due"][0].endswith("must be in the past")
    assert "today or in the past" in dated("28", "3", "2026", not_future=True).errors["due"][0]
    assert "today or in the future" in dated("26", "3", "2026", not_past=True).errors["due"][0]


def test_a_date_is_redrawn_as_it_was_typed():
    html = str(dated("31", "feb", "2026")["due"])
    assert 'value="31"' in html
    assert 'value="feb"' in html


def test_only_the_missing_box_is_marked():
    html = str(dated("3", "", "2026")["due"])
    assert html.count("govuk-input--error") == 1
    assert 'id="id_due_month"' in html


def test_a_date_may_be_left_out_and_is_known_as_changed_or_not():
    form = dated("", required=False)
    assert form.is_valid()
    assert form.cleaned_data["due"] is None

    class One(Form):
        due = DateField()

    data = {"due_day": "3", "due_month": "4", "due_year": "2026"}
    assert not One(data, initial={"due": date(2026, 4, 3)}).has_changed()
    assert One(data, initial={"due": date(2026, 4, 4)}).has_changed()


def test_a_date_may_come_as_one_iso_text():
    class One(Form):
        due = DateField()

    assert One({"due": "2026-04-03"}).is_valid()
    assert parts_of(date(2026, 4, 3)) == DateParts("3", "4", "2026")


@pytest.mark.parametrize(
    ("word", "number"), [("4", 4), ("apr", 4), ("April", 4), ("ap", None), ("x", None), ("", None)]
)
def test_months(word, number):
    assert month_number(word) == number


def test_every_control_is_described_by_its_hint_and_error():
    html = str(filled(name=""))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_the_first_answer_carries_the_fields_id():
    html = str(Referral({}))
    assert html.count('id="id_harm"') == 1
    assert 'for="id_harm"' in html
    assert html.count('id="id_told"') == 1
    assert html.count('id="id_incident"') == 1


def test_an_answer_reveals_its_question_once_and_under_it():
    html = str(Referral())
    assert html.count('name="cause"') == 1
    assert 'data-reveals="conditional-id_harm"' in html
    assert 'id="conditional-id_harm"' in html
    assert html.index('name="cause"') < html.index('value="harmed"')


def test_hints_of_answers_are_tied_to_them():
    html = str(Referral())
    assert 'aria-describedby="id_harm_1_hint"' in html
    assert 'id="id_harm_1_hint"' in html


def test_optional_questions_are_marked():
    html = str(Referral())
    assert html.count("(optional)") == 2


def test_a_long_text_has_a_count():
    html = str(Referral())
    assert 'data-maxlength="500"' in html
    assert 'id="id_cause-info"' in html


def test_summary_links_to_what_is_wrong():
    html = summary(filled(name="", harm="", incident_day="", incident_month="", incident_year=""))
    for anchor in ("#id_name", "#id_harm", "#id_incident"):
        assert f'href="{anchor}"' in html


def test_summary_is_drawn_once_and_not_for_a_good_form():
    form = filled(name="")
    page = Template('{% include "components/error_summary.html" %}' * 2)
    assert page.render(Context({"form": form})).count("There is a problem") == 1
    assert summary(filled()).strip() == ""
    assert summary(None).strip() == ""


def test_text_from_people_is_escaped():
    form = filled(name="<img src=x onerror=1>" * 20)
    html = str(form) + summary(form)
    assert "<img" not in html


@pytest.mark.parametrize("huge", ["9" * 20, "9" * 5000])
def test_a_number_beyond_all_calendars_is_no_real_date(huge):
    for parts in ((huge, "3", "2026"), ("3", huge, "2026")):
        form = dated(*parts)
        assert form.errors["due"] == ["Date of the meeting must be a real date, such as 27 3 2026"]
