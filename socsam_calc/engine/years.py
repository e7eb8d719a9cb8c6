"""The kinds of years: a budget, a year with costs, a year of which only the total is known (§§ 1–5 and 7 of the arithmetic)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, assert_never

from ..model.dividing import ByWeights
from ..model.terms import Terms
from ..problems import Path
from .course import BODY, Course
from .dividing import Basis, divide
from .figures import ActivityResult, BodyResult, PartyResult, ReserveResult, SplitResult, Totals
from .frame import Frame, Given, Row
from .payments import fewest_payments
from .refusing import one
from .reserve import Capital, ceiling_of, given_out, set_aside
from .results import SharingResult, Shortfall, YearResult, held
from .sharing import (
    after_withholding,
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
        return FromTotal(course, frame).settle()
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

    @property
    def settled(self) -> bool:
        """Whether the year has an outcome, so that what was put in counts as contributed."""
        return self.stated.costs is not None or self.stated.result is not None

    def held(self, party: str) -> list[Money]:
        """O_p: the party's cells in rows of money that the body held already."""
        rows, activities = self.frame.rows.values(), self.agreement.activities
        return [row.final[party] for row in rows if party in row.final and activities[row.activity].is_only("opening_balance")]

    def basis(self) -> Basis:
        """What keys divide by this year."""
        return Basis(self.number, self.parties, self.contributions, self.contributed())

    def contributed(self) -> dict[str, Money]:
        """What each party of the file has put in over the settled years, up to and including this one: Σ (F_p − O_p)."""
        before = self.course.contributed
        if not self.settled:
            return {party: before.get(party) or zero("contributed", self.number, (party,)) for party in self.agreement.parties}
        so_far = {}
        for party in self.agreement.parties:
            put_in = [before[party]] if party in before else []
            if party in self.parties:
                held = self.held(party)
                put_in.append(
                    less("put in", self.number, (party,), self.contributions[party], *held) if held else self.contributions[party]
                )
            so_far[party] = total("contributed", self.number, (party,), put_in)
        return so_far

    def capital(self, shared: Money, uses: Money) -> Capital:
        """§ 4a: what own capital takes of what is shared, or gives; and who is given of it when the period ends."""
        number, opening = self.number, self.course.capital
        ceiling = ceiling_of(self.terms, self.final_frame) if self.framed or not self._ceiling_of_frame() else None
        aside = set_aside(self.terms, shared, uses, opening, ceiling)
        rest = less("left for the parties", number, (), shared, aside) if aside.value else shared
        known = self.stated.actual is not None or self.stated.result is not None
        parts: dict[str, Money] = {}
        if known and self.agreement.has_capital and number == self.agreement.period.last_year:
            held = total("own capital held", number, (), [opening, aside])
            parts = given_out(self.agreement, self.terms, held, self.basis())
        return Capital(opening, aside, rest, ceiling, total("divided", number, (), parts.values()), parts)

    def _ceiling_of_frame(self) -> bool:
        """Whether the ceiling depends on the year's frame."""
        steps = self.terms.reserve.ceiling if self.terms.reserve is not None else ()
        return any(step.to is not None or isinstance(step.limit.value, Fraction) for step in steps)

    def closed(self, capital: Capital) -> None:
        """What the year leaves to the next: own capital, and what has been put in. Parties that are given of it are listed, those that left too."""
        for party in (party for party in capital.parts if party not in self.listed and capital.parts[party].value):
            self.contributions[party] = zero("contribution", self.number, (party,))
            self.preliminary[party] = zero("preliminary", self.number, (party,))
            self.listed.append(party)
        self.listed.sort(key=list(self.agreement.parties).index)
        self.course.contributed = self.contributed()
        self.course.capital = capital.closing

    def _reserve(self, capital: Capital) -> ReserveResult | None:
        """Own capital as a result; None where the agreement has none."""
        if not self.agreement.has_capital:
            return None
        steps = {
            "opening": capital.opening, "set_aside": capital.set_aside, "divided": capital.divided, "closing": capital.closing,
            "ceiling": capital.ceiling,
        }  # fmt: skip
        return ReserveResult(steps, self.agreement.rounding)

    def _by_party(self, name: str, cells_of: Callable[[Row], Mapping[str, Money]]) -> dict[str, Money]:
        held: dict[str, list[Money]] = {party: [] for party in self.listed}
        for row in self.frame.rows.values():
            for party, cell in cells_of(row).items():
                held[party].append(cell)
        return {party: total(name, self.number, (party,), cells) for party, cells in held.items()}

    def budget(self) -> YearResult:
        """Only the frame is known."""
        nothing = zero("shared", self.number)
        capital = self.capital(nothing, nothing)
        return self.result("budget", {}, {}, SharingResult(None, None, None), {party: {} for party in self.listed}, {}, capital, (), None)

    def result(
        self,
        status: str,
        totals: Mapping[str, Money | None],
        activities: Mapping[str, Mapping[str, Money]],
        sharing: SharingResult,
        parties: Mapping[str, Mapping[str, Money | None]],
        body: Mapping[str, Money | None],
        capital: Capital,
        transfers: Sequence[tuple[str, int]],
        split: SplitResult | None,
    ) -> YearResult:
        """Put the year together: the frame's own figures, where a frame is given, and what the kind of year adds."""
        agreement, rounding = self.agreement, self.agreement.rounding
        frames = {"preliminary_frame": self.preliminary_frame, "final_frame": self.final_frame}
        year_totals = Totals({**(frames if self.framed else {}), **totals}, rounding)
        party_results = tuple(
            PartyResult(
                {
                    **({"preliminary": self.preliminary[party], "contribution": self.contributions[party]} if self.framed else {}),
                    **parties[party],
                },
                rounding,
                party,
                agreement.parties[party].name or party,
                agreement.parties[party].role,
            )
            for party in self.listed
        )
        reserve = self._reserve(capital)
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
            reserve,
            tuple(fewest_payments(transfers)),
            split,
            self._shortfall(),
            tuple(held(self.agreement, self.number, year_totals, reserve, party_results)),
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
            steps, self.agreement.rounding, row.activity, self.agreement.activities[row.activity].name or row.activity, cells
        )

    def _shortfall(self) -> Shortfall | None:
        """§ 7: what each party adds to a debt that the association could not pay; without agreed shares, nobody is named."""
        if self.stated.shortfall is None:
            return None
        amount = given("shortfall", self.number, (), self.stated.shortfall, ("years", str(self.number), "shortfall"))
        shares = self.terms.association_shares
        if shares is None:
            return Shortfall(amount, {})
        basis = self.basis()
        if isinstance(shares, ByWeights):  # one that has left answers for a debt as long as the shares name it
            basis = basis._replace(
                parties=[party for party in self.agreement.parties if party in self.parties or self._still_bound(shares, party)]
            )
        parts = divide("shortfall", amount, shares, basis)
        shown = [party for party in self.agreement.parties if party in parts or party in self.listed]
        return Shortfall(amount, {party: parts.get(party) or zero("shortfall", self.number, (party,)) for party in shown})

    def _still_bound(self, shares: ByWeights, party: str) -> bool:
        return shares.name == "association share" and bool(shares.weight(party))

    def settled_together(self, result: Money, uses: Money, capital: Capital) -> Money:
        """What the parties end with together: R − U − A + L."""
        about: tuple[str, ...] = ()
        if not self.agreement.has_capital:
            return less("settled", self.number, about, result, uses)
        given = total("result and own capital divided", self.number, about, [result, capital.divided]) if capital.divided.value else result
        return less("settled", self.number, about, given, uses, capital.set_aside)

    def opened(self, settled_status: str) -> str:
        """The year's status once it is settled; remembers what keeps later years open."""
        open_before = self.course.open
        self.course.open = open_before or self.frame.awaits or settled_status == "estimate"
        if settled_status == "estimate":
            return "estimate"
        return "preliminary" if open_before or self.frame.awaits else "final"


