"""The list of licences and the bill of materials say what is installed, no more and no less."""

import json
import re

from launcher import licences

AGAIN = "Run script/licences and commit what it writes."


def test_they_say_what_the_locks_and_the_static_files_say():
    found = licences.parts()
    assert licences.SBOM.read_text() == licences.sbom(found), AGAIN
    assert licences.LIST.read_text() == licences.listed(found), AGAIN


def test_every_pinned_package_and_every_font_is_in_the_bill():
    bill = json.loads(licences.SBOM.read_text())
    there = {(each["name"], each["version"]): each["scope"] for each in bill["components"]}
    for lock, scope in (("local", {"optional", "required"}), ("run", {"required"})):
        for pin in licences.pins(lock).items():
            assert there[pin] in scope, AGAIN
    names = {name for name, _version in there}
    static = licences.CHECKOUT / "static"
    assert {path.name for path in (static / "print" / "fonts").glob("*.ttf")} <= names
    assert len({each["bom-ref"] for each in bill["components"]}) == len(bill["components"])


def test_every_licence_is_one_that_the_portal_may_use():
    """Of a choice one, of several at once all."""
    for part in licences.parts():
        choices = re.split(r" OR ", part.licence)
        usable = [all(map(licences.MAY_BE_USED.match, each.split(" AND "))) for each in choices]
        assert any(usable), part


def test_what_is_installed_is_what_is_listed():
    from importlib import metadata

    for name, version in licences.pins("local").items():
        try:
            assert metadata.version(name) == version
        except metadata.PackageNotFoundError:
            assert any(name in names.split() for names in licences.READ.values()), name


def test_nothing_of_the_bill_names_a_server():
    assert "://" not in licences.SBOM.read_text()
