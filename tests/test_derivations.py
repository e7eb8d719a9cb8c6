"""How figures of small agreements come about, step by step: every name, amount and place as it is worked out by hand in the comments."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from socsam_calc import AgreementError, Settlement, load, settle
from socsam_calc.engine.results import YearResult
from socsam_calc.engine.steps import Step
from socsam_calc.engine.values import all_ore, ore_at, units_at

PARTIES = "parties: {kassa: {role: insurance_office}, region: {role: county_council}, kommun: {role: municipality}}\n"
PERIOD = "period: {start: 1998-01-01, end: 2000-12-31}\n"


def settled(text: str) -> Settlement:
    return settle(load("agreement.yaml", text=f"format: socsam/1\narea: Exempelby\n{text}"))


def refused(text: str) -> tuple[str, str]:
    """The one problem: what is wrong, and the text of the file from where it is wrong."""
    with pytest.raises(AgreementError) as caught:
        settled(text)
    (problem,) = caught.value.problems
    return problem.text, problem.place.excerpt[problem.place.column - 1 :]


def told(step: Step[Any] | None, levels: int, indent: int = 0) -> str:
    """A figure and so many levels of what it was made of: name, owners, value, formula with its position, and place."""
    assert step is not None
    owners = f" [{', '.join(step.about)}]" if step.about else ""
    place = f" @{'.'.join(map(str, step.place))}" if step.place else ""
    position = f"/{step.position}" if step.position else ""
    line = f"{'  ' * indent}{step.name}{owners} {step.value} {step.formula}{position}{place}\n"
    return line + "".join(told(one, levels - 1, indent + 1) for one in step.inputs if levels)


def is_(step: Step[Any] | None, levels: int, text: str) -> None:
    assert told(step, levels) == dedent(text).lstrip("\n")


# --- § 3: what is shared ---------------------------------------------------------------------------------------------------------

BANDS = f"""{PERIOD}{PARTIES}
activities:
  sjuk: {{funder: kassa, cost: sickness_benefit}}
  omsorg: {{funder: kommun, cost: social_services}}
  vård: {{funder: region, cost: health_care}}
sharing:
  shared: {{sjuk: 50 %, others: 100 %}}
  bands: {{surplus: [{{to: 5 %, shared: 100 %}}, {{shared: 50 %}}], deficit: [{{to: 20, shared: 100 %}}, {{shared: 0 %}}]}}
  surplus: equal
  deficit: frame
years:
  1998: {{frame: {{sjuk: 400, omsorg: 500, vård: 100}}, actual: {{sjuk: 300, omsorg: 450, vård: 100}}}}
  1999: {{frame: {{sjuk: 400, omsorg: 500, vård: 100}}, actual: {{sjuk: 440, omsorg: 510, vård: 94}}}}
  2000: {{frame: {{sjuk: 400, omsorg: 500, vård: 100}}, actual: {{sjuk: 398, omsorg: 501, vård: 99}}}}
