"""Whom an @ means: whole names of people who are offered, and nothing else."""

from dataclasses import dataclass

import pytest

from quality_markers.comments.rules import spoken_to


@dataclass(frozen=True)
class Somebody:
    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


ANN, ANNA, SMITH = Somebody(1, "Ann"), Somebody(2, "Anna"), Somebody(3, "Ann Smith")
TWINS = [Somebody(4, "Sam Reed"), Somebody(5, "Sam Reed")]
EVERYBODY = [ANN, ANNA, SMITH, *TWINS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Ann, have we asked?", [ANN]),
        ("Have we asked, @anna?", [ANNA]),
        ("@Ann Smith and @Ann", [SMITH, ANN]),
        ("@Ann @Ann", [ANN]),
        ("(@Ann)", [ANN]),
        ("Ann", []),
        ("@Annabel", []),
        ("ann@Ann.example", []),
        ("@Sam Reed", []),
        ("@Nobody Known", []),
        ("@", []),
        ("", []),
    ],
)
def test_whom_an_at_means(text, expected):
    assert spoken_to(text, EVERYBODY) == expected


def test_a_name_is_a_name_and_no_pattern():
    odd = Somebody(6, "O'Neil (Jr.) *")
    assert spoken_to("@O'Neil (Jr.) * and @Ann", [odd, ANN]) == [odd, ANN]
    assert spoken_to("@Ann", [Somebody(7, "")]) == []
