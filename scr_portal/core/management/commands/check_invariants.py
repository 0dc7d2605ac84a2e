from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scr_portal.core import acting
from scr_portal.core.invariants import Invariant, every

SHOWN = 10


class Command(BaseCommand):
    help = "Check what must be so at every moment, and name what is not. It changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", help="of the checks to make; all without them")
        parser.add_argument(
            "--thorough", action="store_true", help="read every file and encrypted text as well"
        )

    @acting.for_portal("checking what must be so")
    @acting.for_portal("checking what must hold")
    def handle(self, *args: Any, **options: Any) -> None:
        asked = self._asked(options["names"], thorough=options["thorough"])
        broken = [each.name for each in asked if self._is_broken(each)]
        if broken:
            raise CommandError(
                f"{len(broken)} of {len(asked)} do not hold: {', '.join(broken)}", returncode=1
            )
        self.stdout.write(f"All {len(asked)} hold.")

    def _asked(self, names: list[str], *, thorough: bool) -> list[Invariant]:
        known = {each.name: each for each in every()}
        if unknown := set(names) - set(known):
            raise CommandError(f"There is no check {', '.join(sorted(unknown))}.", returncode=2)
        if names:
            return [known[name] for name in names]
        return [each for each in known.values() if thorough or not each.thorough]

    def _is_broken(self, invariant: Invariant) -> bool:
        """One that can't be looked at is broken too."""
        try:
            against = invariant.find()
        except Exception as error:
            against = [f"it could not be looked at: {type(error).__name__}"]
        self.stdout.write(
            f"{'BROKEN' if against else 'holds '}  {invariant.name}: {invariant.says}"
        )
        for line in against[:SHOWN]:
            self.stdout.write(f"        {line}")
        if len(against) > SHOWN:
            self.stdout.write(f"        and {len(against) - SHOWN} more")
        return bool(against)