"""


@pytest.fixture(scope="module")
def bands() -> Settlement:
    return settled(BANDS)


def test_bands_withhold_of_a_surplus_from_those_that_have_one(bands: Settlement) -> None:
    """Half of 100 and all of 50 make 100. Of these 5 % of the frame of 1 000 are shared whole, of the other 50 the half: 75. The 25 that
    are withheld fall to two rows alike, 13 to the first; the row without a result bears none."""
    year = bands.year(1998)
    is_(
        year.totals.steps["shared"],
        2,
        """
        shared 75 bands
          shared before bands 100 sum
            shared before bands [sjuk] 50 scale/2
            shared before bands [omsorg] 50 scale/2
            shared before bands [vård] 0 scale/2
          band limit [surplus] 50 scale/2
            band limit in percent 1/20 given @sharing.bands.surplus.0.to
            final_frame 1000 sum
          share inside the band [surplus] 1 given @sharing.bands.surplus.0.shared
          share inside the band [surplus] 1/2 given @sharing.bands.surplus.1.shared
        """,
    )
    is_(
        year.activity("sjuk").steps["shared"],
        2,
        """
        shared [sjuk] 37 less
          shared before bands [sjuk] 50 scale/2
            share that is shared [sjuk] 1/2 given @sharing.shared.sjuk
            result [sjuk] 100 less
          withheld part [sjuk] 13 part/1
            withheld 25 less
            shared before bands [sjuk] 50 scale/2
            shared before bands [omsorg] 50 scale/2
        """,
    )
    is_(
        year.activity("omsorg").steps["shared"],
        1,
        "shared [omsorg] 38 less\n  shared before bands [omsorg] 50 scale/2\n  withheld part [omsorg] 12 part/2\n",
    )
    is_(
        year.activity("vård").steps["shared"],
        2,
        """
        shared [vård] 0 less
          shared before bands [vård] 0 scale/2
            share that is shared [vård] 1 given @sharing.shared.others
            result [vård] 0 less
        """,
    )
    is_(
        year.party("kassa").steps["kept"],
        2,
        """
        kept [kassa] 63 sum
          kept part [sjuk, kassa] 63 part/1
            kept [sjuk] 63 less
            frame amount [sjuk, kassa] 400 given @years.1998.frame.sjuk
        """,
    )
    is_(
        year.party("region").steps["allocated"],
        1,
        """
        allocated [region] 25 part/2
          shared 75 bands
          equal weight [kassa] 1 given @sharing.surplus
          equal weight [region] 1 given @sharing.surplus
          equal weight [kommun] 1 given @sharing.surplus
        """,
    )
    assert year.sharing.key == "surplus" and year.sharing.withheld is not None and year.sharing.withheld.value == 25


def test_bands_withhold_of_a_deficit_from_those_that_have_one(bands: Settlement) -> None:
    """Half of −40, −10 and 6 make −24, of which 20 are shared. The 4 fall to 20 and 10: −2,67 and −1,33."""
    year = bands.year(1999)
    is_(
        year.activity("sjuk").steps["shared"],
        3,
        """
        shared [sjuk] -17 less
          shared before bands [sjuk] -20 scale/2
            share that is shared [sjuk] 1/2 given @sharing.shared.sjuk
            result [sjuk] -40 less
              final [sjuk] 400 sum
              cost [sjuk] 440 given @years.1999.actual.sjuk
          withheld part [sjuk] -3 part/1
            withheld -4 less
              shared before bands -24 sum
              shared -20 bands
            size [sjuk] 20 less
              nothing 0 sum
              shared before bands [sjuk] -20 scale/2
            size [omsorg] 10 less
              nothing 0 sum
              shared before bands [omsorg] -10 scale/2
        """,
    )
    assert [year.activity(name).shared for name in ("sjuk", "omsorg", "vård")] == [-17, -9, 6]
    is_(
        year.totals.steps["shared"],
        1,
        """
        shared -20 bands
          shared before bands -24 sum
          band limit [deficit] 20 given @sharing.bands.deficit.0.to
          share inside the band [deficit] 1 given @sharing.bands.deficit.0.shared
          share inside the band [deficit] 0 given @sharing.bands.deficit.1.shared
        """,
    )
    is_(
        year.party("kommun").steps["allocated"],
        1,
        """
        allocated [kommun] -10 part/3
          shared -20 bands
          contribution [kassa] 400 sum
          contribution [region] 100 sum
          contribution [kommun] 500 sum
        """,
    )
    assert year.sharing.key == "deficit"


def test_what_bands_let_through_whole_is_shared_as_it_is(bands: Settlement) -> None:
    """Half of 2, −1 and 1: 1 is shared, within the first band, and nothing withheld."""
    year = bands.year(2000)
    is_(
        year.totals.steps["shared"],
        1,
        """
        shared 1 bands
          shared before bands 1 sum
          band limit [surplus] 50 scale/2
          share inside the band [surplus] 1 given @sharing.bands.surplus.0.shared
          share inside the band [surplus] 1/2 given @sharing.bands.surplus.1.shared
        """,
    )
    is_(year.activity("sjuk").steps["shared"], 1, "shared [sjuk] 1 sum\n  shared before bands [sjuk] 1 scale/2\n")
    is_(year.activity("omsorg").steps["shared"], 1, "shared [omsorg] -1 sum\n  shared before bands [omsorg] -1 scale/2\n")


def test_a_row_without_a_result_bears_nothing_of_what_is_withheld_of_a_deficit() -> None:
    """−30 and 0: of −30 ten are withheld, all from the first row."""
    text = BANDS.replace("actual: {sjuk: 440, omsorg: 510, vård: 94}", "actual: {sjuk: 460, omsorg: 500, vård: 100}")
    is_(
        settled(text).year(1999).activity("sjuk").steps["shared"],
        2,
        """
        shared [sjuk] -20 less
          shared before bands [sjuk] -30 scale/2
            share that is shared [sjuk] 1/2 given @sharing.shared.sjuk
            result [sjuk] -60 less
          withheld part [sjuk] -10 part/1
            withheld -10 less
            size [sjuk] 30 less
        """,
    )


def test_one_krona_of_a_surplus_that_bands_withhold_falls_to_the_row_that_has_it() -> None:
    """Results of 1, −1 and 1 with a first band of nothing: 1 is withheld, and falls to the first row with a surplus; not to that of −1."""
    text = BANDS.replace("{to: 5 %, shared: 100 %}", "{to: 5 %, shared: 0 %}").replace("actual: {sjuk: 398, ", "actual: {sjuk: 399, ")
    year = settled(text.replace("{sjuk: 50 %, others: 100 %}", "100 %")).year(2000)
    assert [year.activity(name).shared for name in ("sjuk", "omsorg", "vård")] == [0, -1, 1]
    assert len(year.activity("omsorg").steps["shared"].inputs) == 1  # type: ignore[union-attr]
    is_(
        year.activity("sjuk").steps["shared"],
        2,
        """
        shared [sjuk] 0 less
          shared before bands [sjuk] 1 scale/2
            share that is shared 1 given @sharing.shared
            result [sjuk] 1 less
          withheld part [sjuk] 1 part/1
            withheld 1 less
            shared before bands [sjuk] 1 scale/2
            shared before bands [vård] 1 scale/2
        """,
    )


def test_a_sign_without_bands_and_a_result_of_nothing_are_shared_as_they_are() -> None:
    text = BANDS.replace(", deficit: [{to: 20, shared: 100 %}, {shared: 0 %}]", "")
    is_(settled(text).year(1999).totals.steps["shared"], 1, "shared -24 sum\n  shared before bands -24 sum\n")
    even = BANDS.replace("sjuk: 300, omsorg: 450", "sjuk: 400, omsorg: 500")
    is_(settled(even).year(1998).totals.steps["shared"], 1, "shared 0 sum\n  shared before bands 0 sum\n")
    assert settled(even).year(1998).sharing.key is None


def test_without_bands_and_names_one_share_is_that_of_all() -> None:
    text = BANDS.replace("  shared: {sjuk: 50 %, others: 100 %}\n", "").split("  bands:")
    plain = settled(text[0] + text[1].split("\n", 1)[1]).year(1998)
    is_(
        plain.activity("sjuk").steps["shared"],
        2,
        "shared [sjuk] 100 scale/2\n  share that is shared 1 given @sharing.shared\n  result [sjuk] 100 less\n    final [sjuk] 400 sum\n"
        "    cost [sjuk] 300 given @years.1998.actual.sjuk\n",
    )


# --- § 3.4: what is kept of a row without money -----------------------------------------------------------------------------------

EMPTY = f"""{PERIOD}{PARTIES}
activities:
  sjuk: {{funder: kassa, cost: sickness_benefit}}
  omsorg: {{funder: kommun, cost: social_services}}
  a: {{performer: region, cost: joint_measures}}
  b: {{performer: body, cost: joint_measures, by: {{kassa: 25 %, kommun: 75 %}}}}
  c: {{performer: body, cost: joint_measures}}
sharing: {{shared: {{c: 50 %, b: 60 %, a: 0 %, others: 100 %}}, surplus: equal, deficit: equal}}
years:
  1998: {{frame: {{sjuk: 300, omsorg: 100}}, actual: {{sjuk: 300, omsorg: 100, a: 10, b: 10, c: 8}}}}
