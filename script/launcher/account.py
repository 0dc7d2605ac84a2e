"""Which user PostgreSQL runs as: it refuses to be root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher.say import Stop

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    dropped: bool
    """True when we are root and step down to this user."""

    def popen_options(self) -> dict[str, object]:
        if not self.dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, path: Path, *, write: bool = False) -> bool:
        """Asked as that user, since a closed folder anywhere above would shut it out."""
        if not self.dropped:
            return os.access(path, os.R_OK | os.X_OK | (os.W_OK if write else 0))
        flags = "-r" if not write else "-w"
        test = ["/bin/sh", "-c", f'test {flags} "$1" && test -x "$1"', "sh", str(path)]
        options = self.popen_options()
        return subprocess.run(test, cwd="/", check=False, **options).returncode == 0  # type: ignore[call-overload,no-any-return]

    def own(self, path: Path) -> None:
        if self.dropped:
            os.chown(path, self.uid, self.gid)


def for_servers() -> Account:
    """Raises Stop when root finds nobody to step down to."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), dropped=False)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, dropped=True)
    raise Stop("PostgreSQL does not run as root, and this machine has no user postgres or nobody.")
