"""``socsam incentives``: who bears one more krona of cost, who keeps one saved, and who pays for whom.

The slopes are derived; here they are held against differences of a settlement without rounding, written from ``settlement.md`` on its
own, with fractions and in whole tables, over steps so small that no edge lies inside them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from agreements import agreements
from conftest import EXAMPLES, Outcome
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from oracle.generate import generate

from socsam_calc import load, settle
from socsam_calc.answers.incentives.crossing import RESERVE
from socsam_calc.answers.incentives.incentives import YearIncentives, incentives
from socsam_calc.engine.figures import ReserveResult
from socsam_calc.engine.results import Settlement
from socsam_calc.model.agreement import Agreement, Series, YearBase
from socsam_calc.model.keys import Group, Weights
from socsam_calc.model.sharing import Reserve, Sharing
from socsam_calc.problems import AgreementError

Socsam = Callable[..., Outcome]
FILE = Path(__file__).parent / "worked_example.yaml"
STEP = Fraction(1, 10**15)


# --- the reference -----------------------------------------------------------------------------------------------------


def split(amount: Fraction, weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    whole = sum(weights.values())
    return {name: amount * weight / whole for name, weight in weights.items()}


def parted(
    agreement: Agreement, amount: Fraction, key: Any, number: int, words: Mapping[str, Mapping[str, Fraction]]
) -> dict[str, Fraction]:
    """An amount divided by a key, inside groups too. ``words`` holds the weights of `frame`, `equal` and `contributed`."""
    present = agreement.parties_of(number)
    if not amount:
        return {}
    if isinstance(key, str):
        return split(amount, words[key]) if key in words else parted(agreement, amount, agreement.keys[key], number, words)
    if isinstance(key, Weights):
        tables: Any = key.weights
        if any(isinstance(table, dict) for table in tables.values()):
            tables = tables[max(year for year in tables if year <= number)]
        return split(amount, {party: weight for party, weight in tables.items() if party in present})
    divided: dict[str, Fraction] = {}
    for name, entry in key.items():
        if isinstance(entry, Group):
            divided |= parted(agreement, amount * (entry.share or 0), entry.by, number, words)
        elif name in present:
            divided[name] = amount * entry
    return divided


def cells_of(agreement: Agreement, number: int, costs: Mapping[tuple[int, str], Fraction]) -> dict[str, dict[str, Fraction]]:
    year, table = agreement.years[number], {}
    months = Fraction(agreement.period.months(number), 12)
    entered = [conversion.to for conversion in year.conversions]
    equal = {"equal": dict.fromkeys(agreement.parties_of(number), Fraction(1))}

    def spread(name: str, row: Mapping[str, Fraction], amount: Fraction) -> dict[str, Fraction]:
        """Over the row's cells; of a row without money by its key, where it is divided as a whole, else the funder's."""
        if any(row.values()):
            return split(amount, row)
        by = agreement.activities[name].by
        if by is not None and not isinstance(year.frame.get(name), dict):
            return parted(agreement, amount, by, number, equal)
        return {str(agreement.activities[name].funder): amount} if amount else {}

    for name, activity in agreement.activities.items():
        funder, row = activity.funder, dict[str, Fraction]()
        series = [agreement.series[one] for one in activity.series]

        def national(kind: Literal["outcome", "forecast"], of: int, series: Sequence[Series] = series) -> Fraction | None:
            """The product of the row's series in a year; None where one is not known."""
            points = [one.point(kind, of) for one in series]
            return None if None in points else prod((point[1] for point in points if point is not None), start=Fraction(1))

        based = activity.base is not None and name not in year.frame and (activity.by is not None or funder in agreement.parties_of(number))
        if not (based or name in year.frame or (number, name) in costs or name in entered):
            continue
        if based:
            now = national("outcome", number) or national("forecast", number)
            then = national("outcome", activity.base.year if isinstance(activity.base, YearBase) else number - 1)
            assert now is not None and then is not None
            if isinstance(activity.base, YearBase):
                row = spread(name, {}, activity.base.amount * now / then * months)
            else:
                whole_year = costs[number - 1, name] * 12 / agreement.period.months(number - 1)
                row = spread(name, {}, whole_year * now / then * months)
        elif name in year.frame:
            stated = year.frame[name]
            amounts = spread(name, {}, Fraction(stated)) if isinstance(stated, int) else stated
            row = {party: Fraction(amounts[party]) for party in agreement.parties if party in amounts}
            row = {party: cell * (months if year.annual_amounts else 1) for party, cell in row.items()}
        if activity.follows_outcome:
            cost = costs.get((number, name), Fraction(0))
            row = spread(name, row, cost) if cost or any(row.values()) else row
        elif series and not based and (outcome := national("outcome", number)) is not None:
            row = {party: cell * outcome / (national("forecast", number) or 1) for party, cell in row.items()}
        table[name] = row
    for correction in year.corrections:
        row = table[correction.activity]
        amount = Fraction(correction.amount) if correction.amount is not None else sum(row.values()) * (correction.percent or 0)
        for party, part in spread(correction.activity, row, amount).items():
            row[party] = row.get(party, 0) + part
    for conversion in year.conversions:
        for party, part in split(Fraction(conversion.amount), table[conversion.from_]).items():
            table[conversion.from_][party] -= part
            table[conversion.to][party] = table[conversion.to].get(party, Fraction(0)) + part
    return table


