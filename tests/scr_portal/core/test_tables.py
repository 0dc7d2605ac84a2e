"""Rows of tables, as templates have them drawn."""

from datetime import date

import pytest
from django.utils.translation import gettext_lazy

from scr_portal.core.templatetags.tables import cell, row_of_cells


@pytest.mark.parametrize(
    "value, shown",
    [
        ("<b>", '<span class="portal-whole">&lt;b&gt;</span>'),
        ("A text of more than twenty letters", "<span>A text of more than twenty letters</span>"),
        (gettext_lazy("Nobody"), '<span class="portal-whole">Nobody</span>'),
        (date(2026, 3, 3), '<span class="portal-whole">3 March 2026</span>'),
        ("O'Neill & O'Brien", '<span class="portal-whole">O&#x27;Neill &amp; O&#x27;Brien</span>'),
        (7, '<span class="portal-whole">7</span>'),
        (None, '<span class="portal-whole"></span>'),
        ({"tag": "Paused", "colour": "yellow"}, '<strong class="govuk-tag govuk-tag--yellow">'),
        ({"text": "<i>", "url": "/?a=1&b=2"}, 'href="/?a=1&amp;b=2">&lt;i&gt;</a>'),
        ({"text": date(2026, 3, 3), "note": "<u>"}, 'note portal-whole">&lt;u&gt;</span>'),
    ],
)
def test_a_cell_says_what_it_is_given_and_nothing_as_markup(value, shown):
    assert shown in cell(value)


def test_the_first_cell_heads_its_row_and_numbers_stand_to_the_right():
    row = row_of_cells(["One", {"text": 2, "numeric": True}, "three"])
    assert row.count('<th scope="row"') == 1
    assert row.startswith("<th")
    assert row.count("<td") == 2
    assert row.count("govuk-table__cell--numeric") == 1
