"""When a start of the portal has nothing to prepare."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from launcher import preparing


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A state as the first start leaves it, and a checkout of one file."""
    checkout = tmp_path / "checkout"
    for folder in (checkout / "reviews", tmp_path / "servers" / "data"):
        folder.mkdir(parents=True)
    for file in (
        tmp_path / "servers" / "data" / "PG_VERSION",
        checkout / "reviews" / "models.py",
        *(checkout / name for name in preparing.ALSO),
    ):
        file.write_text("1")
    monkeypatch.setattr(preparing, "CHECKOUT", checkout)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_URL_FILE", raising=False)
    return SimpleNamespace(
        root=tmp_path, servers=tmp_path / "servers", prepared=tmp_path / "prepared", code=checkout
    )


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where Django was loaded to prepare, each time."""
    found: list[Path] = []

    def run(company: object, place: object, env: object, sign_ins: Path) -> None:
        sign_ins.write_text("somebody")
        (sign_ins.parent / "static").mkdir(exist_ok=True)
        found.append(sign_ins)

    monkeypatch.setattr(preparing, "_run", run)
    return found


def start(place: SimpleNamespace) -> None:
    preparing.prepare(None, place, {})  # type: ignore[arg-type]


def test_the_second_start_on_the_same_prepares_nothing(place, runs):
    start(place)
    start(place)
    assert len(runs) == 1


def test_a_changed_or_new_file_is_prepared_for(place, runs):
    start(place)
    os.utime(place.code / "reviews" / "models.py", ns=(1, 1))
    start(place)
    (place.code / "reviews" / "0002_new.py").write_text("")
    start(place)
    assert len(runs) == 3


def test_a_database_made_anew_is_prepared(place, runs):
    start(place)
    os.utime(place.servers / "data" / "PG_VERSION", ns=(1, 1))
    start(place)
    assert len(runs) == 2


def test_what_a_command_may_have_changed_is_looked_at(place, runs):
    start(place)
    place.prepared.unlink()
    start(place)
    assert len(runs) == 2


def test_nothing_is_known_of_a_database_of_somebodys_own(place, runs, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    start(place)
    start(place)
    assert len(runs) == 2
