"""A page of a hundred questions is drawn from one picture of a line (templatetags/questions.py)."""

import re

import pytest
from django.template.loader import render_to_string

from quality_markers.assessments import queries
from quality_markers.assessments.notes import Said
from quality_markers.catalogue.models import Marker

HOSTILE = '<b>"It\'s"</b> & {{ line }} \\0 {0} %s'
PAGE = {"base": "", "csrf_token": "t" * 64, "from_page": "questions", "level": 3}


def both(line):
    from django.template import Context, Template

    many = Template("{% load questions %}{% line_of_many line 3 %}")
    drawn = many.render(Context({**PAGE, "line": line}))
    return [
        re.sub(r">\s+<", "><", text.strip())
        for text in (
            drawn,
            render_to_string("quality_markers/assessments/line.html", PAGE | {"line": line}),
        )
    ]


@pytest.fixture
def lines(assessment, write, cast):
    write("12.1", by=cast.lead, judgement="partly", narrative=HOSTILE, evidence="\n\nA line below")
    write("12.2", by=cast.lead, judgement="not_applicable", not_applicable_reason="None of it")
    write("12.3", by=cast.lead, judgement="not_applicable")
    markers = Marker.objects.filter(pk__in=assessment.markers.filter(number=12))
    leave = queries.leave_of(cast.lead, assessment)
    (sheet,) = queries.sheets(assessment, markers, leave)
    return sheet.lines


def test_it_says_what_the_template_of_one_line_says(lines):
    assert len(lines) == 9 and all(line.editable for line in lines)
    lines[1].notes = [Said(HOSTILE, ""), Said("Comment", "comments/12/2/?a=1&b=2")]
    lines[4].retype({"narrative": HOSTILE}, "0", {"narrative": ["Too long."]})
    lines[5].asked_then = "What was asked before?"
    lines[6].editable = False
    for read in (False, True):
        for line in lines:
            line.editable, line.fillable = line.editable and not read, read
            drawn, plain = both(line)
            assert drawn == plain, (line.reference, read)


def test_what_somebody_wrote_is_no_markup(lines):
    drawn, _plain = both(lines[0])
    assert "<b>" not in drawn and "&lt;b&gt;" in drawn and "\0" not in drawn
