"""An independent oracle for the settlement: the arithmetic of ``settlement.md`` in its own order and words.

Plain and slow, it shares no code with the program and serves differential tests. ``settle_text`` reads an agreement and
returns the ``years`` of ``socsam settle --format json`` with the keys of the conformance cases. It supposes a
well-formed file: of what ``format.md`` refuses, it raises ``Refused`` for what the arithmetic itself runs into.
``figures`` and ``expect`` are not read. Money is an ``int`` of rounding units until it is shown, every ratio a
``Fraction``. "Section" in a docstring means a section of ``settlement.md``.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import yaml

from .parts import ORE, Cells, Refused, divide, number, pay, percent, read_amount, require, rounded, share

__all__ = ["Oracle", "Refused", "settle", "settle_text"]

Rows = dict[str, Cells]
ROW_FIGURES = "preliminary adjustment correction conversion final actual result shared kept"
PARTY_FIGURES = "preliminary contribution paid before_sharing kept allocated used settled transfer carried"


def enter(parts: Cells, cells: Cells, sign: int = 1) -> None:
    """Section 1: amounts enter (or leave) the cells of a row, none of which may fall below 0."""
    for party, part in parts.items():
        cells[party] = cells.get(party, 0) + sign * part
        require(cells[party] >= 0, "a cell falls below 0")


def column(rows: Rows, party: str) -> int:
    """Section 1: a party's sum over rows."""
    return sum(cells.get(party, 0) for cells in rows.values())


