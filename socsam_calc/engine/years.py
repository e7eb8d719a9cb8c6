"""The kinds of years: a budget, a year with costs, a year of which only the total is known (§§ 1–5 and 7 of the arithmetic)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, assert_never

from ..model.terms import Terms
from ..problems import Path
from .course import BODY, Course
from .expectations import held
from .figures import ActivityResult, BodyResult, PartyResult, SplitResult, Totals
from .frame import Frame, Given, Row, one
from .payments import fewest_payments
from .results import SharingResult, Shortfall, YearResult
from .sharing import (
    after_withholding,
    divide,
    entitlement,
    kept_by_party,
    shared_before_bands,
    through_bands,
    use_up,
    uses_of,
)
from .split import split
from .steps import Money, given, less, total, zero


def settle_year(course: Course, frame: Frame) -> YearResult:
    """Settle one year after those before it. Raises Refused where uses exceed the surplus or an amount has nobody to bear it."""
    stated = course.agreement.years[frame.year]
    if stated.costs is not None:
        return CostedYear(course, frame).settle()
    if stated.result is not None:
        return _FromTotal(course, frame).settle()
    return _Year(course, frame).budget()


class _Year:
    """What every kind of year has: its frame, its parties and their contributions."""

    def __init__(self, course: Course, frame: Frame) -> None:
        self.course, self.frame, self.number = course, frame, frame.year
        self.agreement = course.agreement
        self.stated = course.agreement.years[frame.year]
        self.terms: Terms = course.terms[frame.year]
        self.parties = course.agreement.parties_of(frame.year)
        here = frozenset(self.parties)
        self.listed = [name for name in course.agreement.parties if name in here or _value(course.carried.get(name))]
        rows = frame.rows.values()
        self.finals = {row.activity: total("final", self.number, (row.activity,), row.final.values()) for row in rows}
        self.contributions = self._by_party("contribution", lambda row: row.final)
        self.preliminary = self._by_party("preliminary", lambda row: row.preliminary)
        self.final_frame = total("final_frame", self.number, (), self.finals.values())
        self.row_preliminary = {row.activity: total("preliminary", self.number, (row.activity,), row.preliminary.values()) for row in rows}
        self.preliminary_frame = total("preliminary_frame", self.number, (), self.row_preliminary.values())

    @property
    def framed(self) -> bool:
        """Whether anything is known of the year's frame: a year without costs may state none, and a frame not stated is not one of 0."""
        return bool(self.frame.rows) or self.stated.costs is not None

    def _by_party(self, name: str, cells_of: Callable[[Row], Mapping[str, Money]]) -> dict[str, Money]:
        held: dict[str, list[Money]] = {party: [] for party in self.listed}
        for row in self.frame.rows.values():
            for party, cell in cells_of(row).items():
                held[party].append(cell)
        return {party: total(name, self.number, (party,), cells) for party, cells in held.items()}

    def budget(self) -> YearResult:
        """Only the frame is known."""
        return self.result("budget", {}, {}, SharingResult(None, None, None), {party: {} for party in self.listed}, {}, (), None)

    def result(
        self,
        status: str,
        totals: Mapping[str, Money | None],
        activities: Mapping[str, Mapping[str, Money]],
        sharing: SharingResult,
        parties: Mapping[str, Mapping[str, Money | None]],
        body: Mapping[str, Money | None],
        transfers: Sequence[tuple[str, int]],
        split: SplitResult | None,
    ) -> YearResult:
        """Put the year together: the frame's own figures, where a frame is given, and what the kind of year adds."""
        agreement, rounding = self.agreement, self.agreement.rounding
        frames = {"preliminary_frame": self.preliminary_frame, "final_frame": self.final_frame}
        year_totals = Totals({**(frames if self.framed else {}), **totals}, rounding)
        party_results = tuple(
            PartyResult(
                party,
                agreement.parties[party].name or party,
                agreement.parties[party].role,
                {
                    **({"preliminary": self.preliminary[party], "contribution": self.contributions[party]} if self.framed else {}),
                    **parties[party],
                },
                rounding,
            )
            for party in self.listed
        )
        return YearResult(
            self.number,
            status,
            self.frame.months,
            self.stated.source,
            self.stated.note,
            year_totals,
            tuple(self._activity(row, activities.get(row.activity, {})) for row in self.frame.rows.values()),
            sharing,
            party_results,
            BodyResult(body, rounding),
            tuple(fewest_payments(transfers)),
            split,
            self._shortfall(),
            tuple(held(self.agreement, self.number, year_totals, party_results)),
        )

    def _activity(self, row: Row, settled: Mapping[str, Money]) -> ActivityResult:
        about, year = (row.activity,), self.number
        preliminary = self.row_preliminary[row.activity]
        adjusted = total("adjusted", year, about, row.adjusted.values()) if row.adjusted is not row.preliminary else preliminary
        steps = {
            "preliminary": preliminary,
            "adjustment": less("adjustment", year, about, adjusted, preliminary),
            "correction": total("correction", year, about, row.corrections),
            "conversion": total("conversion", year, about, row.conversions),
            "final": self.finals[row.activity],
            **settled,
        }
        cells = {party: cell for party, cell in row.final.items() if cell.value}
        return ActivityResult(
            row.activity, self.agreement.activities[row.activity].name or row.activity, cells, steps, self.agreement.rounding
        )

    def _shortfall(self) -> Shortfall | None:
        """§ 7: what each party adds to a debt that the association could not pay; without agreed shares, nobody is named."""
        if self.stated.shortfall is None:
            return None
        amount = given("shortfall", self.number, (), self.stated.shortfall, ("years", str(self.number), "shortfall"))
        shares = self.terms.association_shares
        if shares is None:
            return Shortfall(amount, {})
        bound = [party for party, share in shares.weights.items() if party in self.parties or share.value]
        return Shortfall(amount, divide("shortfall", amount, shares, self.number, bound, {}))

    def opened(self, settled_status: str) -> str:
        """The year's status once it is settled; remembers what keeps later years open."""
        open_before = self.course.open
        self.course.open = open_before or self.frame.awaits or settled_status == "estimate"
        if settled_status == "estimate":
            return "estimate"
        return "preliminary" if open_before or self.frame.awaits else "final"


