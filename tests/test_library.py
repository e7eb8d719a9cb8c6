"""The library: the public names, pinned, and how results behave."""

from __future__ import annotations

import copy
import doctest
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from multiprocessing import get_context
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT

import socsam_calc
from socsam_calc import (
    AgreementError,
    NotFoundError,
    Settlement,
    SocsamError,
    check,
    evaluate,
    explain,
    incentives,
    load,
    load_evaluation,
    norm,
    rule_catalogue,
    settle,
    simulate,
    whatif,
)
from socsam_calc.cli.declared import COMMANDS


def test_the_public_names_are_these() -> None:
    assert socsam_calc.__all__ == [
        "AgreementError",
        "Books",
        "Checked",
        "Document",
        "Effect",
        "EvaluationDocument",
        "Explanation",
        "Finding",
        "Incentives",
        "Norm",
        "NotFoundError",
        "OutputError",
        "Problem",
        "Rules",
        "Settlement",
        "Settlements",
        "Several",
        "Simulated",
        "SocsamError",
        "WhatIf",
        "books",
        "check",
        "evaluate",
        "explain",
        "figures_template",
        "guide_page",
        "incentives",
        "init",
        "load",
        "load_evaluation",
        "norm",
        "report_page",
        "rule_catalogue",
        "schema",
        "settle",
        "simulate",
        "whatif",
    ]
    for name in socsam_calc.__all__:
        assert getattr(socsam_calc, name).__doc__
        assert getattr(socsam_calc, name) is not sys.modules.get(f"socsam_calc.{name}")  # a room's name would come to mean the room


def test_the_public_names_are_offered_before_any_is_loaded() -> None:
    """By Tab in a notebook, and by `help(socsam_calc)`, which tells each in a line."""
    script = "import sys, socsam_calc as s; print(*dir(s)); print(*[name for name in sys.modules if name.startswith('socsam_calc.')])"
    offered, loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split("\n")[:2]
    assert set(socsam_calc.__all__) <= set(offered.split()) and loaded == ""
    told = (socsam_calc.__doc__ or "").partition("The calls;")[2]
    for name in socsam_calc.__all__:
        assert re.search(rf"\b{name}\b", told), name
    calls = re.findall(r"^    ([a-z_]+) +\S", told, re.MULTILINE)
    assert sorted(calls) == [name for name in socsam_calc.__all__ if name.islower()]


def test_problems_of_settings_come_in_the_order_of_the_settings() -> None:
    for settings in (["a=1", "b=2"], ["b=2", "a=1"]):
        with pytest.raises(AgreementError) as caught:
            load(EXAMPLES / "gotland.yaml", settings=settings)
        assert [problem.place.file for problem in caught.value.problems] == [f"--set {setting}" for setting in settings]


def test_every_public_call_says_what_it_may_raise() -> None:
    for name in socsam_calc.__all__:
        call = getattr(socsam_calc, name)
        if not isinstance(call, type):
            assert re.search(r"[Rr]aises (AgreementError|OutputError)", " ".join(call.__doc__.split())), name


def test_every_command_is_one_call() -> None:
    """Three go by other names: `report`, `rules` and `guide` are rooms of the package. `lsp` gives nothing: it is a server, for editors."""
    called = {"report": "report_page", "rules": "rule_catalogue", "guide": "guide_page"}
    for command in COMMANDS.keys() - {"lsp"}:
        assert called.get(command, command) in socsam_calc.__all__


def test_the_example_in_the_package_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testmod(socsam_calc)
    assert tried and not failed


def test_figures_are_exact_kronor() -> None:
    year = settle(load(EXAMPLES / "laholm.yaml")).year(2000)
    assert year.totals.result == -9_598_000
    assert isinstance(year.totals.result, Decimal)
    assert year.party("kommun").settled is None


def test_a_figure_is_frozen() -> None:
    year = settle(load(EXAMPLES / "laholm.yaml")).year(2000)
    with pytest.raises(AttributeError):
        year.totals.result = Decimal(1)  # type: ignore[misc]


