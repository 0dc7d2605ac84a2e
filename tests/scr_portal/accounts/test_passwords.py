import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password", ["Safeguarding-2026!", "scr portal 2026", "LSCB lscb LSCB 99", "SeriousCaseReview1"]
)
def test_words_of_the_portal_with_a_year_are_refused(password):
    with pytest.raises(ValidationError, match="mostly"):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["safeguarding otters sleep on kelp", "correct-horse-battery-9", "ÿ" * 64 + "ab1"]
)
def test_they_are_allowed_among_others(password):
    validate_password(password)