"""


def test_what_is_kept_of_an_empty_row_is_its_performers_or_divided() -> None:
    """Kept are −10 of a, −4 of b and −4 of c: a is its performer's, b is divided 1 : 3 by its key, c 300 : 0 : 100 by contributions."""
    year = settled(EMPTY).year(1998)
    assert [(party.id, party.units("kept")) for party in year.parties] == [("kassa", -4), ("region", -10), ("kommun", -4)]
    is_(
        year.party("kassa").steps["kept"],
        2,
        """
        kept [kassa] -4 sum
          kept part [b, kassa] -1 part/1
            kept [b] -4 less
            share [kassa] 1/4 given @activities.b.by.kassa
            share [kommun] 3/4 given @activities.b.by.kommun
          kept part [c, kassa] -3 part/1
            kept [c] -4 less
            contribution [kassa] 300 sum
            contribution [region] 0 sum
            contribution [kommun] 100 sum
        """,
    )
    is_(
        year.party("region").steps["kept"],
        2,
        """
        kept [region] -10 sum
          kept part [a, region] -10 sum
            kept [a] -10 less
          kept part [c, region] 0 part/2
            kept [c] -4 less
            contribution [kassa] 300 sum
            contribution [region] 0 sum
            contribution [kommun] 100 sum
        """,
    )


def test_a_part_that_nobody_bears_is_refused_at_its_year() -> None:
    text, at = refused(f"""{PERIOD}{PARTIES}
activities: {{c: {{performer: body, cost: joint_measures}}}}
sharing: {{shared: 50 %, surplus: equal, deficit: equal}}
years:
  1998: {{actual: {{c: 8}}}}
""")
    assert text.startswith("nobody bears the part of `c` that is not shared in 1998") and at.startswith("1998:")


# --- § 1: corrections and conversions ----------------------------------------------------------------------------------------------

FRAME = f"""{PERIOD}{PARTIES}
activities:
  sjuk: {{funder: kassa, cost: sickness_benefit}}
  omsorg: {{funder: kommun, cost: social_services}}
  p: {{performer: body, cost: joint_measures}}
  k: {{performer: body, cost: administration, by: equal}}
sharing: {{surplus: equal, deficit: equal}}
years:
  1998:
    frame: {{sjuk: 100, omsorg: 100, p: {{kassa: 30, kommun: 10}}, k: 9}}
    corrections: [{{activity: sjuk, amount: SJUK, reason: x}}, {{activity: p, percent: 10 %, reason: x}}, {{activity: k, amount: ROW, reason: y}}]
    conversions: [{{from: omsorg, to: p, amount: CONVERTED, reason: z}}]
"""


def frame(sjuk: int, row: int, converted: int) -> str:
    return FRAME.replace("SJUK", str(sjuk)).replace("ROW", str(row)).replace("CONVERTED", str(converted))


def cells(year: YearResult) -> dict[str, dict[str, int]]:
    return {activity.id: {party: cell.value for party, cell in activity.cells.items()} for activity in year.activities}


def test_a_row_and_a_cell_may_fall_to_nothing_and_no_further() -> None:
    """Of 100, of a row of 9, and of the 100 that can be converted; 10 % of 40 are 4, of which 3 fall to 30 and 1 to 10."""
    year = settled(frame(-100, -9, 100)).year(1998)
    assert cells(year) == {"sjuk": {}, "omsorg": {}, "p": {"kassa": 33, "kommun": 111}, "k": {}}
    assert refused(frame(-101, -9, 100)) == (
        "the cell of `kassa` in `sjuk` would fall below 0 in 1998",
        "{activity: sjuk, amount: -101, reason: x}, {activity: p, percent: 10 %, reason: x}, {activity: k, amount: -9, reason: y}]",
    )
    assert refused(frame(-100, -10, 100)) == ("the row of `k` would fall below 0 in 1998", "{activity: k, amount: -10, reason: y}]")
    assert refused(frame(-100, -9, 101)) == ("the conversion takes more than `omsorg` holds in 1998", "101, reason: z}]")


def test_a_cell_is_what_it_was_and_what_enters_it() -> None:
    year = settled(frame(-1, 1, 1)).year(1998)
    assert cells(year) == {
        "sjuk": {"kassa": 99}, "omsorg": {"kommun": 99}, "p": {"kassa": 33, "kommun": 12}, "k": {"kassa": 4, "region": 3, "kommun": 3},
    }  # fmt: skip
    is_(
        year.activity("p").steps["final"],
        3,
        """
        final [p] 45 sum
          corrected cell [p, kassa] 33 sum
            frame amount [p, kassa] 30 given @years.1998.frame.p.kassa
            correction's part [p, kassa] 3 part/1
              correction [p] 4 scale/2
              frame amount [p, kassa] 30 given @years.1998.frame.p.kassa
              frame amount [p, kommun] 10 given @years.1998.frame.p.kommun
          converted cell [p, kommun] 12 sum
            corrected cell [p, kommun] 11 sum
              frame amount [p, kommun] 10 given @years.1998.frame.p.kommun
              correction's part [p, kommun] 1 part/2
            conversion's part [omsorg, p, kommun] 1 part/1
              conversion [omsorg, p] 1 given @years.1998.conversions.0.amount
              frame amount [omsorg, kommun] 100 given @years.1998.frame.omsorg
        """,
    )
    is_(
        year.activity("k").steps["final"],
        2,
        """
        final [k] 10 sum
          corrected cell [k, kassa] 4 part/1
            corrected row [k] 10 sum
            equal weight [kassa] 1 given @activities.k.by
            equal weight [region] 1 given @activities.k.by
            equal weight [kommun] 1 given @activities.k.by
          corrected cell [k, region] 3 part/2
            corrected row [k] 10 sum
            equal weight [kassa] 1 given @activities.k.by
            equal weight [region] 1 given @activities.k.by
            equal weight [kommun] 1 given @activities.k.by
          corrected cell [k, kommun] 3 part/3
            corrected row [k] 10 sum
            equal weight [kassa] 1 given @activities.k.by
            equal weight [region] 1 given @activities.k.by
            equal weight [kommun] 1 given @activities.k.by
        """,
    )
    is_(
        year.activity("omsorg").steps["conversion"],
        2,
        """
        conversion [omsorg] -1 sum
          conversion out [omsorg] -1 less
            nothing 0 sum
            conversion [omsorg, p] 1 given @years.1998.conversions.0.amount
        """,
    )
    is_(year.activity("k").steps["correction"], 1, "correction [k] 1 sum\n  correction [k] 1 given @years.1998.corrections.2.amount\n")


