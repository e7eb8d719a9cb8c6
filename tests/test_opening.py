"""What an explanation begins with: a sentence for a reader who knows no formula; and how deep it goes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conftest import EXAMPLES, Outcome

from socsam_calc import explain, load, settle
from socsam_calc.engine.values import known_figures

Socsam = Callable[..., Outcome]
FILE = "examples/complete.yaml"


@pytest.mark.parametrize(
    ("figure", "english", "swedish"),
    [
        # as the tables of `settle` have them, with the parties' names
        ("2000.parties.kommun.settled", "For 2000 Exempelby kommun ends with a burden of 1 085 tkr.", "För 2000 slutar Exempelby kommun på en börda på 1 085 tkr."),
        ("1998.parties.kassa.settled", "For 1998 Försäkringskassan ends with a gain of 410 tkr.", "För 1998 slutar Försäkringskassan på en vinst på 410 tkr."),
        ("2000.parties.kassa.transfer", "In the settlement of 2000 Försäkringskassan receives 202 tkr.", "I avräkningen för 2000 får Försäkringskassan 202 tkr."),
        ("2000.parties.landsting.transfer", "In the settlement of 2000 Landstinget pays 1 128 tkr.", "I avräkningen för 2000 betalar Landstinget 1 128 tkr."),
        ("2000.parties.kassa.carried", "After 2000 Försäkringskassan has nothing more to receive or to pay.", "Efter 2000 har Försäkringskassan inget mer att få eller betala."),
        ("2000.activities.sickness.result", "In 2000 Sjukpenning och rehabiliteringspenning costs 4 060 tkr more than the joint budget has for it.", "År 2000 kostar Sjukpenning och rehabiliteringspenning 4 060 tkr mer än den gemensamma budgeten har till det."),
        ("2000.activities.services.adjustment", "The country's development changes nothing in what the joint budget of 2000 has for Köp av rehabiliteringstjänster.", "Rikets utveckling ändrar inget i det som den gemensamma budgeten för 2000 har till Köp av rehabiliteringstjänster."),
        ("1999.payments.0", "In the settlement of 1999 Försäkringskassan pays 420 tkr to Exempelby kommun.", "I avräkningen för 1999 betalar Försäkringskassan 420 tkr till Exempelby kommun."),
        ("2000", "In 2000 all activities together cost 4 375 tkr more than the joint budget: a deficit.", "År 2000 kostar alla verksamheter tillsammans 4 375 tkr mer än den gemensamma budgeten: ett underskott."),
        ("2000.parties.kommun", "For 2000 Exempelby kommun ends with a burden of 1 085 tkr.", "För 2000 slutar Exempelby kommun på en börda på 1 085 tkr."),
    ],
)  # fmt: skip
def test_an_explanation_begins_with_what_the_figure_means(socsam: Socsam, figure: str, english: str, swedish: str) -> None:
    for lang, sentence in (("en", english), ("sv", swedish)):
        lines = socsam("explain", FILE, figure, "--depth", "1", "--lang", lang).out.splitlines()
        assert lines[2].replace("\u00a0", " ") == sentence


def test_every_figure_begins_with_a_sentence_that_has_its_amount() -> None:
    document = load(EXAMPLES / "complete.yaml")
    for path, step in known_figures(settle(document)).items():
        if step is None or step.value == 0:
            continue
        first = explain(document, path, depth=1).to_text().splitlines()[2]
        digits = re.sub(r"\D", "", f"{abs(step.value)}")
        assert first.endswith((".", "surplus.", "deficit.")) and digits in re.sub(r"\s", "", first), path


def test_the_effect_of_an_evaluation_begins_so_too(socsam: Socsam) -> None:
    """7 + 6 − 8 = 5 mkr, as the three items of the example have it: costs were lower by that."""
    out = socsam("explain", "examples/evaluation/exempelby.yaml").out
    assert "\nOver all years the area's costs were 5 mkr lower than at the pace of the control area.\n" in out.replace("\u00a0", " ")


def test_a_depth_shows_so_many_levels_and_says_how_many_steps_are_left_out(socsam: Socsam) -> None:
    whole = socsam("explain", FILE, "2000.parties.kommun.settled").out
    margins = [len(found[0]) // 2 for found in re.findall(r"^( *)(\[\d+\]) ", whole, re.MULTILINE)]
    for depth in (1, 2, 5):
        out = socsam("explain", FILE, "2000.parties.kommun.settled", "--depth", str(depth)).out
        shown = [len(found[0]) // 2 for found in re.findall(r"^( *)(\[\d+\]) ", out, re.MULTILINE)]
        assert shown == [margin for margin in margins if margin < depth]
        assert f"{len(margins) - len(shown)} deeper steps are left out; without --depth they are shown" in out
    assert "left out" not in whole


def test_a_depth_is_for_readers_alone(socsam: Socsam) -> None:
    outcome = socsam("explain", FILE, "--depth", "2", "--format", "json")
    assert outcome == (2, "", "--depth shortens what people read, and another format is written here\n   leave --depth out\n")
    assert socsam("explain", FILE, "--depth", "0").status == 2