def bears(settlement: Settlement, number: int, terms: Sharing, costs: Mapping[tuple[int, str], Fraction]) -> dict[str, Fraction]:
    """What each party bears: what it put in minus what it ends with; and what own capital loses."""
    agreement = settlement.agreement
    parties, zero = agreement.parties_of(number), Fraction(0)
    table = cells_of(agreement, number, costs)
    put_in = {party: sum((row.get(party, zero) for row in table.values()), zero) for party in parties}
    frame = sum(put_in.values())
    results = {name: sum(row.values()) - costs.get((number, name), zero) for name, row in table.items()}
    shared_parts = dict.fromkeys(results, terms.shared) if isinstance(terms.shared, Fraction) else terms.shared
    before = {name: shared_parts.get(name, shared_parts.get("others", zero)) * result for name, result in results.items()}
    whole = sum(before.values())
    shared = whole
    scale = None if terms.bands is None or not whole else terms.bands.surplus if whole > 0 else terms.bands.deficit
    if scale is not None:
        edges = [
            zero,
            *(frame * band.to if isinstance(band.to, Fraction) else Fraction(band.to) for band in scale[:-1] if band.to is not None),
        ]
        ends = [*edges[1:], abs(whole)]
        inside = sum(band.shared * max(zero, min(end, abs(whole)) - start) for band, start, end in zip(scale, edges, ends, strict=True))
        shared = inside if whole > 0 else -inside
    same = sum(abs(amount) for amount in before.values() if amount * whole > 0)
    key: Any = terms.surplus if shared > 0 else terms.deficit
    so_far = contributed(settlement, number)
    for party in parties:
        held = [row.get(party, zero) for name, row in table.items() if agreement.activities[name].is_only("opening_balance")]
        if not agreement.years[number].planned:
            so_far[party] += put_in[party] - sum(held)
    words = {
        "frame": put_in, "equal": dict.fromkeys(parties, Fraction(1)), "contributed": {party: so_far[party] for party in parties}
    }  # fmt: skip
    uses = Fraction(sum(use.amount for use in agreement.years[number].uses))
    capital = Fraction((settlement.year(number).reserve or NONE).units("opening") or 0)
    aside = set_aside(terms, shared, uses, capital, frame)
    ends_with = dict.fromkeys(agreement.parties, zero) | parted(agreement, shared - aside, key, number, words)
    out = zero
    if agreement.has_capital and agreement.years[number].actual is not None and number == agreement.period.last_year:
        out = capital + aside
        last: Any = next((one.at_end for one in reversed(reserves(agreement))), None) or "contributed"
        everybody = words | {"contributed": so_far} if named(agreement, last) == "contributed" else words
        for party, part in parted(agreement, out, last, number, everybody).items():
            ends_with[party] += part
    for name, result in results.items():
        bearing = before[name] * whole > 0
        kept = result - before[name] + ((whole - shared) * abs(before[name]) / same if bearing else zero)
        performer = agreement.performer(name)
        owners = table[name] if any(table[name].values()) else {performer: Fraction(1)} if performer != "body" else None
        by = agreement.activities[name].by
        over = split(kept, owners) if owners is not None and kept else parted(agreement, kept, by or "frame", number, words)
        for party, part in over.items():
            ends_with[party] += part
    used = parted(agreement, uses, terms.surplus, number, words)
    parts = {party: put_in.get(party, zero) - ends_with[party] + used.get(party, zero) for party in agreement.parties}
    return parts | {RESERVE: out - aside}