# --- years of which little is known ------------------------------------------------------------------------------------------------


def test_a_year_of_no_rows_has_a_frame_of_nothing_where_its_costs_are_stated() -> None:
    """A year of which nothing is said has none."""
    year = settled(
        f"{PERIOD}{PARTIES}sharing: {{surplus: equal, deficit: equal}}\nyears: {{1998: {{actual: {{}}}}, 1999: {{note: later}}}}\n"
    )
    told_, silent = year.year(1998), year.year(1999)
    assert (told_.totals.units("final_frame"), told_.totals.units("result"), told_.status) == (0, 0, "final")
    assert (silent.totals.units("final_frame"), silent.totals.units("result"), silent.status) == (None, None, "budget")
    assert [party.contribution for party in year.year(1999).parties] == [None] * 3


@pytest.mark.parametrize(
    ("ceiling", "of_years"),
    [
        ("[{to: 100, limit: 10 %}, {limit: 5}]", [None, 10, 5]),  # at the edge the step holds, a krona above it the next
        ("[{to: 100, limit: 3}, {limit: 5}]", [None, 3, 5]),
        ("10 %", [None, 10, 10]),
        ("7", [7, 7, 7]),
    ],
)
def test_a_ceiling_that_depends_on_a_frame_waits_for_it(ceiling: str, of_years: list[int | None]) -> None:
    """Frames of nothing known, of 100 and of 101, of which 10 % are 10,1."""
    found = settled(f"""law: 2003:1210
period: {{start: 2020-01-01}}
parties: {{fk: {{role: insurance_office}}, region: {{role: county_council}}}}
activities: {{kansli: {{by: equal, performer: body, cost: administration}}}}
sharing: {{surplus: equal, deficit: equal, flow: real, reserve: {{surplus: 100 %, ceiling: {ceiling}}}}}
opening: {{reserve: 5}}
years: {{2020: {{note: nothing yet}}, 2021: {{frame: {{kansli: 100}}}}, 2022: {{frame: {{kansli: 101}}}}}}
""")
    assert [year.reserve.ceiling for year in found.years if year.reserve is not None] == of_years


# --- what is expected --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "missed_by", "met"),
    [
        ("10", 0, True), ("9", 1, False), ("11", -1, False),
        ("{min: 10}", 0, True), ("{min: 11}", -1, False), ("{min: 9}", 0, True),
        ("{max: 10}", 0, True), ("{max: 9}", 1, False), ("{max: 11}", 0, True),
        ("{min: 10, max: 10}", 0, True), ("{min: 8, max: 9}", 1, False), ("{min: 11, max: 12}", -1, False), ("{min: 9, max: 12}", 0, True),
        ("{min: 7, max: 8}", 2, False), ("{min: 12, max: 13}", -2, False),
        ("{min: 5 %}", 0, True), ("{min: 5.01 %}", -1, False), ("{max: 5 %}", 0, True), ("{max: 4.99 %}", 1, False),
    ],
)  # fmt: skip
def test_an_expectation_is_met_up_to_its_bounds(expected: str, missed_by: int, met: bool) -> None:
    """A result of 10 of a frame of 200: 5 % of it. 5,01 % are 10,02, which 11 is the first to reach; 4,99 % are 9,98, which 9 is the last to keep."""
    year = settled(f"""{PERIOD}{PARTIES}
sharing: {{surplus: equal, deficit: equal}}
years: {{1998: {{frame: {{kassa: 100, kommun: 100}}, actual: {{kassa: 90, kommun: 100}}, expect: {{result: {expected}}}}}}}
""").year(1998)
    (held,) = year.expectations
    assert (held.path, held.computed, held.missed_by, held.met) == ("1998.totals.result", 10, missed_by, met)
    assert held.budget == (200 if "%" in expected else None) and held.place == ("years", "1998", "expect", "result")


def test_a_known_error_of_the_source_must_not_come_out() -> None:
    for stated, met in (("9", True), ("10", False)):
        year = settled(f"""{PERIOD}{PARTIES}
sharing: {{surplus: equal, deficit: equal}}
years: {{1998: {{frame: {{kassa: 100}}, actual: {{kassa: 90}}, expect: {{result: {{value: {stated}, known_error: added up wrongly}}}}}}}}
""").year(1998)
        assert [one.met for one in year.expectations] == [met]


# --- § 1: bases, series and outcomes -----------------------------------------------------------------------------------------------

SERIES = f"""period: {{start: 1998-07-01, end: 2000-12-31}}
{PARTIES}
activities:
  sjuk: {{funder: kassa, cost: sickness_benefit, adjust: riket, base: {{year: 1996, amount: 1200}}}}
  skada: {{funder: kassa, cost: work_injury_benefit, adjust: riket, base: previous_year}}
  vård: {{funder: region, cost: health_care, adjust: riket}}
  delat: {{performer: body, cost: joint_measures, adjust: riket, by: equal}}
  utfall: {{funder: kommun, cost: social_services, adjust: outcome}}
series:
  riket: {{outcome: {{1996: 100, 1998: 110, 1999: 120}}, forecast: {{1998: 105, 1999: 125, 2000: 130}}}}
sharing: {{surplus: equal, deficit: equal}}
years:
  1998:
    annual_amounts: true
    frame: {{skada: 240, vård: 420, delat: 90, utfall: 100}}
    actual: {{sjuk: 600, skada: 130, vård: 200, delat: 50, utfall: 40}}
  1999: {{frame: {{vård: 500, delat: 100, utfall: 100}}, actual: {{sjuk: 1400, skada: 250, vård: 500, delat: 90, utfall: 99}}}}
  2000: {{frame: {{vård: 500, delat: 100, utfall: 100}}}}
"""


@pytest.fixture(scope="module")
def series() -> Settlement:
    return settled(SERIES)


