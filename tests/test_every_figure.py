"""Every figure of a settlement's JSON goes through every command that takes a figure's path, and ``explain`` gives the same value.

The paths are read off the JSON documents, not off the register: a figure that a table of the program lacks shows here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT, Outcome

from socsam_calc import explain, load, settle
from socsam_calc.engine.figures import REGISTER, STORY, PartyResult, figure_at
from socsam_calc.engine.steps import Step
from socsam_calc.engine.values import known_figures
from socsam_calc.model.scenarios import Bounds
from socsam_calc.model.year import Expectations
from socsam_calc.report.derivation.steps import STEPS
from socsam_calc.report.swedish import SWEDISH

Socsam = Callable[..., Outcome]
FILES = sorted(path.name for path in EXAMPLES.glob("*.yaml") if "format: socsam/1" in path.read_text(encoding="utf-8"))
FULL = "complete.yaml"
ASSOCIATION = "../tests/association.yaml"
"""Beside the examples: the one file with own capital."""
RUNNING = "../tests/running.yaml"
"""And the one with a plan, a year that runs, instalments and a closed year."""
OTHERS = (ASSOCIATION, RUNNING)
LANGS = ("en", "sv")
FORMATS = ("table", "json", "csv", "markdown")

ABOUT_THE_YEAR = ("year", "months", "expectations")


# --- the figures, as the JSON has them --------------------------------------------------------------------------------------------


def leaves(data: Any, path: str) -> Iterator[tuple[str, Any]]:
    """What stands in a JSON document, by path: lists by the id or the number of their entries. An entry's `amount` is the entry itself."""
    if isinstance(data, Mapping):
        for key, entry in data.items():
            yield from leaves(entry, f"{path}.{key}")
    elif isinstance(data, list):
        for number, entry in enumerate(data):
            name = entry["party"] if "paid_in" in entry else entry.get("id", number)
            yield from ((one.removesuffix(".amount"), value) for one, value in leaves(entry, f"{path}.{name}"))
    else:
        yield path, data


@cache
def in_json(file: str) -> dict[str, Any]:
    """Amounts of an example's JSON in kronor by path, and whatever else there is null."""
    document = json.loads("".join(settle(load(EXAMPLES / file)).to_json()), parse_float=Decimal)
    found = {}
    for year in document["settlements"][0]["years"]:
        held = {name: part for name, part in year.items() if name not in ABOUT_THE_YEAR}
        found.update(leaves(held, str(year["year"])))
    found = {path: value for path, value in found.items() if not path.endswith(".paid_in")}  # a year
    return {path: value for path, value in found.items() if value is None or (isinstance(value, (int, Decimal)) and value is not True)}


@cache
def derived(file: str) -> dict[str, Step[int] | None]:
    """The steps of an example's figures by path, as the engine gives them."""
    return known_figures(settle(load(EXAMPLES / file)))


def amounts(file: str) -> dict[str, int | Decimal]:
    return {path: value for path, value in in_json(file).items() if value is not None and not isinstance(value, bool)}


def kind(path: str) -> str:
    """The path with * for whatever is named by an id, a number or a year."""
    _, part, *names = path.split(".")
    at = {"activities": 0, "parties": 0, "payments": 0, "instalments": 0, "transferred": 0, "shortfall": 1}.get(part)
    at = 1 if names[:1] == ["activities"] else at
    names = ["*" if place == at or (place == 2 and names[1] == "cells") else name for place, name in enumerate(names)]
    return ".".join([part, *names])


def representatives(file: str) -> list[str]:
    """One known figure of each kind."""
    return list({kind(path): path for path in amounts(file)}.values())


KINDS = {kind(path) for file in [*FILES, *OTHERS] for path in amounts(file)}


# --- the register -----------------------------------------------------------------------------------------------------------------