NONE = ReserveResult({}, "kr")


def contributed(settlement: Settlement, number: int) -> dict[str, Fraction]:
    """What each party had put in before the year: settled years, money that the body held already apart."""
    agreement = settlement.agreement
    found = {party: Fraction(agreement.opening.contributed.get(party, 0)) for party in agreement.parties}
    for year in settlement.years:
        if year.year < number and year.totals.units("result") is not None and not agreement.years[year.year].planned:
            for activity in year.activities:
                if not agreement.activities[activity.id].is_only("opening_balance"):
                    for party, cell in activity.cells.items():
                        found[party] += cell.value
    return found


def reserves(agreement: Agreement) -> list[Reserve]:
    """The terms of own capital one after the other, those that are none left out."""
    changes = [year.sharing.reserve for year in agreement.years.values() if year.sharing is not None]
    return [one for one in (agreement.sharing.reserve, *changes) if one is not None]


def named(agreement: Agreement, key: Any) -> Any:
    """What a key's name leads to."""
    return named(agreement, agreement.keys[key]) if isinstance(key, str) and key in agreement.keys else key


def set_aside(terms: Sharing, shared: Fraction, uses: Fraction, capital: Fraction, frame: Fraction) -> Fraction:
    """What own capital takes of a surplus, or, below 0, gives for a deficit."""
    if terms.reserve is None or not shared:
        return Fraction(0)
    if shared < 0:
        return -min(terms.reserve.deficit * -shared, max(Fraction(0), capital - terms.reserve.floor))
    aside = terms.reserve.surplus * max(Fraction(0), shared - uses)
    if terms.reserve.above == "keep":
        return aside
    stated: Any = terms.reserve.ceiling
    if isinstance(stated, list):
        stated = next(step.limit for step in stated if step.to is None or frame <= step.to)
    ceiling = frame * stated if isinstance(stated, Fraction) else Fraction(stated)
    return min(aside, max(Fraction(0), ceiling - capital))


def held_against_differences(settlement: Settlement, found: list[YearIncentives]) -> int:
    """Each slope against a difference over a tiny step in its direction; how many were compared."""
    agreement = settlement.agreement
    terms = agreement.terms()
    costs = {
        (year.year, one.id): Fraction(cost)
        for year in settlement.years
        for one in year.activities
        if (cost := one.units("actual")) is not None
    }
    compared = 0
    for year in found:
        for activity in year.activities:
            for point in activity.points if activity.id is not None else ():
                place = (year.year, activity.id)
                here = bears(settlement, year.year, terms[year.year], {**costs, place: point.cost})
                step = point.direction * STEP
                there = bears(settlement, year.year, terms[year.year], {**costs, place: point.cost + step})
                for party, slope in point.bears.items():
                    assert abs((there[party] - here[party]) / step - slope) < Fraction(1, 10**9), (year.year, activity.id, point, party)
                assert sum(point.bears.values()) == 1
                if point.next_year:
                    later = [
                        bears(settlement, year.year + 1, terms[year.year + 1], {**costs, place: point.cost + move})
                        for move in (Fraction(0), step)
                    ]
                    for party, slope in point.next_year.items():
                        assert abs((later[1][party] - later[0][party]) / step - slope) < Fraction(1, 10**9)
                    assert sum(point.next_year.values()) == 0
                compared += 1
    return compared


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(agreements())
def test_the_slopes_are_those_of_the_settlement_without_rounding(stated: dict[str, Any]) -> None:
    settlement = settle(load("random.yaml", text=yaml.safe_dump(stated, allow_unicode=True, default_style="'")))
    found = list(incentives(settlement))
    assert held_against_differences(settlement, found)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 4_000))