@pytest.mark.parametrize(
    ("number", "rows"),
    [
        # half a year: 1 200 × 105 ÷ 100 ÷ 2, then × 110; 240, 420, 90 and 100 halved, then × 110 ÷ 105 but for the row that is its cost
        (1998, {"sjuk": (630, 30, 660), "skada": (120, 6, 126), "vård": (210, 10, 220), "delat": (45, 2, 47), "utfall": (50, -10, 40)}),
        # 130 in six months are 260 a year: × 125 ÷ 110 is 295,5 and × 120 ÷ 110 is 283,6; amounts × 120 ÷ 125
        (1999, {"sjuk": (1500, -60, 1440), "skada": (295, -11, 284), "vård": (500, -20, 480), "delat": (100, -4, 96), "utfall": (100, -1, 99)}),
        # no outcome yet: 250 × 130 ÷ 120 is 270,8
        (2000, {"sjuk": (1560, 0, 1560), "skada": (271, 0, 271), "vård": (500, 0, 500), "delat": (100, 0, 100), "utfall": (100, 0, 100)}),
    ],
)  # fmt: skip
def test_rows_follow_their_base_the_country_or_their_cost(series: Settlement, number: int, rows: dict[str, tuple[int, int, int]]) -> None:
    year = series.year(number)
    assert {row.id: tuple(row.units(name) for name in ("preliminary", "adjustment", "final")) for row in year.activities} == rows
    assert (year.months, year.status) == (6 if number == 1998 else 12, "budget" if number == 2000 else "final")


@pytest.mark.parametrize(
    ("number", "row", "levels", "text"),
    [
        (
            1998,
            "sjuk",
            2,
            """
            final [sjuk] 660 sum
              adjusted cell [sjuk, kassa] 660 scale/3
                base [sjuk] 1200 given @activities.sjuk.base.amount
                national outcome [riket] 110 given @series.riket.outcome.1998
                months 6 given @period
                national outcome [riket] 100 given @series.riket.outcome.1996
                months in a year 12 given
            """,
        ),
        (
            2000,
            "sjuk",
            2,
            """
            final [sjuk] 1560 sum
              preliminary cell [sjuk, kassa] 1560 scale/3
                base [sjuk] 1200 given @activities.sjuk.base.amount
                national forecast [riket] 130 given @series.riket.forecast.2000
                months 12 given @period
                national outcome [riket] 100 given @series.riket.outcome.1996
                months in a year 12 given
            """,
        ),
        (
            1999,
            "skada",
            2,
            """
            final [skada] 284 sum
              adjusted cell [skada, kassa] 284 scale/4
                cost [skada] 130 given @years.1998.actual.skada
                months in a year 12 given
                national outcome [riket] 120 given @series.riket.outcome.1999
                months 12 given @period
                months 6 given @period
                national outcome [riket] 110 given @series.riket.outcome.1998
                months in a year 12 given
            """,
        ),
        (
            1998,
            "vård",
            3,
            """
            final [vård] 220 sum
              adjusted cell [vård, region] 220 scale/2
                preliminary cell [vård, region] 210 scale/2
                  frame amount [vård, region] 420 given @years.1998.frame.vård
                  months 6 given @period
                  months in a year 12 given
                national outcome [riket] 110 given @series.riket.outcome.1998
                national forecast [riket] 105 given @series.riket.forecast.1998
            """,
        ),
        (
            1998,
            "utfall",
            3,
            """
            final [utfall] 40 sum
              adjusted cell [utfall, kommun] 40 part/1
                cost [utfall] 40 given @years.1998.actual.utfall
                preliminary cell [utfall, kommun] 50 scale/2
                  frame amount [utfall, kommun] 100 given @years.1998.frame.utfall
                  months 6 given @period
                  months in a year 12 given
            """,
        ),
    ],
)
def test_a_row_shows_what_it_was_made_of(series: Settlement, number: int, row: str, levels: int, text: str) -> None:
    is_(series.year(number).activity(row).steps["final"], levels, text)


def test_a_row_that_is_divided_is_adjusted_before_it_is(series: Settlement) -> None:
    """47 in thirds: 15,67 each, so that the two left over go to the first two."""
    row = series.year(1998).activity("delat")
    assert [cell.value for cell in row.cells.values()] == [16, 16, 15]
    is_(
        row.cells["kommun"],
        3,
        """
        adjusted cell [delat, kommun] 15 part/3
          adjusted row [delat] 47 scale/2
            preliminary row [delat] 45 scale/2
              frame amount [delat] 90 given @years.1998.frame.delat
              months 6 given @period
              months in a year 12 given
            national outcome [riket] 110 given @series.riket.outcome.1998
            national forecast [riket] 105 given @series.riket.forecast.1998
          equal weight [kassa] 1 given @activities.delat.by
          equal weight [region] 1 given @activities.delat.by
          equal weight [kommun] 1 given @activities.delat.by
        """,
    )


# --- a year of which only the total is known --------------------------------------------------------------------------------------------


def by_party(year: YearResult, figure: str) -> list[int | None]:
    return [party.units(figure) for party in year.parties]


def totals(year: YearResult, *names: str) -> list[int | None]:
    return [year.totals.units(name) for name in names]


@pytest.mark.parametrize(
    ("terms", "stated", "whole", "allocated", "settled_"),
    [
        # result, shared, kept and actual; without a frame the cost is not known
        ("", "result: 10", [10, 10, 0, None], [4, 3, 3], [4, 3, 3]),
        ("", "frame: {kassa: 30, kommun: 70}, result: -10", [-10, -10, 0, 110], [-3, 0, -7], [-3, 0, -7]),
        ("", "frame: {kassa: 30, kommun: 70}, result: 0", [0, 0, 0, 100], [0, 0, 0], [0, 0, 0]),
        # a part that is not shared stays with those who fund, and nobody knows who: what each ends with is not known
        ("shared: 50 %, ", "result: 10", [10, 5, 5, None], [2, 2, 1], [None, None, None]),
        ("bands: {surplus: [{to: 4, shared: 100 %}, {shared: 50 %}]}, ", "result: 10", [10, 7, 3, None], [3, 2, 2], [None, None, None]),
        ("bands: {surplus: [{to: 10, shared: 100 %}, {shared: 50 %}]}, ", "result: 10", [10, 10, 0, None], [4, 3, 3], [4, 3, 3]),
    ],
)  # fmt: skip
def test_a_total_is_shared_as_far_as_it_can_be(
    terms: str, stated: str, whole: list[int | None], allocated: list[int], settled_: list[int | None]
) -> None:
    """A surplus in equal parts, a deficit by the frame."""
    text = f"{PERIOD}{PARTIES}sharing: {{{terms}surplus: equal, deficit: frame}}\nyears: {{1998: {{{stated}}}}}\n"
    year = settled(text).year(1998)
    assert totals(year, "result", "shared", "kept", "actual") == whole
    assert totals(year, "uses", "settled") == [0, whole[0]]
    assert by_party(year, "allocated") == allocated and by_party(year, "settled") == settled_
    assert by_party(year, "kept") == [None if settled_[0] is None else 0] * 3
    assert by_party(year, "used") == [0, 0, 0] == by_party(year, "divided")
    assert (year.status, year.sharing.distribution, year.payments, year.body.units("transfer")) == ("final", True, (), None)
    assert year.sharing.key == (None if not whole[0] else "surplus" if whole[0] > 0 else "deficit")


