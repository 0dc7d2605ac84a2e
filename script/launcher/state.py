"""Where a checkout keeps its data, keys, logs and sockets."""

import hashlib
import os
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from launcher.account import Account
from launcher.say import Stop

CHECKOUT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET = 100
"""Bytes: a socket path holds 107 on Linux and 103 on macOS."""
ELSEWHERE = Path("/var/lib/scr-portal")
LEAST_FREE = 300 * 1024 * 1024


@dataclass(frozen=True)
class State:
    root: Path
    """Keys, logs and locks."""
    servers: Path
    """Data of the embedded servers; belongs to their user."""
    sockets: Path
    """The same folder, or one with a shorter path."""
    account: Account

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def children(self) -> Path:
        """The numbers of what was started last."""
        return self.root / "children"

    @property
    def prepared(self) -> Path:
        """What database and static files followed from; gone once a command may have changed it."""
        return self.root / "prepared"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"


def kept(account: Account) -> State:
    """The checkout's own state, the same at each start. Raises Stop."""
    root = Path(os.environ.get("SCR_PORTAL_STATE") or CHECKOUT / ".state").absolute()
    root.mkdir(mode=0o711, parents=True, exist_ok=True)
    (root / "logs").mkdir(mode=0o700, exist_ok=True)
    require_space(root)
    servers = _servers(root, account)
    _make(servers, account)
    sockets = _sockets(servers)
    _make(sockets, account)
    return State(root, servers, sockets, account)


def thrown_away(account: Account) -> State:
    """A new state in the temporary folder; the caller removes it."""
    root = Path(tempfile.mkdtemp(prefix="scr-portal-", dir="/tmp"))
    root.chmod(0o711)
    (root / "logs").mkdir(mode=0o700)
    require_space(root)
    _make(root / "servers", account)
    return State(root, root / "servers", root / "servers", account)


def require_space(place: Path) -> None:
    free = shutil.disk_usage(place).free
    if free < LEAST_FREE:
        raise Stop(
            f"The disk that holds {place} is full ({free // 2**20} MB free, "
            f"{LEAST_FREE // 2**20} MB needed): make room and run this again."
        )


def _servers(root: Path, account: Account) -> Path:
    """In the state, or for a root whose checkout is closed to others in a folder named there.

    Its name is drawn anew with each state: data is of no use without the keys beside it.
    """
    if not account.dropped or _lets_through(root, account):
        return root / "servers"
    note = root / "servers-are-in"
    if not note.exists():
        note.write_text(str(ELSEWHERE / secrets.token_hex(6)))
    ELSEWHERE.mkdir(mode=0o711, parents=True, exist_ok=True)
    return Path(note.read_text())


def _sockets(servers: Path) -> Path:
    if len(os.fsencode(servers / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET:
        return servers
    digest = hashlib.sha256(os.fsencode(servers)).hexdigest()[:12]
    return Path("/tmp") / f"scr-portal-{digest}"  # noqa: S108 -- closed and checked by _make


def _lets_through(folder: Path, account: Account) -> bool:
    """Whether the user may pass through, which needs no right to list."""
    chain = [folder, *folder.parents]
    return all(_passable(each.stat(), account) for each in chain)


def _passable(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _make(folder: Path, account: Account) -> None:
    """Raises Stop when the place was taken by somebody else."""
    if not folder.exists() and not folder.is_symlink():
        folder.mkdir(mode=0o700)
        account.own(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise Stop(
            f"{folder} should be a closed folder of the user who runs PostgreSQL and is not: "
            "remove it and run this again, as the same user as before."
        )
