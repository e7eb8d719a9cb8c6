"""Settle an agreement: §§ 1–7 of the arithmetic, year by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeVar

from ..model.agreement import Agreement, Expectation
from ..problems import Fault, Path, Refused
from .frame import Frame, Row, build
from .payments import fewest_payments
from .results import (
    ActivityResult,
    BodyResult,
    ExpectationResult,
    PartyResult,
    Settlement,
    SharingResult,
    Shortfall,
    SplitResult,
    Totals,
    YearResult,
)
from .sharing import (
    Terms,
    after_withholding,
    entitlement,
    kept_by_party,
    shared_before_bands,
    terms_by_year,
    through_bands,
    uses_by_party,
)
from .steps import Exact, Money, added, given, less, limited, parts, product, ratio, total, zero

BODY: Final = "body"
T = TypeVar("T")
_SETTLED_FIGURES: Final = ("paid", "before_sharing", "kept", "allocated", "used", "settled", "transfer", "carried")


def settle(agreement: Agreement) -> Settlement:
    """Settle every year of the agreement.

    Raises Refused, with a fault for each year that cannot be settled, where a cell falls below 0, uses exceed the surplus, or an
    amount has nobody to bear it.
    """
    faults: list[Fault] = []
    frames: dict[int, Frame] = {}
    for number in agreement.years:
        try:
            frames[number] = build(agreement, number)
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    course = _Course(agreement)
    years = []
    for frame in frames.values():
        try:
            years.append(course.year(frame))
        except Refused as refused:
            faults += refused.faults
    if faults:
        raise Refused(faults)
    return Settlement(agreement, tuple(years))


class _Course:
    """What one year leaves to the next: balances, what is undistributed, what is still open, the sums of the split."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.terms = terms_by_year(agreement)
        first = next(iter(agreement.years))
        self.carried: dict[str, Money] = {
            party: given("opening claim", first, (party,), claim, ("opening", party))
            for party, claim in _ordered(agreement, agreement.opening)
            if claim
        }
        opening = total("opening claims", first, (), self.carried.values())
        self.undistributed = opening.value
        self.open = False
        self.split_entitled: list[Exact] = []
        self.split_limits: list[Exact] = []
        self.split_before: Money | None = None

    def year(self, frame: Frame) -> YearResult:
        """Settle one year after those before it."""
        stated = self.agreement.years[frame.year]
        if stated.costs is not None:
            return _FromCosts(self, frame).settle()
        if stated.result is not None:
            return _FromTotal(self, frame).settle()
        return _Year(self, frame).budget()