def test_the_register_has_the_figures_of_the_json_and_no_other() -> None:
    assert set(REGISTER) == KINDS
    shown = {kind(path) for file in (FULL, *OTHERS) for path in amounts(file)}
    assert shown == KINDS, "the full example shows every kind of figure but those of the others"
    for file in FILES:
        for path in amounts(file):
            assert figure_at(path) is REGISTER[kind(path)]


def test_every_figure_is_told_in_the_order_of_the_arithmetic() -> None:
    for file in FILES:
        told = derived(file)
        unknown = {path for path, value in in_json(file).items() if value is None and kind(path) in KINDS}
        assert {path for path, step in told.items() if step is not None} == set(amounts(file))
        assert {path for path, step in told.items() if step is None} >= unknown
    assert {part for part, _ in STORY} == {pattern.split(".")[0] for pattern in REGISTER}


@pytest.mark.parametrize("pattern", REGISTER)
def test_a_figure_has_its_words_in_both_languages_and_the_section_of_its_steps(pattern: str) -> None:
    figure = REGISTER[pattern]
    assert figure.words in SWEDISH and (figure.__doc__ or "").endswith(f"(§ {figure.section}).")
    if isinstance(figure, type(PartyResult.settled)) and pattern.startswith("parties."):
        assert PartyResult.figures[figure.name].of_each in SWEDISH
    file = next(file for file in (FULL, *OTHERS) if any(kind(path) == pattern for path in amounts(file)))
    steps = [step for path in amounts(file) if kind(path) == pattern and (step := derived(file)[path]) is not None]
    assert {STEPS[step.name].section[0] for step in steps} == {figure.section[0]}


def test_what_a_file_may_expect_of_a_year_is_in_the_register() -> None:
    for fields in (Expectations.model_fields, Bounds.model_fields):
        assert {f"totals.{name}" for name in fields if name not in ("settled", "figures", "reserve")} <= set(REGISTER)


# --- explain ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", [*FILES, RUNNING])
def test_explain_derives_every_figure_to_the_value_of_the_json(file: str) -> None:
    document = load(EXAMPLES / file)
    told: dict[str, Fraction] = {}
    for part in dict.fromkeys(".".join(path.split(".")[:2]) for path in amounts(file)):
        held = json.loads(explain(document, part).to_json(), parse_float=str)
        values = {step["id"]: step["value"] for step in held["steps"]}
        told |= {figure["path"]: Fraction(values[figure["step"]]) for figure in held["figures"]}
    assert told == {path: Fraction(value) for path, value in amounts(file).items()}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", FORMATS)
def test_explain_takes_every_part_in_every_format(form: str, lang: str, socsam: Socsam) -> None:
    for part in ("totals", "activities.primary_care", "parties.kommun", "sharing", "body", "payments", "state_split", "shortfall"):
        done = socsam("explain", EXAMPLES / FULL, f"2000.{part}", "-f", form, "--lang", lang)
        assert done.status == 0, (part, done.err)


@pytest.mark.parametrize(("file", "path"), [(file, path) for file in (FULL, RUNNING) for path in representatives(file)])
def test_explain_takes_each_kind_of_figure(file: str, path: str, socsam: Socsam) -> None:
    done = socsam("explain", EXAMPLES / file, path, "--lang", "sv")
    assert done.status == 0, done.err


# --- simulate, and the bounds of a file of scenarios ------------------------------------------------------------------------------

INPUTS = "uncertain:\n  years.2000.actual.primary_care:\n    uniform: {min: 31 000, max: 33 000}\n"


def simulated() -> list[str]:
    """All but the payments, whose numbers change from draw to draw, and a figure that is an input."""
    return [path for path in representatives(FULL) if kind(path) not in ("payments.*", "shortfall.amount")]


