"""What the parts of an agreement must be to each other: the refusals that no field can see alone (``format.md``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal

from ..problems import Fault, Path
from . import coherent_keys, coherent_years
from .agreement import Activity, Agreement, YearBase
from .keys import Group, Key
from .sharing import Sharing, SharingChange
from .year import Year


def faults(agreement: Agreement) -> Iterator[Fault]:
    """Everything about the agreement as a whole that keeps it from being settled."""
    yield from _parties(agreement)
    yield from _activities(agreement)
    yield from _series(agreement)
    yield from _period(agreement)
    yield from coherent_keys.faults(agreement)
    yield from _at_end(agreement)
    terms = agreement.terms()
    origin: dict[str, Path] = {}
    for number, year in agreement.years.items():
        if year.sharing is not None:
            origin |= dict.fromkeys(year.sharing.model_fields_set, _at(number, "sharing"))
        yield from coherent_years.faults(agreement, number, year)
        if not _all_named(agreement, year, terms[number]):
            continue
        yield from _frame(agreement, number, year)
        yield from _costs(agreement, number, year)
        yield from _changes(agreement, number, year)
        yield from _terms(agreement, number, year, terms[number], origin)
        yield from _total_only(agreement, number, year, terms)


def _all_named(agreement: Agreement, year: Year, terms: Sharing) -> bool:
    """Whether everything that the year names is there; an entry refused elsewhere is not, and its year has nothing to add."""
    activities = {*year.frame, *(year.costs or {}), *(year.budget or {}), *(change.activity for change in year.corrections)}
    for conversion in year.conversions:
        activities |= {conversion.from_, conversion.to}
    parties = {party for row in year.frame.values() if not isinstance(row, int) for party in row}
    at_end = terms.reserve.at_end if terms.reserve is not None else None
    divides = [terms.surplus, terms.deficit, terms.association_shares, at_end, *(activity.by for activity in agreement.activities.values())]
    if not all(coherent_keys.known(agreement, key) for key in divides if key is not None):
        return False
    for activity in agreement.activities.values():
        parties |= {party for party in (activity.funder, activity.performer) if party not in (None, "body")}
    return activities <= set(agreement.activities) and parties <= set(agreement.parties)


def _at(number: int, *names: str | int) -> Path:
    return ("years", str(number), *names)


def _parties(agreement: Agreement) -> Iterator[Fault]:
    for name, party in agreement.parties.items():
        if party.from_ is not None and party.to is not None and party.to < party.from_:
            yield Fault(
                ("parties", name, "to"),
                "party-years",
                f"`{name}` leaves in {party.to}, before it comes in {party.from_}",
                "swap or correct the years",
            )


def _activities(agreement: Agreement) -> Iterator[Fault]:
    for name, activity in agreement.activities.items():
        path = ("activities", name)
        if activity.base is not None and not activity.series:
            yield Fault(
                (*path, "base"), "base-without-series", f"`{name}` has a base but no series that adjusts it", "name the series under `adjust:`",
                rests_on=((*path, "adjust"),), on_key=True,
            )  # fmt: skip
        elif activity.base is not None and activity.funder is None and activity.by is None:
            yield Fault(
                (*path, "base"), "base-without-funder", f"`{name}` has a base but nobody whose money it is", "name the party under `funder:`",
                rests_on=((*path, "funder"),), on_key=True,
            )  # fmt: skip
        if activity.by is not None and activity.funder is not None:
            yield Fault(
                (*path, "by"), "by-and-funder", f"`{name}` has both `by` and a `funder`", "keep one: `funder` pays it alone, `by` divides it",
                rests_on=((*path, "funder"),), on_key=True,
            )  # fmt: skip
        if "opening_balance" in activity.cost and not activity.is_only("opening_balance"):
            yield Fault(
                (*path, "cost"), "mixed-opening-balance", f"`{name}` mixes an opening balance with other costs",
                "make the opening balance an activity of its own: the body holds that money already",
            )  # fmt: skip


def _series(agreement: Agreement) -> Iterator[Fault]:
    """An agreed index is final: nothing comes after it."""
    for name, series in agreement.series.items():
        if series.agreed and series.outcome:
            yield Fault(
                ("series", name, "outcome"), "agreed-outcome", f"`{name}` is agreed in advance, so it has no outcome",
                "write what was agreed under `forecast:`, or take `agreed` out", rests_on=(("series", name, "agreed"),), on_key=True,
            )  # fmt: skip


def _period(agreement: Agreement) -> Iterator[Fault]:
    start, last = agreement.period.start.year, agreement.period.last_year
    if last is None:
        yield from _without_end(agreement)
    elif not any(agreement.period.months(year) for year in range(start, last + 1)):
        yield Fault(("period",), "period", "the period holds the first day of no month", "make it longer")


def _without_end(agreement: Agreement) -> Iterator[Fault]:
    """Where the period has no end, nothing waits for it."""
    changes: list[tuple[Path, Sharing | SharingChange]] = [(("sharing",), agreement.sharing)]
    changes += [(_at(number, "sharing"), year.sharing) for number, year in agreement.years.items() if year.sharing is not None]
    for path, stated in changes:
        waits: list[tuple[Path, str]] = [((*path, "distribute"), "the result is paid at the end")] if stated.distribute == "at_end" else []
        if stated.reserve is not None and stated.reserve.at_end is not None:
            waits.append(((*path, "reserve", "at_end"), "own capital is divided at the end"))
        for at, what in waits:
            yield Fault(
                at, "no-end", f"{what}, but the period has none", "write `end:` under `period`, or take this out",
                rests_on=(("period",),), on_key=at[-1] == "at_end",
            )  # fmt: skip


def _frame(agreement: Agreement, number: int, year: Year) -> Iterator[Fault]:
    present = agreement.parties_of(number)
    if not present:
        yield Fault(
            _at(number), "no-party", f"nobody is a party in {number}", "correct the parties' `from` and `to`, or take the year out",
            rests_on=(("parties",),), on_key=True,
        )  # fmt: skip
    for name, amount in year.frame.items():
        activity, path = agreement.activities[name], _at(number, "frame", name)
        if isinstance(amount, int):
            if activity.by is not None:
                pass  # the key says whose it is
            elif activity.funder is None:
                yield Fault(
                    path, "no-funder", f"`{name}` has no funder, so this amount is nobody's",
                    f"write `{name}:` with an amount for each party, or name a `funder` for the activity", rests_on=(("activities", name),),
                )  # fmt: skip
            elif activity.funder not in present:
                yield _absent(agreement, number, activity.funder, path)
        else:
            if not amount:
                yield Fault(
                    path, "empty-row", f"`{name}` names no party", "write an amount for each party, or take the line away", on_key=True
                )
            for party in amount:
                if party not in present:
                    yield _absent(agreement, number, party, (*path, party))
        yield from _amount_row(agreement, number, activity, name, path)
    for name, activity in agreement.activities.items():
        if agreement.based(number, name) and activity.series and all(one in agreement.series for one in activity.series):
            yield from _base_row(agreement, number, activity, name)


def _absent(agreement: Agreement, number: int, party: str, path: Path) -> Fault:
    stated = agreement.parties[party]
    span = f"{stated.from_ or ''}–{stated.to or ''}"
    return Fault(
        path, "absent-party", f"`{party}` is not a party in {number} (it is one in {span})", "move the amount, or correct the party's `from` and `to`",
        rests_on=(("parties", party),), on_key=True,
    )  # fmt: skip


def _amount_row(agreement: Agreement, number: int, activity: Activity, name: str, path: Path) -> Iterator[Fault]:
    """A given amount whose national outcome is known needs the forecast that it was budgeted with."""
    if not activity.series or not all(one in agreement.series for one in activity.series):
        return
    grounds = tuple(("series", one) for one in activity.series)
    waits = [one for one in activity.series if not agreement.series[one].agreed]
    if not waits and activity.base is None:  # in the base's place an amount stands as it is
        agreed = " and ".join(f"`{one}`" for one in activity.series)
        yield Fault(
            path, "nothing-to-adjust", f"`{name}` is adjusted by {agreed}, agreed in advance, so this amount has nothing to be adjusted by",
            f"take the amount away and give `{name}` a `base:`, or take its `adjust:` out", rests_on=(*grounds, ("activities", name)), on_key=True,
        )  # fmt: skip
    if all(number in agreement.series[one].outcome for one in waits):
        for one in waits:
            if number not in agreement.series[one].forecast:
                yield Fault(
                    path, "missing-forecast", f"`{name}` is adjusted by `{one}`, whose outcome for {number} is known, but not its forecast",
                    f"write the forecast that the amount rests on: `series.{one}.forecast.{number}`",
                    rests_on=(("series", one), ("activities", name)), on_key=True,
                )  # fmt: skip


def _base_row(agreement: Agreement, number: int, activity: Activity, name: str) -> Iterator[Fault]:
    path: Path = ("activities", name, "base")
    grounds = tuple(("series", one) for one in activity.series)
    needs: tuple[Path, ...] = (*grounds, _at(number), _at(number - 1))
    if isinstance(activity.base, YearBase):
        base_year = activity.base.year
    else:
        base_year = number - 1
        before = agreement.years.get(base_year)
        if before is None or before.costs is None or name not in before.costs:
            what = f"the year {base_year} is not in the file" if before is None else f"{base_year} has no cost of `{name}`"
            yield Fault(
                path, "no-previous-year", f"`{name}` is based on the previous year in {number}, but {what}",
                f"give {base_year} with its costs, or a frame amount for `{name}` in {number}", rests_on=needs, on_key=True,
            )  # fmt: skip
    points = {one: agreement.series[one] for one in activity.series}
    for one, series in points.items():
        if series.point("outcome", base_year) is None:
            stated = "forecast" if series.agreed else "outcome"
            yield Fault(
                path, f"missing-{stated}", f"`{name}` needs the {stated} of `{one}` for its base year {base_year}",
                f"write it under `series.{one}.{stated}.{base_year}`", rests_on=needs, on_key=True,
            )  # fmt: skip
    kinds: tuple[Literal["outcome", "forecast"], ...] = ("forecast", "outcome")
    if not any(all(series.point(kind, number) is not None for series in points.values()) for kind in kinds):
        lacking = next(one for one, series in points.items() if series.point("forecast", number) is None)
        both = "the forecast" if points[lacking].agreed else "the forecast or the outcome"
        yield Fault(
            path, "missing-forecast", f"`{name}` needs {both} of `{lacking}` for {number}",
            f"write it under `series.{lacking}.forecast.{number}`, or give {number} a frame amount for `{name}`", rests_on=needs, on_key=True,
        )  # fmt: skip


def _costs(agreement: Agreement, number: int, year: Year) -> Iterator[Fault]:
    """Every row of a settled year has a cost, and somebody who performs it."""
    if year.costs is None or len(year.outcomes) > 1:  # which of them counts is for its author to say first
        return
    kind = year.costs_at
    present = agreement.parties_of(number)
    for name in agreement.rows(number):
        activity = agreement.activities[name]
        rests_on = (_at(number, "frame", name), _at(number, "conversions"), ("activities", name))
        if name not in year.costs and not activity.is_only("opening_balance"):
            yield Fault(
                _at(number, *kind, name), "missing-cost", f"`{name}` has a row in the frame of {number} but no cost",
                f"give `{name}` its cost here, 0 where there was none", rests_on=(_at(number, *kind), *rests_on), on_key=True,
            )  # fmt: skip
        performer = agreement.performer(name)
        if performer != "body" and performer not in present and year.costs.get(name):
            yield Fault(
                _at(number, *kind, name), "absent-performer", f"`{performer}`, who performs `{name}`, is not a party in {number}",
                "name another `performer`, or correct the party's `from` and `to`", rests_on=(("parties",), ("activities", name)), on_key=True,
            )  # fmt: skip


def _changes(agreement: Agreement, number: int, year: Year) -> Iterator[Fault]:
    """Corrections and conversions need a row to work on, and not one that follows its outcome."""
    rows, before = agreement.rows(number), agreement.rows_before_conversions(number)
    changes = [(_at(number, "corrections", i, "activity"), c.activity, "a correction") for i, c in enumerate(year.corrections)]
    changes += [(_at(number, "conversions", i, "from"), c.from_, "a conversion") for i, c in enumerate(year.conversions)]
    for path, name, what in changes:
        if agreement.activities[name].follows_outcome:
            yield Fault(
                path, "follows-outcome", f"`{name}` follows its outcome, so {what} has nothing to change", "take it out, or the `adjust: outcome`",
                rests_on=(("activities", name),),
            )  # fmt: skip
        elif name not in (before if what == "a conversion" else rows):
            yield Fault(
                path, "no-row", f"`{name}` has no row in the frame of {number}", "give it a frame amount, or name another activity",
                rests_on=(_at(number, "frame"), ("activities", name)),
            )  # fmt: skip


def _terms(agreement: Agreement, number: int, year: Year, terms: Sharing, origin: Mapping[str, Path]) -> Iterator[Fault]:
    """The keys in force give nothing to a party that is not one, and the split has one office to split."""
    present = agreement.parties_of(number)

    def place(name: str) -> Path:
        return (*origin.get(name, ("sharing",)), name)

    for sign in ("surplus", "deficit"):
        path = place(sign)
        yield from _shares_of_absent(agreement, number, getattr(terms, sign), path, (path, ("sharing",)))
    for name, activity in agreement.activities.items():
        if activity.by is not None and name in agreement.rows(number) and agreement.divided_whole(number, name):
            yield from _shares_of_absent(agreement, number, activity.by, ("activities", name, "by"), (("activities", name),))
    if terms.association_shares is not None and year.shortfall is not None and not _written_out(terms.association_shares):
        path = place("association_shares")
        yield from _shares_of_absent(agreement, number, terms.association_shares, path, (path, ("sharing",)))
    yield from _capital(agreement, number, year, terms, place("reserve"))
    offices = [name for name, party in agreement.parties.items() if party.role == "insurance_office" and name in present]
    if terms.state_split is not None and len(offices) != 1 and (offices or not _has_office(agreement)):
        path = place("state_split")
        yield Fault(
            path, "split-office", f"the split needs one insurance office, and {number} has {len(offices) or 'none'}", "write `state_split: none`, or correct the parties' roles",
            rests_on=(("parties",),), on_key=True,
        )  # fmt: skip


def _written_out(key: Key) -> bool:
    """Whether a key is shares party by party: those in assets and liabilities bind a party that has left, as long as they name it."""
    return isinstance(key, dict) and not any(isinstance(entry, Group) for entry in key.values())


def _shares_of_absent(agreement: Agreement, number: int, key: Key, path: Path, rests_on: tuple[Path, ...]) -> Iterator[Fault]:
    """The keys in force give nothing to a party that is not one; weights leave it out."""
    for party, place in coherent_keys.shares_of_absent(agreement, key, path, agreement.parties_of(number)):
        yield Fault(
            place, "absent-party", f"the key gives `{party}` a share, but it is not a party in {number}",
            f"agree on another key from {number} on, or correct the party's `from` and `to`", rests_on=(("parties", party), *rests_on), on_key=True,
        )  # fmt: skip


def _capital(agreement: Agreement, number: int, year: Year, terms: Sharing, path: Path) -> Iterator[Fault]:
    """Own capital is the result of all that the body does: it needs all of it, and the key that divides it in the end."""
    if terms.reserve is None:
        return
    grounds = (("sharing",), _at(number, "sharing"))
    whole = terms.shared == 1 if isinstance(terms.shared, Fraction) else False
    if not whole or terms.bands is not None:
        what = "the result is shared in part" if not whole else "bands withhold some of it"
        yield Fault(
            path, "reserve-of-a-part", f"own capital is the result of all that the body does, but in {number} {what}",
            "write `shared: 100 %` and `bands: none`, or `reserve: none`", rests_on=grounds, on_key=True,
        )  # fmt: skip
    by_frame = isinstance(terms.reserve.ceiling, (Fraction, list))
    if by_frame and year.result is not None and not agreement.rows(number):
        yield Fault(
            (*path, "ceiling"), "ceiling-without-frame", f"the ceiling depends on the frame, and that of {number} is not known",
            f"give {number} its frame too, or write the ceiling as an amount", rests_on=grounds, on_key=True,
        )  # fmt: skip


def _at_end(agreement: Agreement) -> Iterator[Fault]:
    """The key that divides own capital in the year in which the period ends gives nothing to a party that is not one then."""
    end = agreement.period.last_year
    if end is None or end not in agreement.years:
        return
    stated: list[tuple[Path, Sharing | SharingChange]] = [(("sharing", "reserve"), agreement.sharing)]
    stated += [(_at(number, "sharing", "reserve"), year.sharing) for number, year in agreement.years.items() if year.sharing is not None]
    path, terms = next(((path, terms) for path, terms in reversed(stated) if terms.reserve is not None), stated[0])
    if terms.reserve is not None and terms.reserve.at_end is not None:
        yield from _shares_of_absent(agreement, end, terms.reserve.at_end, (*path, "at_end"), (("sharing",), _at(end, "sharing")))


def _has_office(agreement: Agreement) -> bool:
    """Whether there is an insurance office at all, be it in another year."""
    return any(party.role == "insurance_office" for party in agreement.parties.values())


def _total_only(agreement: Agreement, number: int, year: Year, in_force: Mapping[int, Sharing]) -> Iterator[Fault]:
    """Where only the total is known, terms that need costs by activity cannot be applied."""
    if year.result is None or year.costs is not None:
        return
    costs = f"give {number} its costs by activity (`actual:`)"
    terms, end = in_force[number], agreement.period.last_year
    of_frame = any(isinstance(band.to, Fraction) for sign in (1, -1) for band in terms.scale(sign) or ())
    earlier = [before for before, stated in agreement.years.items() if before < number and stated.costs is not None]
    undistributed = [before for before in earlier[-1:] if not in_force[before].distributes(before, end)]
    needs = [
        (not isinstance(terms.shared, Fraction), "`shared` names activities", f"{costs}, or one share for all"),
        (not terms.distributes(number, end), "it is not a year of distribution", f"{costs}, or distribute in {number}"),
        (terms.state_split is not None, "the office's part is to be split with the state", f"{costs}, or write `state_split: none`"),
        (year.uses, "part of the surplus is used", f"{costs}, or take the uses out"),
        (
            of_frame and not agreement.rows(number), "the limits of the bands are in percent of its frame",
            f"give {number} its frame too, or write the limits as amounts",
        ),
        (agreement.opening.claims, "there are opening claims to pay", f"{costs}, or take `opening` out"),
        *((True, f"what {before} left undistributed would have to be paid", f"{costs}, or distribute in {before}") for before in undistributed),
    ]  # fmt: skip
    for cannot, what, remedy in needs:
        if cannot:
            yield Fault(
                _at(number, "result"), "total-only", f"only the total result of {number} is given, but {what}", remedy,
                rests_on=(("sharing",), _at(number, "sharing")), on_key=True,
            )  # fmt: skip
