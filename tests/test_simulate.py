"""``socsam simulate``: draws that depend on nothing but the seed, exact tallies, the same result whoever does the work."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT

from socsam_calc.answers.simulation.draws import BLOCK, Input, draw
from socsam_calc.answers.simulation.tally import Figure, Steps, deviation, steps_for

EXAMPLE = Path(__file__).parent / "worked_example.yaml"


def an_input(name: str = "years.1998.actual.x", distribution: str = "normal", least: int | None = 0, **parameters: float) -> Input:
    return Input(name, "amount", 1, distribution, parameters, least, None, (), name)


# --- draws ---------------------------------------------------------------------------------------------------------------


def test_a_draw_is_the_same_whatever_is_drawn_with_it() -> None:
    one, other = an_input(mean=1e6, sd=1e5), an_input("years.1998.actual.y", mean=5e5, sd=1e5)
    long = draw([one, other], 7, 0, 3 * BLOCK).values[one.name]
    assert (draw([one], 7, 0, 100).values[one.name] == long[:100]).all()
    assert (draw([other, one], 7, BLOCK - 3, 2 * BLOCK + 9).values[one.name] == long[BLOCK - 3 : 2 * BLOCK + 9]).all()
    assert not (draw([one], 8, 0, 100).values[one.name] == long[:100]).any()


@pytest.mark.parametrize(
    ("made", "mean", "sd"),
    [
        (an_input(mean=1e6, sd=1e5), 1e6, 1e5),
        (an_input(distribution="lognormal", mean=1e6, sd=5e5), 1e6, 5e5),
        (an_input(distribution="uniform", min=0, max=1e6), 5e5, 1e6 / 12**0.5),
        # a triangle from 0 to 6 with its top at 3 has mean 3 and variance (36 + 0 + 9 − 0 − 18 − 0) / 18 = 1.5
        (an_input(distribution="triangular", min=0, mode=3e6, max=6e6), 3e6, 1e6 * 1.5**0.5),
    ],
    ids=lambda value: value.distribution if isinstance(value, Input) else "",
)
def test_a_distribution_has_its_mean_and_deviation(made: Input, mean: float, sd: float) -> None:
    values = draw([made], 1, 0, 50 * BLOCK).values[made.name]
    assert abs(values.mean() - mean) < 5 * sd / (50 * BLOCK) ** 0.5
    assert abs(values.std() / sd - 1) < 0.02


def test_a_draw_that_no_file_may_hold_is_set_to_the_limit_and_counted() -> None:
    made = an_input(mean=0, sd=100)
    drawn = draw([made], 1, 0, BLOCK)
    assert drawn.values[made.name].min() == 0
    assert 0.45 < drawn.clipped[made.name] / BLOCK < 0.55


def test_columns_of_a_file_are_drawn_together() -> None:
    first = Input("a", "amount", 1, "drawn", {}, 0, None, (1, 2, 3), "lines of x.csv")
    second = Input("b", "amount", 1, "drawn", {}, 0, None, (10, 20, 30), "lines of x.csv")
    values = draw([first, second], 3, 0, 1_000).values
    assert (values["b"] == 10 * values["a"]).all()
    assert set(values["a"].tolist()) == {1, 2, 3}


# --- tallies -------------------------------------------------------------------------------------------------------------


def tallied(values: Any, steps: Steps, pieces: int = 1) -> Figure:
    parts = []
    for piece in np.array_split(values, pieces):
        parts.append(Figure(steps))
        parts[-1].add(piece)
    for other in parts[1:]:
        parts[0].merge(other)
    return parts[0]


def test_mean_and_deviation_are_exact() -> None:
    """1, 2, 3, 6: mean 3, squares of the distances 4 + 1 + 0 + 9 = 14, over 3."""
    figure = tallied(np.array([6, 1, 3, 2]), Steps(100, None))
    assert (figure.mean, figure.variance) == (3, Fraction(14, 3))
    assert figure.quantiles([Fraction(1, 2), Fraction(19, 20), Fraction(0)]) == [2, 6, 1]


@pytest.mark.parametrize("size", [10**3, 10**7, 10**13])
def test_tallies_merge_to_the_same_whatever_the_pieces(size: int) -> None:
    values = np.random.default_rng(1).integers(-size, size, 20_000)
    for steps in (Steps(0, None), steps_for(-size // 2, size // 3)):
        one, many = tallied(values, steps), tallied(values, steps, 7)
        assert (one.total, one.squares, one.negative, one.least, one.most) == (
            many.total,
            many.squares,
            many.negative,
            many.least,
            many.most,
        )
        assert one.squares == sum((value - steps.origin) ** 2 for value in values.tolist())
        shares = [Fraction(1, 20), Fraction(1, 2), Fraction(19, 20)]
        assert one.quantiles(shares) == many.quantiles(shares)
        exact = np.sort(values)[[999, 9_999, 18_999]].tolist()
        for got, value in zip(one.quantiles(shares), exact, strict=True):
            assert got is not None
            assert abs(got - value) <= one.error
        assert sum(count for _, _, count in one.histogram(12)) == 20_000


def test_a_draw_far_out_costs_no_memory() -> None:
    steps = steps_for(0, 1_000_000)
    figure = tallied(np.array([5, 10**18, -(10**18), 7]), steps)
    figure.add(np.array([6]))
    assert len(figure.dense) < 1_000_000
    assert abs(figure.quantiles([Fraction(1, 2)])[0] - 6) <= figure.error  # type: ignore[operator]


# --- the command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def stated(tmp_path: Path) -> Callable[[str], str]:
    def write(uncertain: str) -> str:
        path = tmp_path / "uncertain.yaml"
        path.write_text(f"format: socsam-scenarios/1\nagreement: {EXAMPLE}\nuncertain:\n{uncertain}", encoding="utf-8")
        return str(path)

    return write


COSTS = """  years.1998.actual.family_care: {normal: {mean: 73 900, sd: 5 %}}
  series.national_sickness_cost.outcome.1998: {triangular: {min: 110, mode: 118, max: 126}}