def scenarios(folder: Path, bounds: list[str]) -> Path:
    file = folder / "scenarios.yaml"
    stated = "".join(f"  {path}: {{min: 0, reason: so it is}}\n" for path in bounds)
    case = "scenarios:\n  half:\n    set: {sharing.shared: 50 %}\n"
    agreement = f"agreement: {EXAMPLES / FULL}\n"
    file.write_text(f"format: socsam-scenarios/1\n{agreement}expect:\n{stated}{case}{INPUTS}", encoding="utf-8")
    return file


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", FORMATS)
def test_simulate_takes_every_figure_and_a_bound_of_it(form: str, lang: str, socsam: Socsam, tmp_path: Path) -> None:
    file = scenarios(tmp_path, simulated())
    asked = [word for path in simulated() for word in ("--figure", path)]
    done = socsam("simulate", file, "--draws", 20, *asked, "-f", form, "--lang", lang, "-q")
    assert done.status in (0, 1), done.err
    assert not [path for path in simulated() if not is_end(path) and path not in done.out.replace("\\", "")]


def is_end(path: str) -> bool:
    """What a table shows under the party's own name."""
    return path.endswith((".settled", ".totals.result"))


def test_a_row_of_a_simulation_says_which_figure_it_is(socsam: Socsam) -> None:
    asked = [f"2000.parties.kommun.{name}" for name in ("allocated", "transfer", "paid")]
    words = [word for path in asked for word in ("--figure", path)]
    done = socsam("simulate", ROOT / "examples" / "whatif" / "uncertain.yaml", "--draws", 20, "--year", 2000, *words)
    tables = [table.splitlines() for table in done.out.split("\n\n") if table.startswith("2000: ")]
    assert [table[0].rpartition(" ")[2] for table in tables] == ["(settled)", "(allocated)", "(transfer)", "(paid)"]
    assert all([line.split("  ")[0] for line in table].count("kommun") == 1 for table in tables)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", FORMATS)
def test_whatif_holds_a_bound_of_every_figure(form: str, lang: str, socsam: Socsam, tmp_path: Path) -> None:
    bounds = representatives(FULL)
    done = socsam("whatif", scenarios(tmp_path, bounds), "-f", form, "--lang", lang)
    assert done.status == 1, done.err  # some figures are below 0
    if form == "json":
        (base, _) = json.loads(done.out)["files"][0]["scenarios"]
        assert {held["figure"]: held["value"] for held in base["bounds"]} == {path: amounts(FULL)[path] for path in bounds}


# --- whatif -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", [one.rpartition(".")[2] for one in sorted(KINDS) if one.startswith("parties.")])
def test_whatif_compares_cases_by_every_figure_of_a_party(name: str, lang: str, socsam: Socsam) -> None:
    for form in FORMATS:
        done = socsam("whatif", EXAMPLES / FULL, "--set", "sharing.shared=50 %", "--figure", name, "-f", form, "--lang", lang)
        assert done.status == 0 and name in done.out.replace("\\", ""), done.err


@pytest.mark.parametrize("path", representatives(FULL), ids=kind)
def test_a_goal_is_sought_for_every_figure(path: str, socsam: Socsam) -> None:
    goal = f"{path}={Fraction(amounts(FULL)[path]) / 1000}"
    lang, form = (LANGS[len(path) % 2], FORMATS[len(path) % 4])
    done = socsam(
        "whatif", EXAMPLES / FULL, "--solve", "years.1999.actual.projects=1 799..1 801", "--for", goal, "-f", form, "--lang", lang
    )
    assert done.status in (0, 1) and (form == "csv" or path in done.out.replace("\\", "")), done.err


# --- files ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".xlsx", ".json", ".csv", ".md"])
def test_each_command_writes_them_to_a_file(suffix: str, socsam: Socsam, tmp_path: Path) -> None:
    asked = [word for path in simulated() for word in ("--figure", path)]
    file = scenarios(tmp_path, simulated())
    for number, arguments in enumerate(
        (
            ("explain", EXAMPLES / FULL, "2000"),
            ("whatif", file),
            ("simulate", file, "--draws", 20, "-q", *asked),
            *(("whatif", EXAMPLES / FULL, "--set", "sharing.shared=50 %", "--figure", name) for name in ("used", "transfer")),
        )
    ):
        assert socsam(*arguments, "-o", tmp_path / f"{number}{suffix}").status in (0, 1)
