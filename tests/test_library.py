"""The library: the public names, pinned, and how results behave."""

from __future__ import annotations

import doctest
import re
import sys
from decimal import Decimal

import pytest
from conftest import EXAMPLES, ROOT

import socsam_calc
from socsam_calc import AgreementError, load, settle
from socsam_calc.cli.app import COMMANDS


def test_the_public_names_are_these() -> None:
    assert socsam_calc.__all__ == [
        "AgreementError",
        "Checked",
        "Document",
        "Effect",
        "EvaluationDocument",
        "Explanation",
        "Finding",
        "Incentives",
        "OutputError",
        "Problem",
        "Rules",
        "Settlement",
        "Settlements",
        "Several",
        "Simulated",
        "SocsamError",
        "WhatIf",
        "check",
        "evaluate",
        "explain",
        "figures_template",
        "incentives",
        "init",
        "load",
        "load_evaluation",
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


def test_every_public_call_says_what_it_may_raise() -> None:
    for name in socsam_calc.__all__:
        call = getattr(socsam_calc, name)
        if not isinstance(call, type):
            assert re.search(r"[Rr]aises (AgreementError|OutputError)", " ".join(call.__doc__.split())), name


def test_every_command_is_one_call() -> None:
    """Two go by other names: `report` and `rules` are rooms of the package."""
    called = {"report": "report_page", "rules": "rule_catalogue"}
    for command in COMMANDS:
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


def test_results_are_frozen() -> None:
    year = settle(load(EXAMPLES / "laholm.yaml")).year(2000)
    with pytest.raises(AttributeError):
        year.totals.result = Decimal(1)  # type: ignore[misc]


def test_results_compare_by_what_they_say() -> None:
    file = EXAMPLES / "complete.yaml"
    assert settle(load(file)).years == settle(load(file)).years
    assert settle(load(file)).years != settle(load(file, settings=["years.2000.actual.projects=2 851"])).years


def test_unknown_names_raise_key_errors() -> None:
    settlement = settle(load(EXAMPLES / "laholm.yaml"))
    for call in (lambda: settlement.year(1997), lambda: settlement.year(2000).party("x"), lambda: settlement.year(2000).activity("x")):
        with pytest.raises(KeyError):
            call()


def test_an_error_carries_all_problems_with_their_places() -> None:
    with pytest.raises(AgreementError) as caught:
        load("x.yaml", text="format: socsam/1\narea: X\nunit: kg\n")
    assert {problem.code for problem in caught.value.problems} == {"bad-choice", "missing"}
    assert [str(problem.place) for problem in caught.value.problems if problem.code == "bad-choice"] == ["x.yaml:3:7"]


def test_every_figure_has_a_docstring_and_a_step_that_gives_it() -> None:
    settlement = settle(load(EXAMPLES / "complete.yaml"))
    for year in settlement.years:
        for result in (year.totals, *year.activities, *year.parties, year.body):
            for name in result.figures:
                assert getattr(type(result), name).__doc__
                step = result.steps[name]
                assert step is not None and step.value == result.units(name)
