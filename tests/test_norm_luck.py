"""Luck: the draws of the norm beside a second computation of the same draws in exact fractions, and what they depend on."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Outcome
from oracle.norm import nearest_whole

from socsam_calc import AgreementError, norm
from socsam_calc.answers.norm.luck import Luck, grouped, standings, taking_part
from socsam_calc.answers.norm.norm import AreaResult, AreaYear, BaseResult
from socsam_calc.source.panel import load_panel

Socsam = Callable[..., Outcome]
YEARS = range(1994, 2000)
BASES = ["fixed:1994", "fixed:1996", "moving", "mean:2", "mean:1995-1997"]


def random_costs(areas: int = 47, seed: int = 5) -> dict[str, dict[int, int]]:
    draw = random.Random(seed)
    costs = {}
    for number in range(areas):
        size = math.exp(draw.gauss(8, 1))
        costs[f"Ort {number:02}"] = {year: max(1, round(size * math.exp(0.05 * (year - 1994) + draw.gauss(0, 0.15)))) for year in YEARS}
    return costs


def written(path: Path, costs: dict[str, dict[int, int]]) -> Path:
    years = sorted({year for held in costs.values() for year in held})
    lines = [
        ",".join(["area", *map(str, years)]),
        *(",".join([area, *(str(held.get(year, "")) for year in years)]) for area, held in costs.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def whom(area: str, size: int, seed: int, draws: int) -> list[int]:
    """The stream of an area, as it is described: Philox by the seed and the hash of its name, in blocks of 8,192."""
    key = int.from_bytes(sha256(f"luck of {area}".encode()).digest()[:8], "little") << 64 | seed
    blocks = [
        np.random.Generator(np.random.Philox(key=key, counter=block << 64)).integers(0, size, 8_192) for block in range(-(-draws // 8_192))
    ]
    return [int(one) for one in np.concatenate(blocks)[:draws]]


def by_hand(
    costs: dict[str, dict[int, int]], groups: list[list[str]], name: str, draws: int, seed: int, country: dict[int, int] | None
) -> dict[str, object]:
    """Every draw chained in fractions, year by year, and its results over the base's years."""
    nation = country or {year: sum(held[year] for held in costs.values()) for year in YEARS}
    of_group = [{year: sum(costs[area][year] for area in group) for year in YEARS} for group in groups]
    donors = {area: whom(area, len(group), seed, draws) for group in groups for area in group}
    shares: list[list[Fraction]] = [[] for _ in groups]
    surpluses, sums = [], []
    for number in range(draws):
        drawn: dict[str, dict[int, Fraction]] = {}
        for group, whole in zip(groups, of_group, strict=True):
            for area in group:
                follows = costs[group[donors[area][number]]]
                chain = {YEARS[0]: Fraction(costs[area][YEARS[0]])}
                for year in YEARS[1:]:
                    pace = Fraction(nation[year], nation[year - 1])
                    d = Fraction(follows[year], follows[year - 1]) / pace / (Fraction(whole[year], whole[year - 1]) / pace)
                    chain[year] = chain[year - 1] * pace * d
                drawn[area] = chain
        anew = {year: Fraction(country[year]) if country else sum((held[year] for held in drawn.values()), Fraction(0)) for year in YEARS}
        gained = []
        for place, group in enumerate(groups):
            for area in group:
                frame, cost = over_years(name, drawn[area], anew)
                shares[place].append(100 * (frame - cost) / frame)
                gained += [frame - cost] if frame > cost else []
        surpluses.append(len(gained))
        sums.append(sum(gained, Fraction(0)))
    return {"groups": [told(held, (1, 5, 25, 50, 75, 95, 99)) for held in shares], "surplus": [at(sorted(surpluses), p) for p in (5, 50, 95)],
            "sums": [at(sorted(nearest_whole(one * 100) for one in sums), p) for p in (5, 50, 95)]}  # fmt: skip


def over_years(name: str, costs: dict[int, Fraction], nation: dict[int, Fraction]) -> tuple[Fraction, Fraction]:
    kind, _, rest = name.partition(":")
    frame = cost = Fraction(0)
    for year in YEARS:
        base = {"fixed": [int(rest[:4] or 0)], "moving": [year - 1]}.get(kind) or (
            list(range(int(rest[:4]), int(rest[5:]) + 1)) if "-" in rest else list(YEARS[: int(rest)])
        )
        if year > base[-1] and base[0] >= YEARS[0]:
            frame += sum((costs[one] for one in base), Fraction(0)) * nation[year] / sum((nation[one] for one in base), Fraction(0))
            cost += costs[year]
    return frame, cost


def at(ascending: list[Any], p: int) -> Any:
    return ascending[math.ceil(Fraction(p * len(ascending), 100)) - 1]


def told(shares: list[Fraction], at_: tuple[int, ...]) -> list[Fraction]:
    return [Fraction(nearest_whole(at(sorted(shares), p) * 100), 100) for p in at_]


@pytest.mark.parametrize("with_country", [False, True])
def test_the_draws_come_out_as_in_exact_fractions(with_country: bool, tmp_path: Path) -> None:
    costs = random_costs()
    country = {year: 1_000 + 37 * (year - 1994) ** 2 for year in YEARS} if with_country else None
    file = written(tmp_path / "p.csv", costs | ({"Riket": country} if country else {}))
    found = norm(file, base=BASES, draws=60, seed=9, country="Riket" if country else None)
    assert found.luck is not None
    groups = [list(group.areas) for group in found.luck.groups]
    for name in BASES:
        luck, hand = found.luck.by_base[name], by_hand(costs, groups, name, 60, 9, country)
        assert [list(one.percentiles.values()) for one in luck.groups] == hand["groups"], name
        assert list(luck.surplus.values()) == hand["surplus"]
        assert [None if one is None else one * 100 for one in luck.sum_surplus.values()] == hand["sums"]


