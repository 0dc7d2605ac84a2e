"""The locks are all that a machine installs, so they must be complete and say nothing of ours."""

import importlib.util
import re

import pytest
from launcher.state import CHECKOUT

LOCKS = ["run", "local", "dev"]


def text_of(lock: str) -> str:
    return (CHECKOUT / "requirements" / f"{lock}.txt").read_text()


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text_of(lock), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = text_of(lock)
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    entries = [entry for entry in entries if re.match("[a-z0-9]", entry)]
    assert len(entries) == len(pins(lock))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert str(CHECKOUT) not in text


def test_a_larger_lock_holds_the_smaller_one_unchanged() -> None:
    run, local, dev = (pins(lock).items() for lock in LOCKS)
    assert run <= local <= dev


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_were_made_from_what_is_asked_for(lock: str) -> None:
    asked = (CHECKOUT / "requirements" / f"{lock}.in").read_text()
    for name, version in re.findall(r"^([a-z0-9._-]+)(?:\[[a-z-]+\])?==(\S+)", asked, re.MULTILINE):
        assert pins(lock)[name] == version


def test_django_finds_psycopg2_alone() -> None:
    """It would take psycopg 3 wherever that can be imported."""
    assert importlib.util.find_spec("psycopg2")
    assert importlib.util.find_spec("psycopg") is None


def test_continuous_integration_calls_the_tests_and_nothing_else() -> None:
    lines = (CHECKOUT / ".ci" / "run").read_text().splitlines()
    assert lines == ["#!/bin/sh", 'exec "$(dirname -- "$0")/../script/test"']