def test_what_a_call_gives_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in it can be set, deleted or added; so it is where it was copied, or came out of another process."""
    monkeypatch.chdir(ROOT)
    gotland, uncertain, evaluation = "examples/gotland.yaml", "examples/whatif/uncertain.yaml", "examples/evaluation/exempelby.yaml"
    for given, names in (
        (load(gotland), ("agreement", "file", "tree")),
        (load_evaluation(evaluation), ("evaluation", "file", "tree")),
        (settle(gotland), ("agreement", "years", "file")),
        (settle([gotland]), ("kind",)),
        (incentives(gotland), ("document", "years")),
        (check(gotland), ("document", "findings")),
        (rule_catalogue(), ("language",)),
        (explain(gotland), ("document", "subject")),
        (whatif(gotland, settings="sharing.shared=50 %"), ("answer",)),
        (simulate(uncertain, draws=10), ("_simulated", "draws")),
        (evaluate(evaluation), ("document", "base_year")),
        (norm("examples/norm/report.csv", country="Riket", base="fixed:1996"), ("panel", "bases", "luck")),
    ):
        for one in (given, copy.copy(given), pickle.loads(pickle.dumps(given))):
            for name in names:
                before = getattr(one, name)
                with pytest.raises(AttributeError):
                    setattr(one, name, None)
                with pytest.raises(AttributeError):
                    delattr(one, name)
                assert getattr(one, name) == before
            with pytest.raises((AttributeError, TypeError)):
                one.more = 1  # type: ignore[attr-defined]


def test_a_document_names_itself() -> None:
    file = EXAMPLES / "gotland.yaml"
    assert repr(load(file)) == f"<Document of Gotland: {file}>"


def test_results_compare_by_what_they_say() -> None:
    file = EXAMPLES / "complete.yaml"
    assert settle(load(file)).years == settle(load(file)).years
    assert settle(load(file)).years != settle(load(file, settings=["years.2000.actual.projects=2 851"])).years


@pytest.mark.parametrize(
    ("find", "said"),
    [
        (lambda settled: settled.year(1990), "there is no year 1990 in the settlement of Exempelby\n   there is: 1998, 1999, 2000"),
        (
            lambda settled: settled.year("1998"),
            "there is no year '1998' in the settlement of Exempelby\n   did you mean 1998? there is: 1998, 1999, 2000",
        ),
        (lambda settled: settled.only(1998, 2001), "there is no year 2001 in the settlement of Exempelby\n   there is: 1998, 1999, 2000"),
        (lambda settled: settled.year(1998).party("x"), "there is no party 'x' in 1998\n   there is: 'kassa', 'landsting', 'kommun'"),
        (
            lambda settled: settled.year(1998).party("komun"),
            "there is no party 'komun' in 1998\n   did you mean 'kommun'? there is: 'kassa', 'landsting', 'kommun'",
        ),
        (
            lambda settled: settled.year(1998).activity("sicknes"),
            "there is no activity 'sicknes' in 1998\n   did you mean 'sickness'? there is: 'sickness', 'work_injury', 'services', 'office', 'primary_care', 'family_care', 'assistance', 'day_work', 'projects'",
        ),
    ],
)
def test_what_a_result_does_not_hold_is_a_key_error_that_says_what_it_holds(find: Callable[[Any], Any], said: str) -> None:
    settlement = settle(load(EXAMPLES / "complete.yaml"))
    with pytest.raises(NotFoundError) as caught:
        find(settlement)
    assert str(caught.value) == said
    assert isinstance(caught.value, KeyError) and isinstance(caught.value, SocsamError)


def test_other_results_say_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(NotFoundError, match="there is no year 1990 in the incentives of Gotland\n   there is: 1997, 1998, 1999"):
        incentives("examples/gotland.yaml").year(1990)
    with pytest.raises(
        NotFoundError, match=r"there is no item 'x' in the evaluation of Exempelby \(invented\)\n   there is: 'sickness_benefit'"
    ):
        evaluate("examples/evaluation/exempelby.yaml").item("x")
    simulated = simulate("examples/whatif/uncertain.yaml", draws=10, year=2000)
    with pytest.raises(NotFoundError, match=r"did you mean '2000\.parties\.kommun\.settled'\?"):
        simulated.figure("2000.parties.komun.settled")


def test_one_setting_may_be_given_by_itself() -> None:
    file = EXAMPLES / "complete.yaml"
    alone, listed = (load(file, settings=given) for given in ("sharing.shared=50 %", ["sharing.shared=50 %"]))
    assert settle(alone).years == settle(listed).years != settle(load(file)).years


@pytest.mark.parametrize("file", ["complete.yaml", "gotland.yaml", "laholm.yaml"])
def test_a_settlement_goes_through_another_process_unchanged(file: str) -> None:
    """What `multiprocessing` does with it: every figure with its derivation, frozen as before."""
    settlement = settle(load(EXAMPLES / file))
    returned = pickle.loads(pickle.dumps(settlement))
    assert returned == settlement
    assert (returned.to_json(), returned.to_text()) == (settlement.to_json(), settlement.to_text())
    assert copy.deepcopy(settlement) == settlement
    with pytest.raises(AttributeError):
        returned.years[0].totals.rounding = "kr"


def settled_elsewhere(file: str) -> Settlement:
    return settle(file)


def test_two_processes_settle_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    files = ["examples/gotland.yaml", "examples/laholm.yaml"]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(settled_elsewhere, files)) == list(settle(files))
        with pytest.raises(AgreementError) as caught:
            pool.submit(settled_elsewhere, "none.yaml").result()
    assert [problem.code for problem in caught.value.problems] == ["unreadable"]


def test_an_error_carries_all_problems_with_their_places() -> None:
    with pytest.raises(AgreementError) as caught:
        load("x.yaml", text="format: socsam/1\narea: X\nunit: kg\n")
    assert {problem.code for problem in caught.value.problems} == {"bad-choice", "missing"}
    assert [str(problem.place) for problem in caught.value.problems if problem.code == "bad-choice"] == ["x.yaml:3:7"]


def test_every_figure_has_a_docstring_and_a_step_that_gives_it() -> None:
    """What a row was planned to cost is known in a year that states a plan, and in no other."""
    planned = set()
    for example in ("complete", "samordningsforbund"):
        settlement = settle(load(EXAMPLES / f"{example}.yaml"))
        for year in settlement.years:
            plan = settlement.agreement.years[year.year].budget
            planned.add(plan is not None)
            for result in (year.totals, *year.activities, *year.parties, year.body):
                for name in result.figures:
                    assert getattr(type(result), name).__doc__
                    step = result.steps.get(name)
                    if name == "budget" and plan is None:
                        assert step is None and result.units(name) is None
                    else:
                        assert step is not None and step.value == result.units(name)
    assert planned == {True, False}