class FromTotal(_Year):
    """A year of which only the total result is known."""

    def settle(self) -> YearResult:
        number, terms = self.number, self.terms
        assert self.stated.result is not None
        result = given("result", number, (), self.stated.result, ("years", str(number), "result"))
        before = shared_before_bands(terms, {"": result})[""]._replace(about=())
        shared = through_bands(terms, before, self.final_frame)
        withheld = less("withheld", number, (), before, shared)
        uses = zero("uses", number)
        capital = self.capital(shared, uses)
        allocated = entitlement(terms, shared, capital.rest, self.basis())
        self.closed(capital)
        whole = terms.shared.of("").value == 1 and not withheld.value
        parties: dict[str, dict[str, Money | None]] = {}
        for party in self.listed:
            share = allocated.get(party) or zero("allocated", number, (party,))
            given_out = capital.parts.get(party) or zero("divided", number, (party,))
            figures: dict[str, Money | None] = {"allocated": share, "used": zero("used", number, (party,)), "divided": given_out}
            if whole:
                ends = [share, given_out] if given_out.value else [share]
                figures |= {"kept": zero("kept", number, (party,)), "settled": total("settled", number, (party,), ends)}
            parties[party] = figures
        totals: dict[str, Money | None] = {
            "actual": less("actual", number, (), self.final_frame, result) if self.framed else None,
            "result": result,
            "shared": shared,
            "kept": less("kept", number, (), result, shared),
            "uses": uses,
            "settled": self.settled_together(result, uses, capital),
        }
        self.course.undistributed = 0
        sharing = SharingResult(_sign(shared, capital.rest), withheld, True)
        return self.result(self.opened("settled"), totals, {}, sharing, parties, {}, capital, (), None)