@example(774)  # in 1999 a row without money, performed by the body, is its `by`'s: nobody contributes
def test_and_so_they_are_for_agreements_of_every_shape(seed: int) -> None:
    """Changing parties, bases, corrections, conversions, uses, rows that follow their outcome, only totals …"""
    try:
        settlement = settle(load("random.yaml", text=generate(seed)))
    except AgreementError:
        return
    held_against_differences(settlement, list(incentives(settlement)))


@pytest.mark.parametrize("name", ["complete", "gotland", "hisingen"])
def test_and_for_the_examples(name: str) -> None:
    settlement = settle(load(EXAMPLES / f"{name}.yaml"))
    assert held_against_differences(settlement, list(incentives(settlement)))


# --- by hand -----------------------------------------------------------------------------------------------------------


def test_the_worked_example() -> None:
    """All is shared by the frame (48 280, 55 000, 73 000 of 176 280) in surplus, and in thirds in deficit; the surplus of 930 is gone
    when a cost has risen by 930. Bands there are none, so there is no other edge."""
    (year,) = incentives(settle(load(FILE)))
    for activity in year.activities:
        now, beyond = activity.points
        assert (now.where, now.sign) == ("now", 1)
        assert now.bears == {
            "kassa": Fraction(48_280, 176_280),
            "landsting": Fraction(55_000, 176_280),
            "kommun": Fraction(73_000, 176_280),
        }
        assert (beyond.where, beyond.direction, beyond.sign, beyond.cost) == ("zero", 1, -1, activity.cost + 930)
        assert set(beyond.bears.values()) == {Fraction(1, 3)}


def test_who_pays_for_whom_in_the_worked_example() -> None:
    """Own results: kassa +1 480 and 33 of the projects' 50, landsting +800, kommun −1 400 and 17. All goes through the frame's key."""
    (year,) = incentives(settle(load(FILE)))
    payments = year.cross_payments
    assert payments is not None
    assert payments.own == {"kassa": 1513, "landsting": 800, "kommun": -1383}
    assert [sum(ends[party] for ends in payments.ends.values()) for party in payments.own] == [255, 290, 385]
    # 1 513 by 48 280 : 55 000 : 73 000 is 414,38; 472,06; 626,56
    assert payments.ends["kassa"] == {"kassa": 414, "landsting": 472, "kommun": 627}


def test_a_row_that_follows_its_outcome_costs_its_funder_more_than_the_krona() -> None:
    """Gotland 1999: the office's frame follows its cost, so its result is always 0; but its contribution rises, and with it its share of
    the deficit of 35 578: by 35 578 × 661 765 / 826 406², 3,45 öre more of each krona."""
    year = next(year for year in incentives(settle(load(EXAMPLES / "gotland.yaml"))) if year.year == 1999)
    insurance, services = year.activities
    assert insurance.points[0].bears["kassa"] == 1 + Fraction(35_578 * 661_765, 826_406**2)
    assert services.points[0].bears["kassa"] == Fraction(164_641, 826_406)