"""


def simulated(socsam: Callable[..., Any], *arguments: object) -> Any:
    done = socsam("simulate", *arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)["simulations"][0]


def test_a_point_has_no_spread(socsam: Callable[..., Any], stated: Callable[[str], str]) -> None:
    """A uniform cost from 73 900 to 73 900 is the worked example itself: 255, 290, 385 tkr."""
    found = simulated(socsam, stated("  years.1998.actual.family_care: {uniform: {min: 73 900, max: 73 900}}\n"), "--draws", 50)
    figures = {figure["path"]: figure for figure in found["figures"]}
    assert [figures[f"1998.parties.{party}.settled"]["mean"] for party in ("kassa", "landsting", "kommun")] == [255_000, 290_000, 385_000]
    assert all(figure["sd"] == 0 and figure["p5"] == figure["p95"] == figure["mean"] for figure in found["figures"])


def test_the_chance_of_a_deficit_and_of_a_missed_bound(socsam: Callable[..., Any], stated: Callable[[str], str]) -> None:
    """The cost is 73 900 to 75 900, each alike; the result 930 − x is below 0 for x from 931 to 2 000, in 1 070 of 2 000 tkr.
    Kommun's third of it is below −100 from a result of −301 on (its part of −301 is −100, of −302 it is −100, of −303 −101)."""
    file = stated("  years.1998.actual.family_care: {uniform: {min: 73 900, max: 75 900}}\nexpect: {settled: {kommun: {min: -100}}}\n")
    found = simulated(socsam, file, "--draws", 200_000)
    result = next(figure for figure in found["figures"] if figure["path"] == "1998.totals.result")
    assert abs(result["chance_negative"] - 1_069.5 / 2_000) < 0.005
    assert abs(found["bounds"][0]["chance_missed"] - (1_069.5 - 302) / 2_000) < 0.005
    missed = socsam("simulate", file, "--risk", "30 %")
    assert missed.status == 1
    line = Path(file).read_text("utf-8").splitlines().index("expect: {settled: {kommun: {min: -100}}}") + 1
    assert missed.err.startswith(f"{file}:{line}:20: the bound of 1998.parties.kommun.settled is missed in ")
    assert socsam("simulate", file, "--risk", "60 %").status == 0