class _Year:
    """What every kind of year has: its frame, its parties and their contributions."""

    def __init__(self, course: _Course, frame: Frame) -> None:
        self.course, self.frame, self.number = course, frame, frame.year
        self.agreement = course.agreement
        self.stated = course.agreement.years[frame.year]
        self.terms: Terms = course.terms[frame.year]
        self.parties = course.agreement.parties_of(frame.year)
        self.listed = [name for name in course.agreement.parties if name in self.parties or _value(course.carried.get(name))]
        rows = frame.rows.values()
        self.finals = {row.activity: total("final", self.number, (row.activity,), row.final.values()) for row in rows}
        self.contributions = self._by_party("contribution", lambda row: row.final)
        self.preliminary = self._by_party("preliminary", lambda row: row.preliminary)
        self.final_frame = total("final_frame", self.number, (), self.finals.values())
        self.row_preliminary = {row.activity: total("preliminary", self.number, (row.activity,), row.preliminary.values()) for row in rows}
        self.preliminary_frame = total("preliminary_frame", self.number, (), self.row_preliminary.values())

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
        """Put the year together: the frame's own figures and what the kind of year adds."""
        agreement, rounding = self.agreement, self.agreement.rounding
        year_totals = Totals({"preliminary_frame": self.preliminary_frame, "final_frame": self.final_frame, **totals}, rounding)
        party_results = tuple(
            PartyResult(
                party,
                agreement.parties[party].name or party,
                agreement.parties[party].role,
                {"preliminary": self.preliminary[party], "contribution": self.contributions[party], **parties[party]},
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
            tuple(self._expectations(year_totals, party_results)),
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
        shares = self.terms.sharing.association_shares
        if not shares:
            return Shortfall(amount, {})
        path = self.terms.path("association_shares")
        bound = [party for party in self.agreement.parties if party in self.parties or shares.get(party)]
        weights = {
            party: given("association share", self.number, (party,), shares.get(party, Fraction(0)), (*path, party)) for party in bound
        }
        return Shortfall(amount, parts("shortfall", self.number, (), amount, weights))

    def _expectations(self, totals: Totals, parties: Iterable[PartyResult]) -> Iterable[ExpectationResult]:
        expect = self.stated.expect
        if expect is None:
            return
        path: Path = ("years", str(self.number), "expect")
        for figure in Totals.figures:
            if figure in ("uses", "settled"):
                continue
            if (expectation := getattr(expect, figure)) is not None:
                yield _held(f"{self.number}.totals.{figure}", expectation, totals.units(figure), (*path, figure))
        settled = {party.id: party.units("settled") for party in parties}
        for party, expectation in _ordered(self.agreement, expect.settled):
            yield _held(f"{self.number}.parties.{party}.settled", expectation, settled.get(party), (*path, "settled", party))

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
        whole = isinstance(terms.sharing.shared, Fraction) and terms.sharing.shared == 1 and not withheld.value
        parties: dict[str, dict[str, Money | None]] = {}
        for party in self.listed:
            figures: dict[str, Money | None] = dict.fromkeys(_SETTLED_FIGURES)
            share = allocated.get(party) or zero("allocated", number, (party,))
            figures |= {"allocated": share, "used": zero("used", number, (party,))}
            if whole:
                figures |= {"kept": zero("kept", number, (party,)), "settled": total("settled", number, (party,), [share])}
            parties[party] = figures
        uses = zero("uses", number)
        totals = {
            "actual": less("actual", number, (), self.final_frame, result),
            "result": result,
            "shared": shared,
            "kept": less("kept", number, (), result, shared),
            "uses": uses,
            "settled": less("settled", number, (), result, uses),
        }
        self.course.undistributed = 0
        return self.result(self.opened("settled"), totals, {}, SharingResult(_sign(shared), withheld, True), parties, {}, (), None)


class _FromCosts(_Year):
    """A year with costs by activity."""

    def settle(self) -> YearResult:
        """§§ 2–6 for the year."""
        number, terms, course = self.number, self.terms, self.course
        costs = self._costs()
        results = {activity: less("result", number, (activity,), self.finals[activity], costs[activity]) for activity in self.frame.rows}
        result = total("result", number, (), results.values())

        before_by_activity = shared_before_bands(terms, results)
        before = total("shared before bands", number, (), before_by_activity.values())
        shared = through_bands(terms, before, self.final_frame)
        withheld = less("withheld", number, (), before, shared)
        shared_by_activity = after_withholding(terms, before_by_activity, withheld, before.value)
        kept_by_activity = {name: less("kept", number, (name,), results[name], shared_by_activity[name]) for name in results}

        kept_parts: dict[str, list[Money]] = {party: [] for party in self.listed}
        for name, kept in kept_by_activity.items():
            for party, part in kept_by_party(self.agreement, terms, self.frame.rows[name], kept, self._of_year(self.contributions)).items():
                kept_parts[party].append(part)
        allocated = entitlement(terms, shared, self.parties, self.contributions)
        uses, used = uses_by_party(self.agreement, terms, shared, course.undistributed, self.parties, self.contributions)

        paid = self._paid(costs)
        distribution = terms.sharing.distributes(number, self.agreement.period.end.year)
        settled: dict[str, dict[str, Money]] = {}
        for party in self.listed:
            settled[party] = self._party(party, paid[party], kept_parts[party], allocated, used, distribution)
        body = self._body(paid[BODY], settled)
        self._conserved(settled, result, uses)
        course.carried = {party: figures["carried"] for party, figures in settled.items() if figures["carried"].value}
        course.undistributed = 0 if distribution else course.undistributed + shared.value - uses.value
        totals = {
            "actual": total("actual", number, (), costs.values()),
            "result": result,
            "shared": shared,
            "kept": less("kept", number, (), result, shared),
            "uses": uses,
            "settled": less("settled", number, (), result, uses),
        }
        activities = {
            name: {"actual": costs[name], "result": results[name], "shared": shared_by_activity[name], "kept": kept_by_activity[name]}
            for name in results
        }
        transfers = [(party, figures["transfer"].value) for party, figures in settled.items()] + [(BODY, body["transfer"].value)]
        status = self.opened("estimate" if self.stated.estimate is not None else "settled")
        split = self._split(settled, costs)
        return self.result(
            status, totals, activities, SharingResult(_sign(shared), withheld, distribution), settled, body, transfers, split
        )

    def _of_year(self, figures: Mapping[str, Money]) -> dict[str, Money]:
        return {party: figures[party] for party in self.parties}

    def _costs(self) -> dict[str, Money]:
        kind = "actual" if self.stated.actual is not None else "estimate"
        path: Path = ("years", str(self.number), kind)
        stated = self.stated.costs or {}
        return {name: given("cost", self.number, (name,), stated.get(name, 0), (*path, name)) for name in self.frame.rows}

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
        if self.terms.sharing.flow == "notional":
            claim = less("claim", number, about, settled, before)
        else:
            paid_in = less("adjustment of the contribution", number, about, self.contributions[party], self.preliminary[party])
            claim = less("claim", number, about, settled, paid_in)
        brought = self.course.carried.get(party) or zero("brought", number, about)
        transfer, carried = self._when(about, brought, claim, distribution)
        return {
            "paid": paid, "before_sharing": before, "kept": kept, "allocated": gain, "used": use, "settled": settled,
            "brought": brought, "transfer": transfer, "carried": carried,
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

    def _split(self, settled: Mapping[str, Mapping[str, Money]], costs: Mapping[str, Money]) -> SplitResult | None:
        """§ 6: the office's cumulated part, limited by the cap on its administration, less that of the year before."""
        terms = self.terms.sharing.state_split
        if terms is None:
            return None
        offices = [name for name, party in self.agreement.parties.items() if party.role == "insurance_office"]
        office = next((name for name in offices if name in self.parties), offices[0])  # one that has left bears 0
        bears = settled[office]["settled"] if office in settled else zero("settled", self.number, (office,))
        number, course = self.number, self.course
        if terms.administration is not None:
            share = given("administration's share", number, (), terms.administration, self.terms.path("state_split", "administration"))
        else:
            administration = [cost for name, cost in costs.items() if self.agreement.activities[name].is_only("administration")]
            share = ratio(
                "administration's share",
                number,
                (),
                total("cost of administration", number, (), administration),
                total("actual", number, (), costs.values()),
            )
        own = [
            row.final[office]
            for row in self.frame.rows.values()
            if office in row.final and self.agreement.activities[row.activity].is_only("administration")
        ]
        cap = given("cap", number, (), terms.cap, self.terms.path("state_split", "cap"))
        course.split_entitled.append(product("office's share", number, (office,), share, bears))
        course.split_limits.append(product("limit", number, (office,), cap, total("administration in the frame", number, (office,), own)))
        entitled = added("office's shares so far", number, (office,), course.split_entitled)
        limit = added("limit so far", number, (office,), course.split_limits)
        cumulated = limited("office's part so far", number, (office,), entitled, limit)
        part = less("office", number, (office,), cumulated, *([course.split_before] if course.split_before is not None else []))
        course.split_before = cumulated
        state = less("state", number, (office,), bears, part)
        return SplitResult(office, abs(entitled.value) > limit.value, {"office": part, "state": state}, self.agreement.rounding)


def _value(step: Money | None) -> int:
    return 0 if step is None else step.value


def _sign(shared: Money) -> str | None:
    """Which key divides a shared result."""
    return "surplus" if shared.value > 0 else "deficit" if shared.value < 0 else None


def _ordered(agreement: Agreement, by_party: Mapping[str, T]) -> list[tuple[str, T]]:
    """Entries by party, in the order of the agreement's parties."""
    return [(party, by_party[party]) for party in agreement.parties if party in by_party]


def _held(path: str, expectation: Expectation, computed: int | None, place: Path) -> ExpectationResult:
    """Hold a figure against its expectation; a known error of the source must not come out."""
    agrees = computed == expectation.value
    met = not agrees if expectation.known_error else agrees
    return ExpectationResult(path, expectation.value, computed, met, expectation.source, expectation.known_error, place)
