"""Series against their forecasts and the year before, names that are the same, and keys whose rest hides a slip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from ...model import keys
from ...problems import Path
from ..facts import Case, named_by, year_path
from ..rule import WARNING, Hit, hit
from . import rule
from .rows import percent


@rule(
    "SOC703",
    WARNING,
    """
    title: A series that jumps
    statement: A series' outcome changes from year to year by no more than the file's threshold, 40 % of the larger of the two.
    why: The frame follows the ratio of two years: a point that is lost, or a year in another unit or another base, moves the whole row
        with it.
    remedy: Give all years of a series in the same unit and base; if they are right raise `thresholds: {series: …}`.
    message: {series}: the outcome of {year} is {now}, of {before_year} it was {before}
    """,
)
def series_jumps(case: Case) -> Iterator[Hit]:
    for name, series in case.agreement.series.items():
        for (before_year, before), (year, now) in pairwise(sorted(series.outcome.items())):
            if year == before_year + 1 and abs(now - before) / max(now, before) > case.agreement.thresholds.series:
                yield hit(
                    ("series", name, "outcome", str(year)), related=(("series", name, "outcome", str(before_year)),),
                    series=series.name or name, year=year, now=number(now), before_year=before_year, before=number(before),
                )  # fmt: skip


@rule(
    "SOC704",
    WARNING,
    """
    title: A forecast far from the outcome
    statement: A series' outcome is no more than the file's threshold, 20 % of the larger of the two, from its forecast.
    why: The frame is adjusted by outcome over forecast. `1.10` beside an outcome of `118,2` makes the row a hundred times as large;
        both must count the same.
    remedy: Write outcome and forecast in the same unit and base; if they are right raise `thresholds: {forecast: …}`.
    message: {series}: of {year} the forecast is {forecast} and the outcome {outcome}
    """,
)
def forecast_near_the_outcome(case: Case) -> Iterator[Hit]:
    for name, series in case.agreement.series.items():
        for year, forecast in series.forecast.items():
            outcome = series.outcome.get(year)
            if outcome is not None and abs(outcome - forecast) / max(outcome, forecast) > case.agreement.thresholds.forecast:
                path: Path = ("series", name, "forecast", str(year))
                yield hit(path, series=series.name or name, year=year, forecast=number(forecast), outcome=number(outcome))


def number(value: Fraction) -> str:
    """A number of a series, as one reads it."""
    return f"{float(value):.12g}".replace(".", ",")


@rule(
    "SOC709",
    WARNING,
    """
    title: Two of one name
    statement: No two parties, activities or series have the same name.
    why: Their tables, pages and messages cannot be told apart, and a copied line whose name was not changed may have other fields that
        were not.
    remedy: Give each its own name.
    message: {first} and {second} are both called “{name}”
    """,
    reads="structure",
)
def names_apart(case: Case) -> Iterator[Hit]:
    agreement = case.agreement
    parts: dict[str, Mapping[str, Any]] = {"parties": agreement.parties, "series": agreement.series}
    if case.states_activities:
        parts["activities"] = agreement.activities
    for part, entries in parts.items():
        met: dict[str, str] = {}
        for id_, entry in entries.items():
            alike = " ".join((entry.name or id_).casefold().split())
            if alike in met:
                yield hit((part, id_), related=((part, met[alike]),), first=met[alike], second=id_, name=entry.name or id_)
            met.setdefault(alike, id_)


@rule(
    "SOC710",
    WARNING,
    """
    title: A rest that takes most
    statement: In a key of three or more, `rest` comes to no more than the file's threshold, 50 %, or than a fifth more than whoever has
        it puts into the frame.
    why: `rest` takes whatever the others leave, so a slip among them never shows: `0.1` for `1/3` gives it more than half.
    remedy: Write the share itself in place of `rest`, and the sum is checked; or raise `thresholds: {rest: …}`.
    message: {where}: the rest, {party}, comes to {share}; its part of the frame is {part}
    """,
    reads="terms",
)
def rest_is_no_hiding_place(case: Case) -> Iterator[Hit]:
    for path, key in _keys(case):
        if isinstance(key, dict) and len(key) > 2:
            for entry, share in key.items():
                value = share.share if isinstance(share, keys.Group) else share
                part = _part_of_the_frame(case, entry, share) if keys.is_rest(share) else None
                if part is not None and value is not None and value > max(case.agreement.thresholds.rest, part * _MORE):
                    where = ".".join(map(str, path))
                    yield hit((*path, entry), where=where, party=entry, share=percent(value), part=percent(part))


_MORE: Final = Fraction(6, 5)


def _part_of_the_frame(case: Case, entry: str, share: Fraction | keys.Group) -> Fraction | None:
    """What a party, or the parties of a group, have put into the frames together; None where no frame is known."""
    parties = {entry} if not isinstance(share, keys.Group) else named_by(case.agreement, share.by)
    put_in = dict.fromkeys(case.agreement.parties, 0)
    for year in case.settled_years:
        for party in year.parties:
            put_in[party.id] += party.units("contribution") or 0
    whole = sum(put_in.values())
    return Fraction(sum(put_in[party] for party in parties if party in put_in), whole) if whole else None


_TERMS: Final = ("surplus", "deficit", "association_shares")


def _keys(case: Case) -> Iterator[tuple[Path, Any]]:
    """Every key of the file that is written out, with its place."""
    yield from ((("keys", name), key) for name, key in case.agreement.keys.items())
    yield from ((("sharing", term), getattr(case.agreement.sharing, term)) for term in _TERMS)
    for number, year in case.agreement.years.items():
        if year.sharing is not None:
            yield from ((year_path(number, "sharing", term), getattr(year.sharing, term)) for term in _TERMS)