def test_the_table_in_both_languages(socsam: Callable[..., Any], stated: Callable[[str], str]) -> None:
    file = stated(COSTS)
    english, swedish = socsam("simulate", file).out, socsam("simulate", file, "--lang", "sv").out
    assert "Exempelköping: Projekt Exempel, 10 000 draws. Amounts in tkr." in english
    assert "chance of deficit" in english
    assert "risk för underskott" in swedish
    assert "Frö 1: samma frö ger samma dragningar." in swedish
    assert socsam("simulate", file, "--format", "markdown").out.startswith("# Exempelköping: Projekt Exempel, 10 000 draws")
    rows = list(csv.DictReader(socsam("simulate", file, "--format", "csv").out.splitlines()))
    assert [row["figure"] for row in rows][:2] == ["1998.totals.result", "1998.parties.kassa.settled"]


def test_several_processes_change_nothing(socsam: Callable[..., Any], stated: Callable[[str], str], tmp_path: Path) -> None:
    file, one, two = stated(COSTS), tmp_path / "one.csv", tmp_path / "two.csv"
    alone = socsam("simulate", file, "--draws", 60_000, "--format", "json", "--draws-output", one)
    together = socsam("simulate", file, "--draws", 60_000, "--format", "json", "--draws-output", two, "--workers", 2)
    assert alone.status == together.status == 0
    assert alone.out == together.out
    assert one.read_bytes() == two.read_bytes()
    lines = list(csv.DictReader(one.read_text(encoding="utf-8").splitlines()))
    assert [int(line["draw"]) for line in lines] == list(range(60_000))
    assert sum(int(line["1998.parties.kommun.settled"]) for line in lines) / 60_000 == pytest.approx(
        next(f["mean"] for f in json.loads(alone.out)["simulations"][0]["figures"] if f["path"] == "1998.parties.kommun.settled"), abs=0.01
    )


def test_whatever_a_file_can_say_may_be_uncertain(socsam: Callable[..., Any], stated: Callable[[str], str]) -> None:
    """A share of a key is no figure of the batches: its draws are settled one by one, and `rest` takes up the difference."""
    found = simulated(socsam, stated("  sharing.deficit.kassa: {uniform: {min: 10 %, max: 40 %}}\n"), "--draws", 40)
    assert found["one_by_one"] == 40
    assert found["refused"] == 0


def test_draws_that_cannot_be_settled_are_counted_and_left_out(socsam: Callable[..., Any], tmp_path: Path) -> None:
    """A use of 880 tkr out of a shared surplus of 930 − x, with x alike from 0 to 80: refused from 51 on."""
    agreement = tmp_path / "agreement.yaml"
    text = EXAMPLE.read_text(encoding="utf-8").split("    expect:")[0] + "    uses: [{for: staff, amount: 880}]\n"
    agreement.write_text(text, encoding="utf-8")
    file = tmp_path / "uncertain.yaml"
    uncertain = "uncertain: {years.1998.actual.family_care: {uniform: {min: 73900, max: 73980}}}\n"
    file.write_text(f"format: socsam-scenarios/1\nagreement: agreement.yaml\n{uncertain}", encoding="utf-8")
    found = simulated(socsam, file, "--draws", 4_000)
    assert abs(found["refused"] / 4_000 - 29.5 / 80) < 0.03
    assert found["draws"] == 4_000
    assert found["figures"][0]["draws"] == 4_000 - found["refused"]
    assert found["figures"][0]["min"] >= 880_000  # what is left are results of 880 tkr and more


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("again", [False, True])
def test_a_request_to_stop_ends_it_in_seconds_with_what_is_known(
    stated: Callable[[str], str], tmp_path: Path, workers: str, number: signal.Signals, again: bool
) -> None:
    """Ctrl-C gives what is known, and nothing but that is said; both leave no process, and the file of draws as it was.

    A second one may come while what is known is written, and ends that.
    """
    draws = tmp_path / "draws" / "draws.csv"
    draws.parent.mkdir()
    command = [sys.executable, "-m", "socsam_calc", "simulate", stated(COSTS), "-f", "json", "--draws-output", str(draws)]
    command += ["--draws", "100000000000", "--workers", workers]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not any(path.stat().st_size for path in draws.parent.iterdir()):  # the first draws are on their way into the file
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    started = time.monotonic()
    running.send_signal(number)
    if again:
        time.sleep(0.1)
        running.send_signal(number)
    out, err = running.communicate(timeout=60)
    assert time.monotonic() - started < 30
    assert not list(draws.parent.iterdir())
    while subprocess.run(["ps", "-o", "pid=", "-s", str(running.pid)], capture_output=True, check=False).stdout:
        assert time.monotonic() - started < 60, "a process of the run lives on"
        time.sleep(0.1)
    if again:
        # the second one may end it as the system does; a shell tells both alike
        assert running.returncode in (128 + number, -number) and err in ("", f"{draws} was not written\n")
    elif number == signal.SIGINT:
        assert (running.returncode, err) == (130, f"{draws} was not written\n")
        found = json.loads(out)["simulations"][0]
        assert found["partial"] and found["draws"] > 0
        assert {figure["draws"] for figure in found["figures"]} == {found["draws"]}  # no piece is counted in part
    else:
        assert (running.returncode, out, err) == (143, "", "")


