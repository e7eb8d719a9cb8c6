"""``socsam check``: what the rules find in each agreement."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Annotated, Literal

from ..answers.check import check
from ..library.checks import Checked
from ..library.files import FORMAT
from ..problems import Problem
from ..report.told.findings import github_problem
from ..report.told.refusals import tell
from ..report.told.words import Words
from ..rules.catalogue import chosen
from ..rules.rule import ERROR, WARNING
from . import app as statuses
from .declared import Given, Option, command
from .options import Changed, Destination, Excel, Files, Manner, Output, format_as, option
from .run import Run, several


class Where(Destination):
    """Where findings go: they may be shown at the lines of a pull request too."""

    format_: Annotated[
        Literal["table", "json", "csv", "markdown", "github", "sarif", "junit"] | None,
        format_as("How to print; a table by default, github under GitHub Actions."),
    ] = None
    output: Output = None


@command
def check_command(
    given: Given,
    files: Files,
    *,
    to: Where,
    select: Annotated[
        list[str] | None,
        option("--select", "Only this rule, or family such as SOC4; may be repeated.", metavar="CODE", completes="codes"),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        option("--ignore", "Not this rule or family; may be repeated.", metavar="CODE", completes="codes"),
    ] = None,
    strict: Annotated[bool, Option("--strict", help="A warning makes the status 1, as an error does.")] = False,
    changed: Changed,
    excel: Excel = False,
    manner: Manner,
) -> None:
    """Hold agreements against the Act, the memorandum and their own figures.

    Each finding comes with its place, its rule and the rule's source. The status is 1 when an error is found, with --strict also when a warning is. A file may ignore a rule and say why
    (`ignore:`, a list of `rule` and `because`).

    \b
    Examples:
      socsam check examples/gotland.yaml
      socsam check examples/ --strict --ignore SOC6
      socsam check examples/haninge.yaml --select SOC611 --format json
    """
    if to.format_ is None and to.output is None and os.environ.get("GITHUB_ACTIONS") == "true":
        to = Where(format_="github")
    run = _CheckRun(given, to, manner, excel=excel)
    rules, load = chosen(select or [], ignore or []), changed.loader()
    run.failing = (ERROR, WARNING) if strict else (ERROR,)

    def checked(name: str) -> Checked:
        found = Checked(check(load(name), rules), manner.lang)
        if found.problems:
            run.complain(found.problems, statuses.BAD_INPUT)
        if any(map(found.count, run.failing)):
            run.status = max(run.status, statuses.UNMET)
        return found

    run.write_open(Checked, run.each(files, FORMAT, checked), several=several(files))
    if run.refused and not manner.quiet:
        run.complain([f"files refused and not checked: {run.refused}"], statuses.DONE)
    raise SystemExit(run.status)


class _CheckRun(Run):
    """A run of this command: under GitHub Actions what keeps a file from being read is shown at its line as well."""

    def complain(self, problems: Iterable[object], status: int) -> None:
        problems = list(problems)
        super().complain(problems, status)
        if self.chosen == "github":
            words = Words(self.manner.lang)
            told = [tell(problem, words) for problem in problems]
            commands = (github_problem(problem) for problem in told if isinstance(problem, Problem))
            self.opened.stream.writelines(filter(self.annotations.takes, commands))
