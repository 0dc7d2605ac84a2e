"""The frame of the proofs: nothing that is claimed may fall out of what is told."""

import json
import re

import pytest
from launcher import claims, proof_pages, proving, say


def lines(path, *facts):
    path.write_text("".join(json.dumps(each) + "\n" for each in facts))
    return path


@pytest.mark.parametrize("path", sorted(claims.PROOFS.glob("*/test_*.py")), ids=lambda p: p.stem)
def test_each_proof_says_of_which_claim_it_is(path):
    number = re.fullmatch(r"test_([srp])(\d\d)_\w+", path.stem)
    assert number, "test_s07_words.py"
    name = f"{number[1].upper()}{int(number[2])}"
    one = claims.proved([name], path.with_name("none"))[name]
    assert one.id == name
    assert one.says and one.how and one.goal


def test_a_claim_is_told_whatever_became_of_its_proof(tmp_path):
    found = claims.proved(
        ["R1", "R2", "R3", "R4"],
        lines(
            tmp_path / "figures",
            {"claim": "R1", "figure": "0 lost", "holds": True},
            {"claim": "R1", "seconds": 2.5},
            {"claim": "R2", "figure": "1 twice", "holds": False},
            {"claim": "R2", "figure": "0 missed", "holds": True},
            {"claim": "R3", "figure": "0 lost", "holds": True},
            {"claim": "R3", "broke": "test_pairs: KeyError: 'x'"},
        ),
    )
    assert {name: one.result for name, one in found.items()} == {
        "R1": "holds",
        "R2": "falls short",
        "R3": "falls short",
        "R4": "not run",
    }
    assert found["R2"].figure == "1 twice; 0 missed"
    assert found["R3"].figure == "0 lost; broke: test_pairs: KeyError: 'x'"
    assert found["R4"].figure


def test_what_was_measured_is_read_before_its_place_goes(monkeypatch):
    """The guard of the servers removes the place as they end."""
    places = []

    def measured(company, place, ids, figures):
        places.append(place.root)
        lines(figures, {"claim": "R1", "figure": "0 lost", "holds": True})

    monkeypatch.setattr(proving, "_all_proofs", measured)
    assert proving._proved(["R1"])["R1"].holds
    assert not places[0].exists()


def test_no_claim_but_those_that_there_are():
    assert claims.chosen([]) == list(claims.NAMES)
    assert claims.chosen(["r2", "S7"]) == ["S7", "R2"]
    assert claims.chosen(["--reliability"])[-1] == "R12"
    with pytest.raises(say.Stop, match="S99"):
        proving.run(["S99"])


def test_a_run_of_some_renews_their_rows_and_leaves_the_others(tmp_path, monkeypatch):
    page = tmp_path / "reliability.md"
    page.write_text(f"# Head\n\n{proof_pages.MARK}\n{proof_pages.MARK}\n\nTail\n")
    monkeypatch.setattr(proof_pages, "page", lambda family: tmp_path / f"{family}.md")
    first = claims.Proved("R1", "Nothing | lost", figures=["0 lost"], holds=True)
    proof_pages.write({"R1": first})
    proof_pages.write({"R2": claims.Proved("R2", "No tick twice", figures=["3"], holds=False)})
    text = page.read_text()
    assert "| R1 | Nothing / lost |  |  | 0 lost | holds | `script/prove R1` |" in text
    assert "| R2 | No tick twice |  |  | 3 | **falls short** | `script/prove R2` |" in text
    assert [*map(text.count, ("| R12 |", "not proved yet", "# Head", "Tail"))] == [1, 10, 1, 1]


@pytest.mark.parametrize("family", claims.FAMILIES)
def test_each_family_has_its_page(family):
    assert proof_pages.page(family).read_text().count(proof_pages.MARK) == 2