class Oracle:
    """One agreement, settled year by year; what passes from year to year stands in its attributes."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.unit, self.step = ORE[document.get("unit", "kr")], ORE[document.get("rounding", "kr")]
        self.start, self.end = (date.fromisoformat(document["period"][side]) for side in ("start", "end"))
        self.parties: dict[str, Any] = document["parties"]
        self.activities: dict[str, Any] = document.get("activities") or {p: {"funder": p} for p in self.parties}
        self.terms: dict[str, Any] = dict(document["sharing"])
        opening = {party: self.amount(text) for party, text in (document.get("opening") or {}).items()}
        self.carried = {**dict.fromkeys(self.parties, 0), **opening, "body": -sum(opening.values())}
        self.undistributed = sum(opening.values())  # section 4: what uses may draw on beside the year's S
        self.entitled, self.limit, self.office = (
            Fraction(0),
            Fraction(0),
            0,
        )  # section 6: E, L, the office's part so far
        self.uncertain = False  # section 1, status: an earlier settled year awaits or is an estimate
        self.before: tuple[int, Cells] = (0, {})  # section 1, previous_year: the latest year with costs, and its costs
        self.present: list[str] = []

    def amount(self, text: str, least: int | None = None) -> int:
        """format.md, Amount: a whole number of rounding units."""
        units = read_amount(text, self.unit, self.step)
        require(least is None or units >= least, f"{text}: too small")
        return units

    def money(self, units: int | None) -> int | Decimal | None:
        """cli.md, JSON: kronor, an integer where whole."""
        whole = units is not None and units * self.step % 100 == 0
        return None if units is None else units * self.step // 100 if whole else Decimal(units * self.step).scaleb(-2)

    def shown(self, figures: Cells, names: str | None = None) -> dict[str, int | Decimal | None]:
        """cli.md, JSON: the named figures in kronor, null where there is none; without names those that are not 0."""
        if names is None:
            return {name: self.money(units) for name, units in figures.items() if units}
        return {name: self.money(figures.get(name)) for name in names.split()}

    def months(self, year: int) -> int:
        """Section 1, m: months of the year whose first day lies inside the period."""
        return sum(self.start <= date(year, month, 1) <= self.end for month in range(1, 13))

    def consists_of(self, activity: str, cost: str) -> bool:
        """Section 6: a row whose cost is a list counts as a kind only if that is all it lists."""
        listed = self.activities[activity].get("cost")
        return set(listed if isinstance(listed, list) else [listed]) == {cost}

    def national(self, activity: str, kind: str, year: int) -> Fraction | None:
        """Section 1, N(y) and N̂(y): ``outcome`` or ``forecast`` of the activity's series; None where not known."""
        text = self.document["series"][self.activities[activity]["adjust"]].get(kind, {}).get(str(year))
        return None if text is None else number(text)

    def performer(self, activity: str) -> str:
        """format.md, Activity: who bears the actual cost; by default the funder, or the body."""
        return str(self.activities[activity].get("performer", self.activities[activity].get("funder", "body")))

    def over_cells(self, amount: int, activity: str, cells: Cells) -> Cells:
        """Section 1: an amount apportioned over the row's cells; all to the funder where they are all zero."""
        if amount and not any(cells.values()):
            funder = self.activities[activity].get("funder")
            require(funder in self.present, f"{activity}: an amount with nobody to bear it")
            return {funder: amount}
        return divide(amount, {party: cells[party] for party in self.present if party in cells})

    def base_row(self, activity: str, year: int) -> tuple[int, int | None]:
        """Section 1, steps 1 and 2: what a base row is worth by the forecast, and by the outcome if known."""
        base = self.activities[activity]["base"]
        if base == "previous_year":
            then, costs = self.before
            require(then == year - 1 and activity in costs, "previous_year without the year before's cost")
            amount = Fraction(costs[activity] * 12, self.months(then))
        else:
            then, amount = int(base["year"]), Fraction(self.amount(base["amount"], 0))
        outcome_then, outcome = (self.national(activity, "outcome", of) for of in (then, year))
        forecast = self.national(activity, "forecast", year) or outcome
        require(outcome_then and forecast, "a base row without outcome of the base year or forecast of the year")
        whole = amount / (outcome_then or 1) * Fraction(self.months(year), 12)
        return rounded(whole * (forecast or 1)), None if outcome is None else rounded(whole * outcome)

    def frame(self, year: int, entry: dict[str, Any], costs: Cells | None) -> tuple[list[Rows], bool]:
        """Section 1: the rows after each of the four steps; and whether the year awaits a national outcome."""
        given, rows, after, awaits = entry.get("frame") or {}, dict[str, Cells](), list[Rows](), False
        part = Fraction(self.months(year), 12) if entry.get("annual_amounts") == "true" else Fraction(1)
        by_outcome: dict[str, int | None] = {}
        require({*given, *(costs or {})} <= set(self.activities), "an unknown activity")
        for activity, of in self.activities.items():  # 1. preliminary
            if activity in given:
                cells = given[activity] if isinstance(given[activity], dict) else {of.get("funder"): given[activity]}
                require(set(cells) <= set(self.present), f"{activity}: a cell of nobody, or of an absent party")
                rows[activity] = {party: rounded(self.amount(text, 0) * part) for party, text in cells.items()}
            elif "base" in of and of["funder"] in self.present:
                rows[activity] = {}
                rows[activity][of["funder"]], by_outcome[activity] = self.base_row(activity, year)
            elif activity in (costs or {}):
                rows[activity] = {}
        after.append({activity: dict(cells) for activity, cells in rows.items()})
        for activity, cells in rows.items():  # 2. national adjustment
            adjust = self.activities[activity].get("adjust")
            if adjust == "outcome" and costs is not None:
                require(activity in costs, "a row without a cost")
                cells.update(self.over_cells(costs[activity], activity, cells))
            elif activity in by_outcome:
                settled = by_outcome[activity]
                awaits |= settled is None
                cells.update(cells if settled is None else dict.fromkeys(cells, settled))
            elif adjust not in (None, "outcome") and activity in given:
                outcome, forecast = (self.national(activity, kind, year) for kind in ("outcome", "forecast"))
                awaits |= outcome is None
                require(outcome is None or forecast, f"{activity}: an adjusted row without forecast")
                if outcome and forecast:
                    cells.update({party: rounded(cell * outcome / forecast) for party, cell in cells.items()})
        after.append({activity: dict(cells) for activity, cells in rows.items()})
        followers = {activity for activity in rows if self.activities[activity].get("adjust") == "outcome"}
        for change in entry.get("corrections") or []:  # 3. corrections
            activity, cells = change["activity"], rows.get(change["activity"], {})
            require(activity in set(rows) - followers, "a correction of no row, or of one that follows its outcome")
            share_of_row = rounded(sum(cells.values()) * percent(change.get("percent", "0 %")))
            amount = self.amount(change["amount"]) if "amount" in change else share_of_row
            enter(self.over_cells(amount, activity, cells), cells)
        after.append({activity: dict(cells) for activity, cells in rows.items()})
        for change in entry.get("conversions") or []:  # 4. conversions
            source, amount = change["from"], self.amount(change["amount"], 1)
            require(source in set(rows) - followers, "a conversion from no row, or from one that follows its outcome")
            require(sum(rows[source].values()) >= amount, "a cell falls below 0")
            parts = self.over_cells(amount, source, rows[source])
            enter(parts, rows[source], -1)
            enter(parts, rows.setdefault(change["to"], {}))
        return [*after, {activity: rows[activity] for activity in self.activities if activity in rows}], awaits

    def shared_part(self, activity: str) -> Fraction:
        """format.md, ``shared``: one share for every activity, or by activity with ``others`` for the rest."""
        shared: str | dict[str, str] = self.terms.get("shared", "100 %")
        return share(shared.get(activity, shared.get("others", "0 %")) if isinstance(shared, dict) else shared)

    def banded(self, first: int, final_frame: int) -> int:
        """Section 3, step 2: what the bands leave of S⁰."""
        bands = self.terms.get("bands", "none")
        if isinstance(bands, dict):
            bands = bands.get("surplus" if first > 0 else "deficit", "none")
        below, really = 0, Fraction(0)
        for band in [{"shared": "1"}] if bands == "none" else bands:
            to = str(band.get("to", ""))
            limit = rounded(percent(to) * final_frame) if to.endswith("%") else self.amount(to) if to else abs(first)
            really += max(0, min(limit, abs(first)) - below) * share(band["shared"])
            below = max(below, min(limit, abs(first)))
        return rounded(really) if first > 0 else -rounded(really)

    def key(self, name: str, contributions: Cells) -> dict[str, Fraction]:
        """Section 4: the weights of a key over the parties of the year; format.md: what they must add up to."""
        texts = self.terms.get(name, {})
        if texts == "frame":
            return {party: Fraction(contributions[party]) for party in self.present}
        if texts == "equal":
            return dict.fromkeys(self.present, Fraction(1))
        key = {party: share(text) for party, text in texts.items() if text != "rest"}
        key.update({party: 1 - sum(key.values(), Fraction(0)) for party, text in texts.items() if text == "rest"})
        require(sum(key.values()) == 1 and min(key.values()) >= 0, f"{name}: the shares do not add up to 1")
        require(all(party in self.present for party in key if key[party]), f"{name}: a share of an absent party")
        return {party: key.get(party, Fraction(0)) for party in self.present}

    def distributes(self, year: int) -> bool:
        """Section 5: whether this is a year of distribution."""
        when = self.terms.get("distribute", "yearly")
        if isinstance(when, list):
            require(all(self.start.year <= int(of) <= self.end.year for of in when), "distribute outside the period")
        return str(year) in when if isinstance(when, list) else when == "yearly" or year == self.end.year

    def split(self, settled: Cells, rows: Rows, costs: Cells) -> dict[str, Any] | None:
        """Section 6: the office's settlement between the state and the office."""
        terms = self.terms.get("state_split", "none")
        if terms == "none":
            return None
        offices = [party for party, of in self.parties.items() if of.get("role") == "insurance_office"]
        require(len(offices) == 1, "state_split needs one insurance office")
        own = {activity: cells for activity, cells in rows.items() if self.consists_of(activity, "administration")}
        part = Fraction(sum(costs[activity] for activity in own), sum(costs.values()) or 1)
        part = share(terms["administration"]) if "administration" in terms else part
        self.entitled += part * settled.get(offices[0], 0)
        self.limit += percent(terms.get("cap", "10 %")) * column(own, offices[0])
        before, self.office = self.office, rounded(max(-self.limit, min(self.limit, self.entitled)))
        office = self.office - before
        parts = self.shown({"office": office, "state": settled.get(offices[0], 0) - office}, "office state")
        return {"party": offices[0], **parts, "limited": abs(self.entitled) > self.limit}

    def from_total(self, year: int, entry: dict[str, Any], contributions: Cells) -> dict[str, Any]:
        """Section 2, last paragraph, with sections 3 and 4: a year of which only the result is known."""
        require(not isinstance(self.terms.get("shared"), dict), "result: shared must be one share")
        require(self.distributes(year), "result: the year must be one of distribution")
        require(self.terms.get("state_split", "none") == "none", "result: no state_split")
        require(not entry.get("uses") and not self.document.get("opening"), "result: no uses, no opening")
        result, final_frame = self.amount(entry["result"]), sum(contributions.values())
        first = rounded(self.shared_part("") * result)
        shared = self.banded(first, final_frame)
        known = self.shared_part("") == 1 and shared == first
        allocated = divide(shared, self.key("surplus" if shared > 0 else "deficit", contributions))
        self.carried = dict.fromkeys(self.carried, 0)  # a year of distribution carries nothing further
        self.undistributed = 0
        parts = {party: allocated.get(party, 0) for party in self.parties}
        figures = {p: {"allocated": t, "used": 0, **({"kept": 0, "settled": t} if known else {})} for p, t in parts.items()}
        totals = {"actual": final_frame - result, "result": result, "shared": shared, "uses": 0}
        return {"totals": {**totals, "withheld": first - shared}, "distribution": True, "parties": figures}

    def from_costs(self, year: int, entry: dict[str, Any], after: list[Rows], costs: Cells) -> dict[str, Any]:
        """Sections 2 to 6: a year settled from its costs."""
        rows, present = after[3], self.present
        require(set(costs) == set(rows), "a row without a cost")
        # Section 2
        contributions = {party: column(rows, party) for party in present}
        results = {activity: sum(cells.values()) - costs[activity] for activity, cells in rows.items()}
        paid = dict.fromkeys([*self.parties, "body"], 0)
        for activity, cost in costs.items():
            require(cost == 0 or self.performer(activity) in (*present, "body"), f"{activity}: its performer is absent")
            paid[self.performer(activity)] += cost
        held = {activity: cells for activity, cells in rows.items() if self.consists_of(activity, "opening_balance")}
        pocket = {party: contributions[party] - column(held, party) - paid[party] for party in present}
        # Section 3
        shared_rows = {activity: rounded(self.shared_part(activity) * results[activity]) for activity in rows}
        first = sum(shared_rows.values())
        shared = self.banded(first, sum(contributions.values()))
        same_sign = {activity: abs(s) for activity, s in shared_rows.items() if s * first > 0}
        for activity, part in divide(first - shared, same_sign).items():
            shared_rows[activity] -= part
        kept_rows = {activity: results[activity] - shared_rows[activity] for activity in rows}
        kept = dict.fromkeys(present, 0)
        for activity, cells in rows.items():
            bearers = {party: cells[party] for party in present if cells.get(party)}
            performer = self.performer(activity)
            bearers = bearers or ({performer: 1} if performer in present else contributions)
            for party, part in divide(kept_rows[activity], bearers).items():
                kept[party] += part
        # Section 4
        allocated = divide(shared, self.key("surplus" if shared > 0 else "deficit", contributions))
        uses = sum(self.amount(use["amount"], 0) for use in entry.get("uses") or [])
        require(uses == 0 or uses <= shared + self.undistributed, "uses exceed what is shared and undistributed")
        used = divide(uses, self.key("surplus", contributions))
        settled = {party: kept[party] + allocated[party] - used[party] for party in present}
        assert sum(settled.values()) + uses == sum(results.values()), "settlements and uses are not the result"
        # Section 5
        distribution = self.distributes(year)
        real = {party: contributions[party] - column(after[0], party) for party in present}
        claims = {p: settled[p] - (real if self.terms.get("flow") == "real" else pocket)[p] for p in present}
        claims["body"] = -sum(claims.values())
        balance = {node: carried + claims.get(node, 0) for node, carried in self.carried.items()}
        assert sum(balance.values()) == 0, "the balances do not add up to zero"
        nothing = dict.fromkeys(balance, 0)
        transfers, self.carried = (balance, nothing) if distribution else (nothing, balance)
        self.undistributed = 0 if distribution else self.undistributed + shared - uses
        columns = {"paid": paid, "before_sharing": pocket, "kept": kept, "allocated": allocated, "used": used}
        columns |= {"settled": settled, "transfer": transfers, "carried": self.carried}
        by_row = {"actual": costs, "result": results, "shared": shared_rows, "kept": kept_rows}
        totals = {"actual": sum(costs.values()), "result": sum(results.values()), "shared": shared, "uses": uses}
        return {
            "totals": {**totals, "withheld": first - shared},
            "distribution": distribution,
            "rows": {activity: {name: of[activity] for name, of in by_row.items()} for activity in rows},
            "parties": {node: {name: of.get(node, 0) for name, of in columns.items()} for node in balance},
            "payments": [{"from": a, "to": b, "amount": self.money(x)} for a, b, x in pay(transfers)],
            "split": self.split(settled, rows, costs),
        }

    def shortfall(self, text: str | None) -> dict[str, Any] | None:
        """Section 7: each party adds its part by the association shares."""
        if text is None:
            return None
        require("association_shares" in self.terms, "a shortfall without association_shares")
        parts = divide(self.amount(text, 0), self.key("association_shares", {}))
        listed = [{"id": party, "amount": self.money(part)} for party, part in parts.items()]
        return {"amount": self.money(self.amount(text)), "parties": listed}

    def year(self, year: int, entry: dict[str, Any]) -> dict[str, Any]:
        """All sections for one year, and the year as cli.md shows it."""
        require(self.months(year), "a year with no month inside the period")
        self.terms |= entry.get("sharing") or {}
        self.present = [p for p, of in self.parties.items() if int(of.get("from", 0)) <= year <= int(of.get("to", 9999))]
        listed = [party for party in self.parties if party in self.present or self.carried[party]]
        kinds = {"actual", "estimate", "result"} & set(entry) or {"budget"}
        require(len(kinds) == 1, "more than one of actual, estimate and result")
        kind = kinds.pop()
        costs = None
        if kind in ("actual", "estimate"):
            held = [activity for activity in entry.get("frame") or {} if self.consists_of(activity, "opening_balance")]
            costs = dict.fromkeys(held, 0) | {activity: self.amount(text, 0) for activity, text in entry[kind].items()}
        after, awaits = self.frame(year, entry, costs)
        contributions = {party: column(after[3], party) for party in self.present}
        for name in ("surplus", "deficit"):
            self.key(name, contributions)
        figures: dict[str, Any] = {"totals": {}}
        if costs is not None:
            figures = self.from_costs(year, entry, after, costs)
            self.before = (year, costs)
        elif kind == "result":
            figures = self.from_total(year, entry, contributions)
        totals: dict[str, int] = figures["totals"]
        if kind != "budget":
            totals |= {"kept": totals["result"] - totals["shared"], "settled": totals["result"] - totals["uses"]}
        status = kind if kind in ("budget", "estimate") else "preliminary" if self.uncertain or awaits else "final"
        self.uncertain |= kind != "budget" and (kind == "estimate" or awaits)
        frames = [{activity: sum(cells.values()) for activity, cells in rows.items()} for rows in after]
        totals |= {"preliminary_frame": sum(frames[0].values()), "final_frame": sum(frames[3].values())}
        activities = {activity: figures.get("rows", {}).get(activity, {}) for activity in frames[3]}
        for activity, of in activities.items():
            steps = [frame.get(activity, 0) for frame in frames]
            of |= {"preliminary": steps[0], "adjustment": steps[1] - steps[0], "correction": steps[2] - steps[1]}
            of |= {"conversion": steps[3] - steps[2], "final": steps[3]}
        nodes = figures.get("parties", {})
        parties = {party: nodes.get(party, {}) for party in listed}
        for party, of in parties.items():
            of |= {"preliminary": column(after[0], party), "contribution": column(after[3], party)}
        sign = totals.get("shared", 0)
        key = "surplus" if sign > 0 else "deficit" if sign < 0 else None
        return {
            "year": year,
            "status": status,
            "months": self.months(year),
            "totals": self.shown(totals, "preliminary_frame final_frame actual result shared kept uses settled"),
            "activities": [
                {"id": activity, "cells": self.shown(after[3][activity]), **self.shown(of, ROW_FIGURES)}
                for activity, of in activities.items()
            ],
            "sharing": {"key": key, **self.shown(totals, "withheld"), "distribution": figures.get("distribution")},
            "parties": [{"id": party, **self.shown(of, PARTY_FIGURES)} for party, of in parties.items()],
            "body": self.shown(nodes.get("body", {}), "paid transfer carried"),
            "payments": figures.get("payments", []),
            "state_split": figures.get("split"),
            "shortfall": self.shortfall(entry.get("shortfall")),
        }


def settle(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every year of an agreement, in the order of time."""
    oracle = Oracle(document)
    return [oracle.year(int(year), entry) for year, entry in sorted(document["years"].items())]


def settle_text(text: str) -> list[dict[str, Any]]:
    """Read an agreement, every scalar staying text, and settle it."""
    return settle(yaml.load(text, Loader=yaml.BaseLoader))