def test_without_numpy_one_line_says_what_to_install(
    socsam: Callable[..., Any], stated: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("socsam_calc.batch", "socsam_calc.answers.simulation"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    done = socsam("simulate", stated(COSTS))
    assert (done.status, done.err) == (2, "socsam simulate needs NumPy\n   pip install 'socsam-calc[scale]'\n")


@pytest.mark.parametrize(
    ("uncertain", "said"),
    [
        ("  years.1998.actual.family_car: {normal: {mean: 1, sd: 1}}\n", "family_car"),
        ("  years.1998.actual.family_care: {drawn: {file: none.csv, column: a}}\n", "there is no such file"),
        ("  years.1998.actual.family_care: {normal: {mean: 1, sd: 0}}\n", "not above 0"),
        ("  {}\n", "no uncertain input"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(socsam: Callable[..., Any], stated: Callable[[str], str], uncertain: str, said: str) -> None:
    done = socsam("simulate", stated(uncertain))
    assert done.status == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert "uncertain.yaml" in done.err


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("2000.parties.kasa.settled", "did you mean `2000.parties.kassa.settled`?"),
        ("2000.parties.body.settled", "there is no figure `2000.parties.body.settled`"),
        ("2000.activities.sickness.cells.kommun", "there is no figure"),
        ("2000.payments.0", "which payment it is changes from draw to draw"),
    ],
)
def test_a_figure_that_cannot_be_simulated_is_refused(socsam: Callable[..., Any], figure: str, said: str) -> None:
    done = socsam("simulate", "examples/whatif/uncertain.yaml", "--draws", 10, "--figure", figure)
    assert done.status == 2 and f"--figure {figure}: " in done.err and said in done.err


def test_a_bound_without_its_year_holds_in_every_year_that_is_settled(socsam: Callable[..., Any], tmp_path: Path) -> None:
    """As in whatif: Gotland's 2000 is a budget, so what kassa ends with is known of 1997 to 1999, −7 088 tkr at the least as it stands."""
    text = f"format: socsam-scenarios/1\nagreement: {ROOT}/examples/gotland.yaml\nexpect: {{settled: {{kassa: {{min: −8 000}}}}}}\n"
    text += "uncertain:\n  years.1999.actual.services:\n    uniform: {min: 697 000, max: 697 600}\n"
    (tmp_path / "gotland.yaml").write_text(text, encoding="utf-8")
    done = socsam("simulate", tmp_path / "gotland.yaml", "--draws", 50)
    assert done.status == 0
    shown = done.out.replace("\u00a0", " ")
    assert all(f"{year}.parties.kassa.settled at least −8 000" in shown for year in (1997, 1998, 1999)) and "2000.parties" not in shown


def test_files_of_one_name_in_two_folders_are_drawn_apart(socsam: Callable[..., Any], tmp_path: Path) -> None:
    text = f"format: socsam-scenarios/1\nagreement: {ROOT}/examples/gotland.yaml\nuncertain:\n"
    for folder, path in (("a", "years.1999.actual.services"), ("b", "years.1998.actual.services")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.csv").write_text("cost\n690 000\n700 000\n", encoding="utf-8")
        text += f"  {path}:\n    drawn: {{file: {folder}/x.csv, column: cost}}\n"
    (tmp_path / "two.yaml").write_text(text, encoding="utf-8")
    socsam("simulate", tmp_path / "two.yaml", "--draws", 200, "-q", "--draws-output", tmp_path / "draws.csv", "-o", tmp_path / "out.json")
    rows = list(csv.DictReader((tmp_path / "draws.csv").read_text(encoding="utf-8").splitlines()))
    assert len({(row["years.1999.actual.services"], row["years.1998.actual.services"]) for row in rows}) == 4


@pytest.mark.parametrize("taken", ["u.yaml", "./u.yaml", "out.csv", "-"])
def test_draws_take_the_place_of_no_other_file(socsam: Callable[..., Any], tmp_path: Path, taken: str) -> None:
    text = (ROOT / "examples/whatif/uncertain.yaml").read_text(encoding="utf-8").replace("../complete.yaml", "complete.yaml")
    (tmp_path / "uncertain.csv").write_bytes((ROOT / "examples/whatif/uncertain.csv").read_bytes())
    (tmp_path / "complete.yaml").write_text((ROOT / "examples/complete.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "u.yaml").write_text(text, encoding="utf-8")
    name = taken if taken == "-" else tmp_path / taken
    done = socsam("simulate", tmp_path / "u.yaml", "--draws", 20, "-o", tmp_path / "out.csv", "--draws-output", name)
    assert done.status == 2 and ("is left alone" in done.err or "--draws-output" in done.err)
    assert (tmp_path / "u.yaml").read_text(encoding="utf-8") == text and not (tmp_path / "out.csv").exists()


def test_a_deviation_is_rounded() -> None:
    assert [deviation(Fraction(n), 0) for n in (0, 2, 3, 6, 7, 12, 13)] == [0, 1, 2, 2, 3, 3, 4]
    assert deviation(Fraction(7), 2) == Fraction(265, 100)  # 2,6457…


@pytest.mark.parametrize("taken", ["agreement.yaml", "costs.csv"])
def test_nor_of_a_file_that_the_scenarios_name(socsam: Callable[..., Any], tmp_path: Path, taken: str) -> None:
    (tmp_path / "agreement.yaml").write_text((ROOT / "examples/gotland.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "costs.csv").write_text("cost\n690 000\n700 000\n", encoding="utf-8")
    text = "format: socsam-scenarios/1\nagreement: agreement.yaml\nuncertain:\n"
    text += "  years.1999.actual.services:\n    drawn: {file: costs.csv, column: cost}\n"
    (tmp_path / "u.yaml").write_text(text, encoding="utf-8")
    before = (tmp_path / taken).read_bytes()
    done = socsam("simulate", tmp_path / "u.yaml", "--draws", 20, "--draws-output", tmp_path / taken)
    assert done.status == 2 and "is a file of this run, and is left alone" in done.err
    assert (tmp_path / taken).read_bytes() == before


def test_how_often_own_capital_ends_at_its_floor_or_above_its_ceiling(tmp_path: Path, socsam: Callable[..., Any]) -> None:
    """1 480 000 + 8 400 000 − 4 092 672 − x is above 1 680 000 for x below 4 107 328, and is all used up for x of 5 787 328 or more.

    Of 4 000 000 to 6 000 000 that is 5,3664 % and 10,6336 %; 20 000 draws come within 0,7 points of either (4 standard deviations).
    """
    shutil.copy(ROOT / "examples" / "samordningsforbund.yaml", tmp_path)
    file = tmp_path / "risk.yaml"
    uncertain = "uncertain: {years.2021.actual.rehab: {uniform: {min: 4 000 000, max: 6 000 000}}}"
    file.write_text(f"format: socsam-scenarios/1\nagreement: samordningsforbund.yaml\n{uncertain}\n", encoding="utf-8")
    said = ("simulate", file, "--draws", 20_000, "--year", 2021)
    [told] = json.loads(socsam(*said, "--format", "json").out)["simulations"]
    [year] = told["reserve"]
    assert (year["year"], year["floor"]) == (2021, 0)
    assert abs(year["chance_above_ceiling"] - 0.053664) < 0.007 and abs(year["chance_at_floor"] - 0.106336) < 0.009
    two = json.loads(socsam(*said, "--format", "json", "--workers", 2).out)["simulations"]
    assert two == [told]
    shown = socsam(*said).out
    assert f"above its ceiling in {100 * year['chance_above_ceiling']:.1f}".replace(".", ",") in shown
    assert "vid sitt golv på 0 kr, eller under det, i " in socsam(*said, "--lang", "sv").out