class Outcome(NamedTuple):
    """What comes of a year with costs (§§ 2–4): by activity its cost, its result, and what of this is shared and kept; S⁰ as ``before``
    and S as ``shared``; uses, and own capital; by party the parts of what is kept, and what it is allocated and gives for uses."""

    costs: Mapping[str, Money]
    results: Mapping[str, Money]
    before: Money
    shared: Money
    withheld: Money
    shared_by_activity: Mapping[str, Money]
    kept_by_activity: Mapping[str, Money]
    kept_parts: Mapping[str, Sequence[Money]]
    uses: Money
    capital: Capital
    allocated: Mapping[str, Money]
    used: Mapping[str, Money]


class CostedYear(_Year):
    """A year with costs by activity. ``amount`` makes the steps of its costs and uses."""

    def __init__(self, course: Course, frame: Frame, amount: Given = given) -> None:
        super().__init__(course, frame)
        self.amount = amount

    def outcome(self) -> Outcome:
        """§§ 2–4, which rest on no other year but for own capital and what was contributed. Raises Refused where an amount has nobody to bear it."""
        number, terms = self.number, self.terms
        costs = self._costs()
        results = {activity: less("result", number, (activity,), self.finals[activity], costs[activity]) for activity in self.frame.rows}
        before_by_activity = shared_before_bands(terms, results)
        before = total("shared before bands", number, (), before_by_activity.values())
        shared = through_bands(terms, before, self.final_frame)
        withheld = less("withheld", number, (), before, shared)
        shared_by_activity = after_withholding(terms, before_by_activity, withheld, surplus=before.value > 0)
        kept_by_activity = {name: less("kept", number, (name,), results[name], shared_by_activity[name]) for name in results}
        basis = self.basis()
        kept_parts: dict[str, list[Money]] = {party: [] for party in self.listed}
        for name, kept in kept_by_activity.items():
            for party, part in kept_by_party(self.agreement, terms, self.frame.rows[name], kept, basis).items():
                kept_parts[party].append(part)
        uses = uses_of(self.agreement, number, self.amount)
        capital = self.capital(shared, uses)
        allocated, used = entitlement(terms, shared, capital.rest, basis), use_up(terms, uses, basis)
        return Outcome(
            costs, results, before, shared, withheld, shared_by_activity, kept_by_activity, kept_parts, uses, capital, allocated, used
        )

    def settle(self) -> YearResult:
        """§§ 2–6 for the year."""
        number, course = self.number, self.course
        found = self.outcome()
        shared, uses, capital = found.shared, found.uses, found.capital
        result = total("result", number, (), found.results.values())
        if self.stated.uses and uses.value > capital.rest.value + course.undistributed:
            raise one(
                ("years", str(number), "uses"),
                f"the uses of {number} exceed the shared surplus that there is",
                "use no more than is shared this year and was left undistributed before",
                on_key=True,
            )
        self.closed(capital)
        paid, distribution = self._paid(found.costs), self.terms.distributes
        settled = {party: self._party(party, paid[party], found.kept_parts.get(party, ()), found, distribution) for party in self.listed}
        body = self._body(paid[BODY], settled)
        self._conserved(settled, result, uses, capital)
        course.carried = {party: figures["carried"] for party, figures in settled.items() if figures["carried"].value}
        course.undistributed = 0 if distribution else course.undistributed + capital.rest.value - uses.value
        totals = {
            "actual": total("actual", number, (), found.costs.values()),
            "result": result,
            "shared": shared,
            "kept": less("kept", number, (), result, shared),
            "uses": uses,
            "settled": self.settled_together(result, uses, capital),
        }
        by_activity = {"actual": found.costs, "result": found.results, "shared": found.shared_by_activity, "kept": found.kept_by_activity}
        activities = {name: {figure: held[name] for figure, held in by_activity.items()} for name in found.results}
        transfers = [(party, figures["transfer"].value) for party, figures in settled.items()] + [(BODY, body["transfer"].value)]
        status = self.opened("estimate" if self.stated.estimate is not None else "settled")
        split_result = split(course, self.frame, found.costs, settled)
        sharing = SharingResult(_sign(shared, capital.rest), found.withheld, distribution)
        return self.result(status, totals, activities, sharing, settled, body, capital, transfers, split_result)

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
        found: Outcome,
        distribution: bool,
    ) -> dict[str, Money]:
        """§§ 2, 4 and 5 for one party: before sharing, settled, claim, transfer and carried."""
        number, about = self.number, (party,)
        before = less("before_sharing", number, about, self.contributions[party], *self.held(party), paid)
        kept = total("kept", number, about, kept_parts)
        gain = found.allocated.get(party) or zero("allocated", number, about)
        use = found.used.get(party) or zero("used", number, about)
        given_out = found.capital.parts.get(party) or zero("divided", number, about)
        gains = total("kept and allocated", number, about, [kept, gain])
        if given_out.value:
            gains = total("kept, allocated and divided", number, about, [kept, gain, given_out])
        settled = less("settled", number, about, gains, use)
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
            "paid": paid, "before_sharing": before, "kept": kept, "allocated": gain, "used": use, "divided": given_out, "settled": settled,
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

    def _conserved(self, settled: Mapping[str, Mapping[str, Money]], result: Money, uses: Money, capital: Capital) -> None:
        """§ 4: always ΣQ_p + uses + A − L = R. A failure is a fault of the program."""
        elsewhere = uses.value + capital.set_aside.value - capital.divided.value
        if sum(figures["settled"].value for figures in settled.values()) + elsewhere != result.value:
            raise AssertionError(f"{self.agreement.area} {self.number}: the parts settled do not add up to the result")


def _value(step: Money | None) -> int:
    return 0 if step is None else step.value


def _sign(shared: Money, rest: Money) -> str | None:
    """Which key divides what own capital leaves of a shared result; None where it leaves nothing."""
    if not rest.value:
        return None
    return "surplus" if shared.value > 0 else "deficit" if shared.value < 0 else None
