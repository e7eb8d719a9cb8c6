"""What every kind of year has: its frame, its parties and their contributions, own capital, and how it is put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from ..model.dividing import ByWeights
from ..model.running import ToDate
from ..model.terms import Terms
from .course import Course
from .dividing import Basis, divide
from .figures import ActivityResult, BodyResult, PartyResult, ReserveResult, SplitResult, ToDateRow, Totals, TransferredResult
from .frame import Frame, Row
from .instalments import plan_of
from .payments import fewest_payments
from .reserve import Capital, at_the_end, ceiling_of, given_out, set_aside
from .results import MonthResult, SharingResult, Shortfall, ToDateResult, YearResult, held
from .steps import Money, given, less, total, zero


class Year:
    """What every kind of year has: its frame, its parties and their contributions."""

    def __init__(self, course: Course, frame: Frame) -> None:
        self.course, self.frame, self.number = course, frame, frame.year
        self.agreement = course.agreement
        self.stated = course.agreement.years[frame.year]
        self.terms: Terms = course.terms[frame.year]
        self.parties = course.agreement.parties_of(frame.year)
        here = frozenset(self.parties)
        paid = self.stated.transferred or {}
        self.listed = [name for name in course.agreement.parties if name in here or name in course.carried or paid.get(name)]
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
        """Whether the year has an outcome, estimated or known, so that what was put in counts as contributed; a plan is none."""
        return (self.stated.costs is not None and not self.stated.planned) or self.stated.result is not None

    def held(self, party: str) -> list[Money]:
        """O_p: the party's cells in rows of money that the body held already."""
        rows, activities = self.frame.rows.values(), self.agreement.activities
        return [row.final[party] for row in rows if party in row.final and activities[row.activity].is_only("opening_balance")]

    def basis(self) -> Basis:
        """What keys divide by this year."""
        return Basis(self.number, self.parties, self.contributions, self.contributed(), any(row.final for row in self.frame.rows.values()))

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
        parts: dict[str, Money] = {}
        if self.stated.closed and self.agreement.has_capital and number == self.agreement.period.last_year:
            held = total("own capital held", number, (), [opening, aside])
            parts = given_out(self.agreement, self.terms, held, self.basis())
        divided = total("divided", number, (), parts.values())
        return Capital(opening, aside, rest, ceiling, divided, parts, at_the_end(opening, aside, divided))

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
        transferred: tuple[TransferredResult, ...] = (),
    ) -> YearResult:
        """Put the year together: the frame's own figures, where a frame is given, and what the kind of year adds."""
        agreement, rounding = self.agreement, self.agreement.rounding
        frames = {"preliminary_frame": self.preliminary_frame, "final_frame": self.final_frame}
        plans = {name: plan for name in self.frame.rows if (plan := self._planned(name)) is not None}
        whole = {"budget": total("planned cost", self.number, (), plans.values())} if plans else {}
        year_totals = Totals({**(frames if self.framed else {}), **whole, **totals}, rounding)
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
        reserve, to_date = self._reserve(capital), self._to_date()
        budget = year_totals.units("final_frame" if not plans else "budget") if to_date is None else to_date.totals.units("budget")
        return YearResult(
            self.number,
            status,
            self.frame.months,
            self.stated.source,
            self.stated.note,
            year_totals,
            tuple(
                self._activity(
                    row, {**activities.get(row.activity, {}), **({"budget": plans[row.activity]} if row.activity in plans else {})}
                )
                for row in self.frame.rows.values()
            ),
            sharing,
            party_results,
            BodyResult(body, rounding),
            reserve,
            tuple(fewest_payments(transfers)),
            split,
            self._shortfall(),
            tuple(held(self.agreement, self.number, year_totals, reserve, party_results, budget or 0)),
            to_date,
            transferred,
            tuple(one for one in self.course.differences if one.paid_in == self.number),
            tuple(plan_of(agreement, self.frame, self.preliminary, self.parties)),
        )

    def _to_date(self) -> ToDateResult | None:
        """What is booked so far in a year that still runs, and what is expected; None for any other."""
        if self.stated.to_date is None:
            return None
        rows: dict[str, dict[str, Money]] = {}
        for name, row in (self.frame.costs or {}).items():
            assert row.booked is not None and row.remaining is not None, "a year that runs has both of every row"
            plan = self._planned(name) or self.finals[name]
            rows[name] = self._against((name,), plan, row.booked, row.remaining, row.cost)
        together = {
            figure: total(name, self.number, (), [row[figure] for row in rows.values()])
            for figure, name in (("budget", "planned cost"), ("booked", "booked"), ("remaining", "remaining"), ("expected", "cost"))
        }
        whole = self._against((), together["budget"], together["booked"], together["remaining"], together["expected"])
        rounding, activities = self.agreement.rounding, self.agreement.activities
        return ToDateResult(
            self.stated.to_date.through.isoformat(),
            ToDateRow(whole, rounding, "", ""),
            tuple(ToDateRow(row, rounding, name, activities[name].name or name) for name, row in rows.items()),
            self._months(self.stated.to_date),
        )

    def _months(self, running: ToDate) -> tuple[MonthResult, ...] | None:
        """What is booked month by month, of every row; None where that is not known of all of them."""
        known = running.months
        if not known or set(known) < set(running.actual):
            return None
        months = sorted({month for sums in known.values() for month in sums})
        return tuple(
            MonthResult(month, name, known[name][month]) for month in months for name in running.actual if month in known.get(name, {})
        )

    def _against(self, about: tuple[str, ...], budget: Money, booked: Money, remaining: Money, expected: Money) -> dict[str, Money]:
        """What is expected, held against the budget."""
        left = less("difference to the budget", self.number, about, budget, expected)
        return {"budget": budget, "booked": booked, "remaining": remaining, "expected": expected, "difference": left}

    def _planned(self, name: str) -> Money | None:
        """What the row is planned to cost; None where the year states no plan of it."""
        plan = self.stated.budget or {}
        if name not in plan:
            return None
        return given("planned cost", self.number, (name,), plan[name], ("years", str(self.number), "budget", name))

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

    def opened(self) -> str:
        """The year's status once it is settled; remembers what keeps later years open."""
        awaits = self.course.open or self.frame.awaits
        self.course.open = awaits or not self.stated.closed
        if self.stated.closed:
            return "preliminary" if awaits else "final"
        return "budget" if self.stated.planned else "estimate"
