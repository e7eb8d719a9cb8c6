"""A path of the file: what a person writes with dots, what the program holds as steps, and what the format has there."""

from __future__ import annotations

import pytest

from socsam_calc.model.agreement import Agreement
from socsam_calc.model.paths import dotted, fields_at, leaves, overlap, steps, value_at, with_value, within
from socsam_calc.problems import Path
from socsam_calc.source.kinds import kind_at

DATA = {"sharing": {"bands": [{"to": "3 %", "shared": "0 %"}, {"shared": "80 %"}]}, "years": {}}


def test_a_dotted_name_is_taken_apart_and_put_together() -> None:
    assert steps(" years.1998.frame.öppenvård ") == ["years", "1998", "frame", "öppenvård"]
    assert steps("o\N{COMBINING DIAERESIS}") == ["ö"]
    assert dotted(("sharing", "bands", 0, "to")) == "sharing.bands.0.to"


def test_what_lies_inside_a_path() -> None:
    assert within(("years", "1998"), ("years",)) and within(("years",), ("years",)) and not within(("years",), ("years", "1998"))
    assert overlap(("years",), ("years", "1998")) and overlap(("years", "1998"), ("years",)) and not overlap(("years",), ("sharing",))


def test_a_value_at_a_path_and_another_in_its_place() -> None:
    path: Path = ("sharing", "bands", 0, "to")
    assert value_at(DATA, path) == "3 %"
    assert value_at(DATA, ("sharing", "bands", 2)) is value_at(DATA, ("sharing", "bands", "to")) is value_at(DATA, (*path, 0, 0)) is None
    changed = with_value(DATA, path, "5 %")
    assert value_at(changed, path) == "5 %" and value_at(DATA, path) == "3 %"
    assert with_value(DATA, ("governance", "board", "members"), "9")["governance"] == {"board": {"members": "9"}}


def test_the_single_values_of_a_file_with_their_paths() -> None:
    assert dict(leaves(DATA)) == {
        ("sharing", "bands", 0, "to"): "3 %",
        ("sharing", "bands", 0, "shared"): "0 %",
        ("sharing", "bands", 1, "shared"): "80 %",
        ("years",): {},
    }


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (("period",), ["start", "end"]),
        (("sharing", "bands"), ["surplus", "deficit"]),
        (("sharing", "bands", 0), ["to", "shared"]),
        (("sharing", "bands", "deficit", 0), ["to", "shared"]),
        (("years", "1998", "expect", "settled", "kommun"), ["value", "min", "max", "source", "known_error"]),
        (("parties",), []),
        (("nowhere",), []),
    ],
)
def test_the_fields_at_a_path_whichever_way_it_is_written(path: Path, fields: list[str]) -> None:
    assert fields_at(Agreement, path) == fields


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("years.1998.frame.care", "", "amount"),
        ("years.1998.frame.projects.kassa", "", "amount"),
        ("sharing.shared", "", "share"),
        ("sharing.surplus.kassa", "", "share"),
        ("sharing.state_split.cap", "", "percent"),
        ("series.prices.outcome.1998", "", "number"),
        ("title", "", None),
    ],
)
def test_the_kind_of_number_at_a_path(name: str, text: str, kind: str | None) -> None:
    found = kind_at(tuple(name.split(".")), text)
    assert (found and found.name) == kind


def test_what_is_written_decides_where_a_limit_is_an_amount_or_a_percentage() -> None:
    limits = [kind_at(("sharing", "bands", 0, "to"), text) for text in ("3 %", "500 tkr")]
    assert [limit and limit.name for limit in limits] == ["percent", "amount"]
