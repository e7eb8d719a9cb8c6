"""Random agreements for the properties: small enough to read when one fails."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, get_args

from hypothesis import strategies as st

from socsam_calc.model.key_words import KeyWord
from socsam_calc.model.sharing import FlowWord, TimeWord

PARTIES = ("kassa", "landsting", "kommun")


@st.composite
def shares(draw: st.DrawFn, names: tuple[str, ...] = PARTIES) -> dict[str, str]:
    """Shares that add up to 1, as fractions."""
    weights = draw(st.lists(st.integers(0, 20), min_size=len(names), max_size=len(names)).filter(any))
    return {name: str(Fraction(weight, sum(weights))) for name, weight in zip(names, weights, strict=True)}


@st.composite
def bands(draw: st.DrawFn) -> list[dict[str, str]]:
    """A scale of up to three steps, in percent of the frame."""
    limits = sorted(draw(st.sets(st.integers(1, 12), max_size=2)))
    portions = draw(st.lists(st.integers(0, 100), min_size=len(limits) + 1, max_size=len(limits) + 1))
    return [{"to": f"{limit} %", "shared": f"{portion} %"} for limit, portion in zip(limits, portions, strict=False)] + [
        {"shared": f"{portions[-1]} %"}
    ]


@st.composite
def agreements(draw: st.DrawFn, *, mirrored: bool = False, years: int = 2) -> dict[str, Any]:
    """An agreement as nested dicts and lists of text: three parties, their rows, a joint project, terms of every kind.

    ``mirrored``: the terms treat a surplus and a deficit alike.
    """
    words = [word for word in get_args(KeyWord) if word != "contributed"]  # the slopes of that one have tests of their own
    fixed = [word for word in words if word != "frame"]  # what no figure of the year moves
    surplus = draw(st.one_of(st.sampled_from(fixed), shares()))
    deficit = surplus if mirrored else draw(st.one_of(*map(st.just, words), shares()))
    sharing: dict[str, Any] = {
        "shared": draw(st.one_of(st.sampled_from(["100 %", "0 %", "1/3", "55 %"]), st.just({"care": "40 %", "others": "70 %"}))),
        "surplus": surplus,
        "deficit": deficit,
        "flow": draw(st.sampled_from(get_args(FlowWord))),
        "distribute": draw(st.sampled_from([*get_args(TimeWord), ["1999"]])),
    }
    if draw(st.booleans()):
        sharing["bands"] = draw(bands())
    amount = st.integers(0, 50_000)
    stated: dict[str, Any] = {}
    for year in range(1998, 1998 + years):
        row = {name: draw(st.integers(1, 50_000)) for name in ("sickness", "care", "family")}
        joint = {party: draw(st.integers(0, 2_000)) for party in draw(st.sets(st.sampled_from(PARTIES), min_size=1))}
        costs = {name: draw(amount) for name in (*row, "projects")}
        stated[str(year)] = {
            "frame": {**{name: str(value) for name, value in row.items()}, "projects": {name: str(value) for name, value in joint.items()}},
            "actual": {name: str(value) for name, value in costs.items()},
        }
    return {
        "format": "socsam/1",
        "area": "Exempelby",
        "period": {"start": "1998-01-01", "end": "1999-12-31"},
        "parties": {"kassa": {"role": "insurance_office"}, "landsting": {"role": "county_council"}, "kommun": {"role": "municipality"}},
        "activities": {
            "sickness": {"funder": "kassa", "cost": "sickness_benefit"},
            "care": {"funder": "landsting", "cost": "health_care"},
            "family": {"funder": "kommun", "cost": "social_services"},
            "projects": {"performer": "body", "cost": "joint_measures"},
        },
        "sharing": sharing,
        "years": stated,
    }