@pytest.mark.parametrize(("paid", "fine"), [("{kassa: -2, region: 1, kommun: 1}", True), ("{kassa: -1, region: 0, kommun: 1}", False)])
def test_a_total_cannot_pay_what_was_left_before(paid: str, fine: bool) -> None:
    """1998 was closed with what it comes to, or with 1 less; 1999 gives its total alone."""
    text = f"""{PERIOD}{PARTIES}sharing: {{surplus: equal, deficit: equal}}
years:
  1998: {{frame: {{kassa: 30, region: 30, kommun: 30}}, actual: {{kassa: 27, region: 30, kommun: 30}}, transferred: {paid}}}
  1999: {{result: 3}}
"""
    if fine:
        assert by_party(settled(text).year(1999), "settled") == [1, 1, 1]
    else:
        said, at = refused(text)
        assert said == "only the total result of 1999 is given, but what was left to be paid before would have to be paid in it"
        assert at.startswith("result: 3")


# --- § 4a and § 7: own capital, and a debt that is not paid -----------------------------------------------------------------------------

ENDING = """law: 2003:1210
period: {start: 2020-01-01, end: 2022-12-31}
parties: {fk: {role: insurance_office}, region: {role: county_council}, kommun: {role: municipality, to: 2020}}
activities: {kansli: {by: equal, performer: body, cost: administration}}
sharing: {surplus: equal, deficit: equal, flow: real, association_shares: {fk: 50 %, region: 25 %, kommun: 25 %}}
opening: {reserve: 20}
years:
  2020: {frame: {kansli: 90}, actual: {kansli: 93}}
  2021: {frame: {kansli: 90}, actual: {kansli: 80}, shortfall: 10}
  2022: {frame: {kansli: 90}, actual: {kansli: 90}, shortfall: 2}
"""


def test_a_party_that_has_left_answers_for_a_debt_and_has_its_part_of_own_capital() -> None:
    """10 by 50, 25 and 25 %: 5, 2,5 and 2,5, of which the one left over goes to the earlier. At the end 20 are divided by what each put in: 30 + 45 + 45,
    the same, and 30: 120, 120 and 30 of 270 are 8,9, 8,9 and 2,2."""
    found = settled(ENDING)
    assert [year.shortfall is None for year in found.years] == [True, False, False]
    owed = found.year(2021).shortfall
    assert owed is not None and {party: step.value for party, step in owed.parties.items()} == {"fk": 5, "region": 3, "kommun": 2}
    assert (owed.amount.value, owed.amount.place) == (10, ("years", "2021", "shortfall"))
    assert [party.id for party in found.year(2021).parties] == ["fk", "region"]
    last = found.year(2022)
    assert [party.id for party in last.parties] == ["fk", "region", "kommun"] and last.reserve is not None
    assert [last.reserve.units(name) for name in ("opening", "set_aside", "divided", "closing")] == [20, 0, 20, 0]
    assert by_party(last, "divided") == [9, 9, 2] == by_party(last, "settled") == by_party(last, "transfer")
    assert by_party(last, "contribution") == [45, 45, 0] == by_party(last, "preliminary")
    assert totals(last, "settled") == [20] and last.sharing.key is None
    assert [(one.payer, one.payee, one.amount) for one in last.payments] == [
        ("body", "fk", 9),
        ("body", "region", 9),
        ("body", "kommun", 2),
    ]


def test_without_agreed_shares_nobody_is_named_for_a_debt() -> None:
    owed = settled(ENDING.replace(", association_shares: {fk: 50 %, region: 25 %, kommun: 25 %}", "")).year(2021).shortfall
    assert owed is not None and (owed.amount.value, owed.parties) == (10, {})


# --- § 5: what was really paid ----------------------------------------------------------------------------------------------------------

PAID = """period: {start: 1998-01-01, end: 2001-12-31}
parties: {kassa: {role: insurance_office}, region: {role: county_council, to: 1998}, kommun: {role: municipality}}
sharing: {surplus: equal, deficit: equal}
years:
  1998: {frame: {kassa: 30, region: 30, kommun: 30}, actual: {kassa: 27, region: COST, kommun: 30}, transferred: {kassa: -2, region: 1, kommun: 1}}
  1999: {frame: {kassa: 30, kommun: 30}, actual: {kassa: 28, kommun: 30}}
"""


def test_a_difference_of_a_closed_year_waits_for_the_next() -> None:
    """1998: with a cost of 33 nothing is left to share, so that 3 are kassa's to pay and region's to receive: 1 more each than was paid, and
    the 1 that kommun got is to be paid back. Region has left, and is listed in 1999 for its 2."""
    first, second = settled(PAID.replace("COST", "33")).years
    assert [(one.party, one.units("stated"), one.units("computed"), one.units("difference"), one.paid_in) for one in first.transferred] == [
        ("kassa", -2, -3, -1, 1999), ("region", 1, 3, 2, 1999), ("kommun", 1, 0, -1, 1999),
    ]  # fmt: skip
    assert by_party(first, "transfer") == [-2, 1, 1] and by_party(first, "carried") == [-1, 2, -1] and first.takes_up == ()
    assert [(party.id, party.units("transfer"), party.units("carried")) for party in second.parties] == [
        ("kassa", -2, 0), ("region", 2, 0), ("kommun", 0, 0),
    ]  # fmt: skip
    assert [(one.party, one.year) for one in second.takes_up] == [("kassa", 1998), ("region", 1998), ("kommun", 1998)]
    assert second.transferred == () and [(one.payer, one.payee, one.amount) for one in second.payments] == [("kassa", "region", 2)]


