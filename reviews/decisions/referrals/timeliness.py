"""Whether a referral came late, and by which measure (QM 1.3). Pure functions."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from reviews.case import timetable
from reviews.decisions.referrals.criteria import referral_limit
from scr_portal.core.dates import on_screen, working_days_between


def slow(
    *,
    profile: timetable.Profile,
    aware_on: date | None,
    notified_on: date | None,
    referred_on: date,
    closures: Collection[date] = (),
) -> list[str]:
    """In sentences, each with its source; empty where the referral was in time.

    Without the day on which somebody learned of the incident nothing can be counted.
    """
    if aware_on is None:
        return []
    found = []
    clock = next((each for each in profile.clocks if each.key == "notify"), None)
    limit_on = clock.limit_from(aware_on, closures) if clock else None
    if clock and limit_on and notified_on and notified_on > limit_on:
        found.append(
            _("The notification came on %(day)s; its limit was %(limit)s (%(source)s).")
            % {
                "day": on_screen(notified_on),
                "limit": on_screen(limit_on),
                "source": clock.source,
            }
        )
    limit, source = referral_limit()
    if referred_on > limit.after(aware_on, closures):
        found.append(
            _("The referral came %(days)s working days after the board or the sender knew of it.")
            % {"days": working_days_between(aware_on, referred_on, closures)}
            + f" ({source}: {limit.amount}.)"
        )
    return found
