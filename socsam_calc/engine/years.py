"""A year with costs, and a year of which only the total is known (§§ 2–5 of the arithmetic)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, assert_never

from ..problems import Path
from .costs import Given
from .course import BODY, Course, in_order
from .figures import TransferredResult
from .frame import Frame
from .refusing import one
from .reserve import Capital
from .results import SharingResult, YearResult
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
from .year import Year


def settle_year(course: Course, frame: Frame) -> YearResult:
    """Settle one year after those before it. Raises Refused where uses exceed the surplus or an amount has nobody to bear it."""
    stated = course.agreement.years[frame.year]
    if stated.costs is not None:
        return CostedYear(course, frame).settle()
    if stated.result is not None:
        return FromTotal(course, frame).settle()
    return Year(course, frame).budget()


class FromTotal(Year):
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
        if any(claim.value for claim in self.course.carried.values()):
            raise one(
                ("years", str(number), "result"),
                f"only the total result of {number} is given, but what was left to be paid before would have to be paid in it",
                f"give {number} its costs by activity (`actual:`)",
                code="total-only",
                on_key=True,
            )
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
        return self.result(self.opened(), totals, {}, sharing, parties, {}, capital, (), None)


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


class CostedYear(Year):
    """A year with costs by activity. ``amount`` makes the steps of its costs and uses."""

    def __init__(self, course: Course, frame: Frame, amount: Given = given) -> None:
        super().__init__(course, frame)
        self.amount = amount

    def outcome(self) -> Outcome:
        """§§ 2–4, which rest on no other year but for own capital and what was contributed. Raises Refused where an amount has nobody to bear it."""
        number, terms = self.number, self.terms
        costs = {name: row.cost for name, row in (self.frame.costs or {}).items()}
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
        status = self.opened()
        split_result = split(course, self.frame, found.costs, settled)
        sharing = SharingResult(_sign(shared, capital.rest), found.withheld, distribution)
        return self.result(status, totals, activities, sharing, settled, body, capital, transfers, split_result, self._transferred(settled))

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
        transfer, carried, computed = self._when(party, brought, claim, distribution)
        return {
            "paid": paid, "before_sharing": before, "kept": kept, "allocated": gain, "used": use, "divided": given_out, "settled": settled,
            "in_hand": in_hand, "brought": brought, "transfer": transfer, "carried": carried, "computed": computed,
        }  # fmt: skip

    def _when(self, party: str, brought: Money, claim: Money, distribution: bool) -> tuple[Money, Money, Money]:
        """§ 5: transfer, carried, and the transfer as it is computed. In a year of distribution everything is paid and nothing carried, in
        another nothing moves; of a closed year what was really paid stays as it was, and the difference is carried."""
        number, about, balance = self.number, (party,), [brought, claim]
        computed = total("transfer", number, about, balance) if distribution else zero("transfer", number, about)
        if self.stated.transferred is not None:
            place: Path = ("years", str(number), "transferred", party)
            stated = given("transferred", number, about, self.stated.transferred.get(party, 0), place)
            return stated, less("carried", number, about, total("due", number, about, balance), stated), computed
        return computed, zero("carried", number, about) if distribution else total("carried", number, about, balance), computed

    def _transferred(self, settled: Mapping[str, Mapping[str, Money]]) -> tuple[TransferredResult, ...]:
        """What was really paid in a closed year, beside what its figures come to today."""
        if self.stated.transferred is None:
            return ()
        paid_in = self.course.paid_in(self.number)
        found = []
        for party, _ in in_order(self.agreement, self.stated.transferred):
            figures = (
                settled[party] if party in settled else dict.fromkeys(("transfer", "computed"), zero("transfer", self.number, (party,)))
            )
            stated, computed = figures["transfer"], figures["computed"]
            steps = {"stated": stated, "computed": computed, "difference": less("difference", self.number, (party,), computed, stated)}
            found.append(TransferredResult(steps, self.agreement.rounding, party, self.number, paid_in))
        taken = {one.party for one in found}  # what an earlier closed year left is part of what these come to
        self.course.differences = [one for one in self.course.differences if one.party not in taken]
        self.course.differences += [one for one in found if one.units("difference")]
        return tuple(found)

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


def _sign(shared: Money, rest: Money) -> str | None:
    """Which key divides what own capital leaves of a shared result; None where it leaves nothing."""
    if not rest.value:
        return None
    return "surplus" if shared.value > 0 else "deficit"