def test_a_closed_year_that_was_paid_as_it_comes_out_leaves_nothing() -> None:
    """3 in equal parts: kassa keeps 1 of them, and has paid 2."""
    first, second = settled(PAID.replace("COST", "30")).years
    assert [one.units("difference") for one in first.transferred] == [0, 0, 0] and by_party(first, "carried") == [0, 0, 0]
    assert second.takes_up == () and [party.id for party in second.parties] == ["kassa", "kommun"]
    assert by_party(second, "transfer") == [-1, 1]


# --- figures by their path --------------------------------------------------------------------------------------------------------------


def test_a_figure_has_an_amount_none_or_is_not_there() -> None:
    """In 1998 a total of 10 tkr of which half is shared, so that nobody knows what each ends with; nothing is known of 1999."""
    found = settled(f"""unit: tkr
rounding: tkr
{PERIOD}{PARTIES}sharing: {{shared: 50 %, surplus: equal, deficit: equal}}
years: {{1998: {{result: 10}}, 1999: {{note: later}}}}
""")
    for path, units, absent in (
        ("1998.totals.result", 10, 10), ("1998.parties.kassa.allocated", 2, 2), ("1998.parties.kassa.settled", None, None),
        ("1998.sharing.withheld", 0, 0), ("1998.totals.final_frame", None, None),
        ("1998.totals.nothing", None, 7), ("1998.parties.nobody.settled", None, 7), ("1998.nothing.at.all", None, 7), ("1998.totals", None, 7),
        ("1997.totals.result", None, 7), ("1999.totals.result", None, None), ("1999.to_date.totals.booked", None, 7),
    ):  # fmt: skip
        assert (units_at(found, path), units_at(found, path, 7)) == (units, absent), path
        assert ore_at(found, path) == (None if units is None else units * 100_000)
    ore = all_ore(found)
    assert (ore["1998.totals.result"], ore["1998.parties.kassa.settled"], "1999.totals.result" in ore) == (1_000_000, None, True)


def test_a_cell_and_a_payment_have_paths_of_their_own(series: Settlement) -> None:
    """Half a year of 47 in thirds, and the payments numbered from 0 in their order."""
    assert [units_at(series, f"1998.activities.delat.cells.{party}") for party in ("kassa", "region", "kommun", "nobody")] == [
        16,
        16,
        15,
        None,
    ]
    year = series.year(1998)
    assert [units_at(series, f"1998.payments.{number}", -1) for number in range(len(year.payments) + 1)] == [
        *(one.amount for one in year.payments), -1,
    ]  # fmt: skip


# --- § 4a: what is set aside, and what own capital covers ------------------------------------------------------------------------------


def with_capital(reserve: str, opening: int, cost: int, uses: int = 0) -> YearResult:
    """A year with a frame of 100."""
    used = f", uses: [{{for: staff, amount: {uses}}}]" if uses else ""
    return settled(f"""law: 2003:1210
period: {{start: 2020-01-01}}
parties: {{fk: {{role: insurance_office}}, region: {{role: county_council}}}}
activities: {{kansli: {{by: equal, performer: body, cost: administration}}}}
sharing: {{surplus: equal, deficit: equal, flow: real, reserve: {reserve}}}
opening: {{reserve: {opening}}}
years: {{2020: {{frame: {{kansli: 100}}, actual: {{kansli: {cost}}}{used}}}}}
""").year(2020)


@pytest.mark.parametrize(
    ("reserve", "opening", "cost", "uses", "aside", "parts_"),
    [
        # a surplus of 20: half of what uses leave is set aside, as far as there is room below the ceiling
        ("{surplus: 50 %}", 20, 80, 0, 10, [5, 5]), ("{surplus: 50 %}", 20, 80, 4, 8, [6, 6]), ("{surplus: 50 %}", 20, 80, 1, 10, [5, 5]),
        ("{surplus: 50 %, ceiling: 30, above: divide}", 20, 80, 0, 10, [5, 5]),
        ("{surplus: 50 %, ceiling: 30, above: divide}", 21, 80, 0, 9, [6, 5]),
        ("{surplus: 50 %, ceiling: 30, above: divide}", 30, 80, 0, 0, [10, 10]),
        ("{surplus: 50 %, ceiling: 30, above: divide}", 31, 80, 0, 0, [10, 10]),
        ("{surplus: 50 %, ceiling: 30, above: keep}", 31, 80, 0, 10, [5, 5]), ("{surplus: 50 %}", 20, 80, 20, 0, [10, 10]),
        # a deficit of 20: half of it is covered, as far as there is own capital above the floor
        ("{deficit: 50 %}", 20, 120, 0, -10, [-5, -5]), ("{deficit: 50 %, floor: 10}", 20, 120, 0, -10, [-5, -5]),
        ("{deficit: 50 %, floor: 11}", 20, 120, 0, -9, [-6, -5]), ("{deficit: 50 %, floor: 20}", 20, 120, 0, 0, [-10, -10]),
        ("{deficit: 50 %, floor: 25}", 20, 120, 0, 0, [-10, -10]), ("{surplus: 100 %}", 20, 120, 0, -20, [0, 0]),
        ("none", 20, 120, 0, 0, [-10, -10]), ("none", 20, 80, 0, 0, [10, 10]), ("{surplus: 50 %}", 20, 100, 0, 0, [0, 0]),
    ],
)  # fmt: skip
def test_own_capital_takes_and_gives_within_its_limits(
    reserve: str, opening: int, cost: int, uses: int, aside: int, parts_: list[int]
) -> None:
    year = with_capital(reserve, opening, cost, uses)
    assert year.reserve is not None and by_party(year, "allocated") == parts_
    assert [year.reserve.units(name) for name in ("opening", "set_aside", "divided", "closing")] == [opening, aside, 0, opening + aside]
    assert totals(year, "shared", "settled") == [100 - cost, 100 - cost - uses - aside]