def test_at_an_edge_one_more_and_one_saved_differ(tmp_path: Path) -> None:
    """The cost is what the frame is: a krona more is a deficit, b's alone; a krona less a surplus, a's alone."""
    text = (
        "format: socsam/1\narea: A\nperiod: {start: 1998-01-01, end: 1998-12-31}\n"
        "parties: {a: {role: insurance_office}, b: {role: municipality}}\nactivities: {x: {funder: b, cost: social_services}}\n"
        "sharing: {shared: 80 %, surplus: {a: 1}, deficit: {b: 1}, bands: {surplus: [{to: 10 %, shared: 100 %}, {shared: 25 %}]}}\n"
        "years: {1998: {frame: {x: 1 000}, actual: {x: 1 000}}}\n"
    )
    (year,) = incentives(settle(load("a.yaml", text=text)))
    more, saved, band = year.activities[0].points
    assert (more.where, more.bears) == ("more", {"a": 0, "b": 1})
    assert (saved.where, saved.bears) == ("saved", {"a": Fraction(4, 5), "b": Fraction(1, 5)})
    # 10 % of the frame is 100 = 80 % of 125: beyond a cost of 875, of each krona saved 80 öre are shared by a quarter
    assert (band.where, band.band, band.cost) == ("band", Fraction(1, 10), 875)
    assert band.bears == {"a": Fraction(1, 5), "b": Fraction(4, 5)}


def test_where_only_the_total_is_known_the_rest_is_nobodys() -> None:
    year = list(incentives(settle(load(EXAMPLES / "laholm.yaml"))))[-1]
    (whole,) = year.activities
    assert whole.id is None and year.cross_payments is None
    now = whole.points[0]
    assert now.unknown == Fraction(1, 2)
    assert now.bears["kassa"] == Fraction(63_798, 339_288) / 2


EMPTY_ROW = """format: socsam/1
area: A
period: {start: 1998-01-01, end: 1998-12-31}
parties: {a: {role: insurance_office}, b: {role: municipality}}
activities: {x: {cost: joint_measures%s}}
sharing: {shared: 100 %%, surplus: {a: 1/2, b: rest}, deficit: {a: 1/2, b: rest}}
years: {1998: {frame: {x: %s}, actual: {x: 8}}}
"""


def test_the_result_of_a_row_without_money_is_that_of_those_whom_its_key_names() -> None:
    """A deficit of 8: of a 6 and of b 2 by the row's key, which the deficit's key divides in halves."""
    (year,) = incentives(settle(load("x.yaml", text=EMPTY_ROW % (", by: {a: 3/4, b: rest}", "0"))))
    payments = year.cross_payments
    assert payments is not None
    assert payments.own == {"a": -6, "b": -2}
    assert payments.ends == {"a": {"a": -3, "b": -3}, "b": {"a": -1, "b": -1}}


def test_where_nobody_funds_a_row_nobody_pays_for_whom() -> None:
    """No key, no money, no contributions: its deficit is borne, but it is nobody's own."""
    (year,) = incentives(settle(load("x.yaml", text=EMPTY_ROW % ("", "{a: 0, b: 0}"))))
    assert year.cross_payments is None
    assert year.activities[0].points[0].bears == {"a": Fraction(1, 2), "b": Fraction(1, 2)}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(agreements())
def test_the_matrix_adds_up_both_ways(stated: dict[str, Any]) -> None:
    settlement = settle(load("random.yaml", text=yaml.safe_dump(stated, allow_unicode=True, default_style="'")))
    for year in incentives(settlement):
        settled, payments = settlement.year(year.year), year.cross_payments
        assert payments is not None
        for party, ends in payments.ends.items():
            assert sum(ends.values()) == payments.own[party]
            result = settled.party(party)
            column = sum(other[party] for other in payments.ends.values())
            assert column == (result.units("kept") or 0) + (result.units("allocated") or 0)
        assert sum(payments.own.values()) == settled.totals.units("result")


# --- the command -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
@pytest.mark.parametrize("name", ["complete", "gotland", "laholm", "hyllie"])
def test_every_format_in_both_languages(socsam: Socsam, name: str, form: str, language: str) -> None:
    outcome = socsam("incentives", EXAMPLES / f"{name}.yaml", "--format", form, "--lang", language)
    assert (outcome.status, outcome.err) == (0, "") and outcome.out