def test_the_groups_are_by_mean_cost_and_none_has_fewer_than_twenty(tmp_path: Path) -> None:
    """Of 47 areas five groups would have nine or ten each: two have 23 and 24. Place r of n stands in group ⌊r × G / n⌋."""
    panel = load_panel(str(written(tmp_path / "p.csv", random_costs())))
    groups = grouped(panel, taking_part(panel))
    assert [len(one.areas) for one in groups] == [24, 23]
    mean = {area: sum(held.values()) for area, held in panel.costs.items()}
    assert max(mean[area] for area in groups[0].areas) <= min(mean[area] for area in groups[1].areas)
    assert len(grouped(panel, taking_part(panel), 1)) == 1


def test_equal_results_share_the_mean_of_their_places(tmp_path: Path) -> None:
    panel = load_panel(str(written(tmp_path / "p.csv", random_costs(areas=20))))
    group = grouped(panel, taking_part(panel))[0]
    frames = dict.fromkeys(group.areas, 100) | {group.areas[0]: 130, group.areas[1]: 90}
    results = [AreaResult(area, [AreaYear(1995, 1, 1, 1, frame, 90)]) for area, frame in frames.items()]
    places = {one.area: one.place for one in standings(BaseResult(panel, results, [], None), [group])}  # type: ignore[arg-type]
    assert places[group.areas[0]] == 1 and places[group.areas[1]] == 20
    assert {places[area] for area in group.areas[2:]} == {Fraction(2 + 19, 2)}


def test_a_draw_is_the_same_whatever_the_pieces_and_the_processes(tmp_path: Path) -> None:
    file = written(tmp_path / "p.csv", random_costs(areas=25))
    alone, two = (norm(file, base="moving", draws=9_000, seed=4, workers=workers).to_json() for workers in (1, 2))
    assert alone == two
    assert norm(file, base="moving", draws=9_000, seed=5).to_json() != alone


def test_where_all_areas_develop_alike_there_is_no_luck(tmp_path: Path) -> None:
    """Every d is 1: no result but 0, which is neither a surplus nor a deficit."""
    costs = {f"Ort {n}": {year: (n + 3) * 7 ** (year - 1994) for year in YEARS} for n in range(22)}
    found = norm(written(tmp_path / "p.csv", costs), base=["fixed:1994", "moving"], draws=100)
    assert found.luck is not None
    for luck in found.luck.by_base.values():
        assert isinstance(luck, Luck)
        assert {value for one in luck.groups for value in one.percentiles.values()} == {0}
        assert set(luck.surplus.values()) == {0} and set(luck.sum_surplus.values()) == {0}


def test_who_takes_no_part_is_named_and_every_place_has_its_sentence(tmp_path: Path, socsam: Socsam) -> None:
    costs = random_costs(areas=22)
    costs["Ort 03"][1996] = 0
    del costs["Ort 04"][1997]
    file = written(tmp_path / "p.csv", costs)
    out = socsam("norm", file, "--base", "moving", "--draws", "50").out
    assert "Ort 03 takes no part: it has not a cost above 0 in every year." in out and "Ort 04 takes no part" in out
    assert "Somebody is always first in a group: a place is no evidence of an effect." in out
    assert "Somebody is always first" in socsam("norm", file, "--base", "moving", "--draws", "50", "--area", "Ort 05").out
    assert "Någon är alltid först" in socsam("norm", file, "--base", "moving", "--draws", "50", "--lang", "sv").out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda costs: {area: costs[area] for area in list(costs)[:19]}, "19 areas have a cost above 0 in every year"),
        (lambda costs: {area: {y: c for y, c in held.items() if y < 1997} for area, held in costs.items()}, "the panel has 3 years"),
        (lambda costs: {area: {y: c for y, c in held.items() if y != 1996} for area, held in costs.items()}, "the panel has no year 1996"),
    ],
)  # fmt: skip
def test_a_panel_that_is_too_small_for_luck_is_refused(change: Callable[..., dict[str, dict[int, int]]], said: str, tmp_path: Path) -> None:
    with pytest.raises(AgreementError, match=said):
        norm(written(tmp_path / "p.csv", change(random_costs(areas=25))), base="moving", draws=10)


def test_an_index_has_luck_without_amounts(tmp_path: Path) -> None:
    costs = random_costs(areas=21)
    country = dict.fromkeys(YEARS, 100)
    found = norm(
        written(tmp_path / "p.csv", costs | {"Riket": country}), base="moving", panel_unit="index", country="Riket", draws=40
    ).to_dict()
    luck = found["bases"][0]["luck"]
    assert luck["sum_surplus"] == {"5": None, "50": None, "95": None}
    assert luck["draws"] == 40 and len(luck["places"]) == 21


def test_without_numpy_it_says_what_to_install(tmp_path: Path, socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith("socsam_calc.answers.norm.drawing")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    outcome = socsam("norm", written(tmp_path / "p.csv", random_costs(areas=21)), "--draws", "10")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "socsam norm --draws needs NumPy\n   pip install 'socsam-calc[scale]'\n"