class _FromTotal(_Year):
    """A year of which only the total result is known."""

    def settle(self) -> YearResult:
        number, terms = self.number, self.terms
        assert self.stated.result is not None
        result = given("result", number, (), self.stated.result, ("years", str(number), "result"))
        before = shared_before_bands(terms, {"": result})[""]._replace(about=())
        shared = through_bands(terms, before, self.final_frame)
        withheld = less("withheld", number, (), before, shared)
        allocated = entitlement(terms, shared, self.parties, self.contributions)
        whole = terms.shared.of("").value == 1 and not withheld.value
        parties: dict[str, dict[str, Money | None]] = {}
        for party in self.listed:
            share = allocated.get(party) or zero("allocated", number, (party,))
            figures: dict[str, Money | None] = {"allocated": share, "used": zero("used", number, (party,))}
            if whole:
                figures |= {"kept": zero("kept", number, (party,)), "settled": total("settled", number, (party,), [share])}
            parties[party] = figures
        uses = zero("uses", number)
        totals: dict[str, Money | None] = {
            "actual": less("actual", number, (), self.final_frame, result) if self.framed else None,
            "result": result,
            "shared": shared,
            "kept": less("kept", number, (), result, shared),
            "uses": uses,
            "settled": less("settled", number, (), result, uses),
        }
        self.course.undistributed = 0
        return self.result(self.opened("settled"), totals, {}, SharingResult(_sign(shared), withheld, True), parties, {}, (), None)