def test_the_json_is_exact(socsam: Socsam) -> None:
    data = json.loads(socsam("incentives", FILE, "-f", "json").out)
    assert data["schema"] == "socsam.incentives/1"
    point = data["files"][0]["years"][0]["activities"][0]["points"][1]
    assert (point["where"], point["cost"], point["shared"], point["limit"]) == ("zero", 46_730_000, "deficit", None)
    assert point["bears"][0] == {"party": "kassa", "part": "1/3", "decimal": 0.333333333333}


def test_decimals_stand_below_one_another(socsam: Socsam) -> None:
    """Where one part of a krona needs decimals of an öre, all have two."""
    rows = socsam("incentives", "examples/complete.yaml", "--year", 2000, "-q").out.split("\nÖre of")[0].splitlines()[6:]
    assert len(rows) > 30 and all(len(number.partition(",")[2]) == 2 for row in rows for number in row.split()[-4:])


def test_csv_of_the_points_and_of_the_payments(socsam: Socsam) -> None:
    points = list(csv.DictReader(socsam("incentives", FILE, "-f", "csv").out.splitlines()))
    assert {row["where"] for row in points} == {"now", "zero"} and len(points) == 4 * 2 * 3
    payments = list(csv.DictReader(socsam("incentives", FILE, "-f", "csv", "--rows", "payments").out.splitlines()))
    assert sum(int(row["amount"]) for row in payments) == 930_000


def test_a_year_without_a_result_is_said(socsam: Socsam) -> None:
    outcome = socsam("incentives", EXAMPLES / "gotland.yaml", "--year", 2000)
    assert outcome.status == 2 and "no result in 2000" in outcome.err and "1997, 1998, 1999" in outcome.err


@pytest.mark.parametrize("year", [1998, 1999, 2000])
def test_every_kind_of_point_has_its_swedish(socsam: Socsam, year: int) -> None:
    outcome = socsam("incentives", EXAMPLES / "complete.yaml", "--year", year, "--lang", "sv")
    assert outcome.status == 0 and "bortom" in outcome.out
    edge = (
        "format: socsam/1\narea: A\nperiod: {start: 1998-01-01, end: 1998-12-31}\nparties: {a: {role: insurance_office}, b: {role: municipality}}\n"
        "sharing: {surplus: {a: 1}, deficit: {b: 1}, bands: [{to: 100, shared: 100 %}, {shared: 0 %}]}\n"
        "years: {1998: {frame: {a: 1 000, b: 1 000}, actual: {a: 1 000, b: 1 000}}}\n"
    )
    out = socsam("incentives", "-", "--lang", "sv", text=edge).out
    assert "en till, nu" in out and "en sparad, nu" in out and "bortom 100 kr underskott" in out


@pytest.mark.parametrize(("area", "result", "beyond"), [("finspang", "+6 268", "deficit"), ("grastorp", "−3 257", "surplus")])
def test_a_year_without_a_frame_is_placed_by_its_result(socsam: Socsam, area: str, result: str, beyond: str) -> None:
    """Nothing is known of the cost of 1999, but the other side of zero is as far away as the result is large."""
    lines = socsam("incentives", EXAMPLES / f"{area}.yaml", "--year", 1999).out.splitlines()
    now = next(line for line in lines if line.startswith("the whole "))
    assert now.split("now")[1].split()[:2] == result.split()
    other = next(line for line in lines if f"beyond zero, in {beyond}" in line)
    assert other.split(beyond)[1].split()[0] == "0"
    study = json.loads(socsam("incentives", EXAMPLES / f"{area}.yaml", "--year", 1999, "-f", "json").out)["files"][0]["years"][0]
    assert study["activities"][0]["cost"] is None
    points = [(point["where"], point["cost"], point["result"]) for point in study["activities"][0]["points"]]
    assert points == [("now", None, int(result.replace("−", "-").replace(" ", "") + "000")), ("zero", None, 0)]
