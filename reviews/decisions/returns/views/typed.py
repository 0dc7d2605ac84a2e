"""A form that is sent in two steps: typed and kept, then checked and sent."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from reviews.decisions.returns import rules
from reviews.decisions.returns.forms.answering import AnswerForm
from reviews.decisions.returns.models import AgencyReturn


def checked_form(row: AgencyReturn, kept: Mapping[str, Any] | None) -> AnswerForm | None:
    """The form as it was typed; None where it can't be sent yet."""
    form = AnswerForm(dict(kept or {}), questions=row.questions)
    return form if form.is_valid() else None


def digest(form: AnswerForm) -> str:
    """Of what stands on the page that is confirmed: another window may change it meanwhile."""
    said = form.said
    text = json.dumps([said.name, said.answers, said.note], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def rows(form: AnswerForm, url: str) -> list[dict[str, Any]]:
    """For a summary list with a link back to each question."""
    said = form.said
    found = [
        (question["text"], rules.shown(question, said.answers), rules.name_of(question))
        for question in form.questions
    ]
    found.append((form["note"].label, said.note, "note"))
    found.append((form["answered_name"].label, said.name, "answered_name"))
    return [
        {"key": key, "value": value or _("Not answered"), "lines": True, "url": f"{url}#id_{name}"}
        for key, value, name in found
    ]