class Outcome(NamedTuple):
    """What comes of a year with costs (§§ 2–4): by activity its cost, its result, and what of this is shared and kept; S⁰ as ``before``
    and S as ``shared``; by party the parts of what is kept, and what it is allocated."""

    costs: Mapping[str, Money]
    results: Mapping[str, Money]
    before: Money
    shared: Money
    withheld: Money
    shared_by_activity: Mapping[str, Money]
    kept_by_activity: Mapping[str, Money]
    kept_parts: Mapping[str, Sequence[Money]]
    allocated: Mapping[str, Money]


class CostedYear(_Year):
    """A year with costs by activity. ``amount`` makes the steps of its costs and uses."""

    def __init__(self, course: Course, frame: Frame, amount: Given = given) -> None:
        super().__init__(course, frame)
        self.amount = amount

    def outcome(self) -> Outcome:
        """§§ 2–4, which rest on no other year. Raises Refused where an amount has nobody to bear it."""
        number, terms = self.number, self.terms
        costs = self._costs()
        results = {activity: less("result", number, (activity,), self.finals[activity], costs[activity]) for activity in self.frame.rows}
        before_by_activity = shared_before_bands(terms, results)
        before = total("shared before bands", number, (), before_by_activity.values())
        shared = through_bands(terms, before, self.final_frame)
        withheld = less("withheld", number, (), before, shared)
        shared_by_activity = after_withholding(terms, before_by_activity, withheld, surplus=before.value > 0)
        kept_by_activity = {name: less("kept", number, (name,), results[name], shared_by_activity[name]) for name in results}
        of_year = {party: self.contributions[party] for party in self.parties}
        kept_parts: dict[str, list[Money]] = {party: [] for party in self.listed}
        for name, kept in kept_by_activity.items():
            for party, part in kept_by_party(self.agreement, terms, self.frame.rows[name], kept, of_year).items():
                kept_parts[party].append(part)
        allocated = entitlement(terms, shared, self.parties, self.contributions)
        return Outcome(costs, results, before, shared, withheld, shared_by_activity, kept_by_activity, kept_parts, allocated)

    def uses(self) -> Money:
        """The year's uses, U."""
        return uses_of(self.agreement, self.number, self.amount)

    def used(self, uses: Money) -> dict[str, Money]:
        """What of the uses is taken from each party's part."""
        return use_up(self.terms, uses, self.parties, self.contributions)

    def settle(self) -> YearResult:
        """§§ 2–6 for the year."""
        number, course = self.number, self.course
        found, uses = self.outcome(), self.uses()
        shared = found.shared
        result = total("result", number, (), found.results.values())
        if self.stated.uses and uses.value > shared.value + course.undistributed:
            raise one(
                ("years", str(number), "uses"),
                f"the uses of {number} exceed the shared surplus that there is",
                "use no more than is shared this year and was left undistributed before",
                on_key=True,
            )
        used = self.used(uses)
        paid, distribution = self._paid(found.costs), self.terms.distributes
        settled = {
            party: self._party(party, paid[party], found.kept_parts[party], found.allocated, used, distribution) for party in self.listed
        }
        body = self._body(paid[BODY], settled)
        self._conserved(settled, result, uses)
        course.carried = {party: figures["carried"] for party, figures in settled.items() if figures["carried"].value}
        course.undistributed = 0 if distribution else course.undistributed + shared.value - uses.value
        totals = {
            "actual": total("actual", number, (), found.costs.values()),
            "result": result,
            "shared": shared,
            "kept": less("kept", number, (), result, shared),
            "uses": uses,
            "settled": less("settled", number, (), result, uses),
        }
        by_activity = {"actual": found.costs, "result": found.results, "shared": found.shared_by_activity, "kept": found.kept_by_activity}
        activities = {name: {figure: held[name] for figure, held in by_activity.items()} for name in found.results}
        transfers = [(party, figures["transfer"].value) for party, figures in settled.items()] + [(BODY, body["transfer"].value)]
        status = self.opened("estimate" if self.stated.estimate is not None else "settled")
        split_result = split(course, self.frame, found.costs, settled)
        sharing = SharingResult(_sign(shared), found.withheld, distribution)
        return self.result(status, totals, activities, sharing, settled, body, transfers, split_result)

    def _costs(self) -> dict[str, Money]:
        kind = "actual" if self.stated.actual is not None else "estimate"
        path: Path = ("years", str(self.number), kind)
        stated = self.stated.costs or {}
        return {name: self.amount("cost", self.number, (name,), stated.get(name, 0), (*path, name)) for name in self.frame.rows}

    def _paid(self, costs: Mapping[str, Money]) -> dict[str, Money]:
        """P_p and P_b: the costs of the activities that each performs."""
        borne: dict[str, list[Money]] = {name: [] for name in (*self.listed, BODY)}
        for name, cost in costs.items():
            if cost.value:
                borne[self.agreement.performer(name)].append(cost)
        return {name: total("paid", self.number, (name,), items) for name, items in borne.items()}

    def _party(
        self,
        party: str,
        paid: Money,
        kept_parts: Sequence[Money],
        allocated: Mapping[str, Money],
        used: Mapping[str, Money],
        distribution: bool,
    ) -> dict[str, Money]:
        """§§ 2, 4 and 5 for one party: before sharing, settled, claim, transfer and carried."""
        number, about = self.number, (party,)
        held = [
            row.final[party]
            for row in self.frame.rows.values()
            if party in row.final and self.agreement.activities[row.activity].is_only("opening_balance")
        ]
        before = less("before_sharing", number, about, self.contributions[party], *held, paid)
        kept = total("kept", number, about, kept_parts)
        gain = allocated.get(party) or zero("allocated", number, about)
        use = used.get(party) or zero("used", number, about)
        settled = less("settled", number, about, total("kept and allocated", number, about, [kept, gain]), use)
        match self.terms.flow:
            case "notional":
                in_hand = before
            case "real":
                in_hand = less("in hand", number, about, self.contributions[party], self.preliminary[party])
            case _:
                assert_never(self.terms.flow)
        claim = less("claim", number, about, settled, in_hand)
        brought = self.course.carried.get(party) or zero("brought", number, about)
        transfer, carried = self._when(about, brought, claim, distribution)
        return {
            "paid": paid, "before_sharing": before, "kept": kept, "allocated": gain, "used": use, "settled": settled,
            "in_hand": in_hand, "brought": brought, "transfer": transfer, "carried": carried,
        }  # fmt: skip

    def _when(self, about: tuple[str, ...], brought: Money, claim: Money, distribution: bool) -> tuple[Money, Money]:
        """§ 5: in a year of distribution everything is paid and nothing carried; in another nothing moves."""
        balance = [brought, claim]
        if distribution:
            return total("transfer", self.number, about, balance), zero("carried", self.number, about)
        return zero("transfer", self.number, about), total("carried", self.number, about, balance)

    def _body(self, paid: Money, settled: Mapping[str, Mapping[str, Money]]) -> dict[str, Money]:
        """The body's transfer and balance are minus the sum of the parties'."""
        number, about = self.number, (BODY,)
        nothing = zero("nothing", number)
        return {
            "paid": paid,
            "brought": less("brought", number, about, nothing, *(figures["brought"] for figures in settled.values())),
            "transfer": less("transfer", number, about, nothing, *(figures["transfer"] for figures in settled.values())),
            "carried": less("carried", number, about, nothing, *(figures["carried"] for figures in settled.values())),
        }

    def _conserved(self, settled: Mapping[str, Mapping[str, Money]], result: Money, uses: Money) -> None:
        """§ 4: always ΣQ_p + uses = R. A failure is a fault of the program."""
        if sum(figures["settled"].value for figures in settled.values()) + uses.value != result.value:
            raise AssertionError(f"{self.agreement.area} {self.number}: the parts settled do not add up to the result")


def _value(step: Money | None) -> int:
    return 0 if step is None else step.value


def _sign(shared: Money) -> str | None:
    """Which key divides a shared result."""
    return "surplus" if shared.value > 0 else "deficit" if shared.value < 0 else None