def test_how_own_capital_is_limited_is_shown() -> None:
    """20 less 4 in use are 16, of which half would be set aside; from 26 to 30 there is room for 4. Of a deficit of 20 half would be
    covered; above the floor of 15 there are 5."""
    year = with_capital("{surplus: 50 %, ceiling: 30, above: divide}", 26, 80, 4)
    assert year.reserve is not None
    is_(
        year.reserve.steps["set_aside"],
        4,
        """
        set aside 4 least
          to be set aside 8 scale/2
            part of the surplus set aside 1/2 given @sharing.reserve.surplus
            surplus after uses 16 greatest
              shared less uses 16 less
                shared 20 sum
                uses 4 sum
              nothing 0 sum
          room below the ceiling 4 greatest
            ceiling less own capital 4 less
              ceiling 30 given @sharing.reserve.ceiling
              own capital 26 given @opening.reserve
            nothing 0 sum
        """,
    )
    is_(year.reserve.steps["closing"], 1, "closing 30 sum\n  own capital 26 given @opening.reserve\n  set aside 4 least\n")
    year = with_capital("{deficit: 50 %, floor: 15}", 20, 120)
    assert year.reserve is not None
    is_(
        year.reserve.steps["set_aside"],
        4,
        """
        set aside -5 less
          nothing 0 sum
          covered by own capital 5 least
            to be covered 10 scale/2
              part of the deficit covered 1/2 given @sharing.reserve.deficit
              deficit without its sign 20 less
                nothing 0 sum
                shared -20 sum
            above the floor 5 greatest
              own capital less the floor 5 less
                own capital 20 given @opening.reserve
                floor 15 given @sharing.reserve.floor
              nothing 0 sum
        """,
    )


# --- a plan, and a year that runs -------------------------------------------------------------------------------------------------------

RUNNING = f"""{PERIOD}{PARTIES}
activities:
  a: {{performer: body, cost: joint_measures, by: equal}}
  b: {{performer: body, cost: administration, by: equal}}
sharing: {{surplus: equal, deficit: equal}}
years:
  1998: {{frame: {{a: 120, b: 60}}, BUDGETto_date: {{through: 1998-09-30, actual: {{a: 75, b: BOOKED}}, remaining: {{a: pace, b: REST}}}}}}
"""


def running(booked: int, rest: str, budget: str = "") -> YearResult:
    return settled(RUNNING.replace("BUDGET", budget).replace("BOOKED", str(booked)).replace("REST", rest)).year(1998)


@pytest.mark.parametrize(
    ("booked", "rest", "remaining"),
    [
        (30, "pace", 10),  # at the pace of nine months: × 3 ÷ 9
        (30, "frame", 15),  # what the frame of 60 has for three months
        (30, "7", 7), (0, "7", 7),
        (0, "pace", 15), (1, "pace", 0), (2, "pace", 1),  # nothing booked has no pace: the frame's
        (-5, "pace", 15), (-15, "frame", 15), (-7, "7", 7),
    ],
)  # fmt: skip
def test_what_remains_is_expected_by_the_pace_the_frame_or_an_amount(booked: int, rest: str, remaining: int) -> None:
    year = running(booked, rest)
    assert year.to_date is not None and year.status == "estimate"
    a, b = year.to_date.activities
    assert [b.units(name) for name in ("budget", "booked", "remaining", "expected", "difference")] == [
        60, booked, remaining, booked + remaining, 60 - booked - remaining,
    ]  # fmt: skip
    assert [a.units(name) for name in ("budget", "booked", "remaining", "expected", "difference")] == [120, 75, 25, 100, 20]
    whole = year.to_date.totals
    assert [whole.units(name) for name in ("budget", "booked", "remaining", "expected", "difference")] == [
        180, 75 + booked, 25 + remaining, 100 + booked + remaining, 80 - booked - remaining,
    ]  # fmt: skip
    assert (year.to_date.through, year.to_date.months, year.totals.units("budget")) == ("1998-09-30", None, None)


def test_a_cost_may_come_to_nothing_and_no_less() -> None:
    assert running(-7, "7").activity("b").units("actual") == 0
    text, at = refused(RUNNING.replace("BUDGET", "").replace("BOOKED", "-8").replace("REST", "7"))
    assert text == "`b` would cost less than nothing in 1998" and at.startswith("-8")


def test_a_plan_is_the_budget_in_the_place_of_the_frame() -> None:
    """110 for a and 50 for b, 160 together."""
    year = running(30, "pace", "budget: {a: 110, b: 50}, ")
    assert year.to_date is not None and [row.units("budget") for row in (*year.to_date.activities, year.to_date.totals)] == [110, 50, 160]
    assert (year.totals.units("budget"), year.activity("a").units("budget"), year.activity("b").units("budget")) == (160, 110, 50)
    is_(
        year.totals.steps["budget"],
        1,
        "planned cost 160 sum\n  planned cost [a] 110 given @years.1998.budget.a\n  planned cost [b] 50 given @years.1998.budget.b\n",
    )
    is_(
        year.activity("a").steps["actual"],
        2,
        """
        cost [a] 100 sum
          booked [a] 75 given @years.1998.to_date.actual.a
          remaining [a] 25 scale/2
            booked [a] 75 given @years.1998.to_date.actual.a
            months ahead 3 given @years.1998.to_date.through
            months past 9 given @years.1998.to_date.through
        """,
    )


def test_only_years_with_an_outcome_count_as_contributed() -> None:
    """1998 has a frame of 100 from kassa and no costs; of 1999 the 4 that are left fall 10 : 30."""
    text = f"""{PERIOD}{PARTIES}
activities: {{a: {{performer: body, cost: joint_measures}}}}
sharing: {{surplus: contributed, deficit: contributed}}
years:
  1998: {{frame: {{a: {{kassa: 100}}}}}}
  1999: {{frame: {{a: {{kassa: 10, kommun: 30}}}}, actual: {{a: 36}}}}
"""
    assert by_party(settled(text).year(1999), "allocated") == [1, 0, 3]
