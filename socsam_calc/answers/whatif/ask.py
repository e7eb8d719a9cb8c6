"""What a person asks about an agreement, and the answer: cases side by side, two versions, or the value that meets a goal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath
from typing import NamedTuple

from ...engine.values import all_ore
from ...money import ORE_PER
from ...problems import AgreementError, Place, Problem
from ...source.document import Document, context, read_tree
from ...source.kinds import AMOUNT
from ...source.loader import load
from ...source.overlay import Override, overlaid
from ...source.scenarios import is_scenarios, load_scenarios
from ...source.settings import overrides as set_by
from ...source.yaml import Tree
from ..figure_path import whole
from ..settle import settle
from .against import Versions, versions
from .cases import Case, Change, Remark
from .solve import Answer, default_range, solve
from .terms import overrides
from .vary import Range, cases, find_number, number, read
from .whatif import Comparison, compare, from_file, party_figure, shown

DEFAULT_STEPS = 10


class Solved(NamedTuple):
    """The answer of a goal seek and the agreement that it is about."""

    document: Document
    answer: Answer


Answered = Comparison | Versions | Solved
"""Cases side by side, what differs from another version, or the value that meets a goal."""


class Question(NamedTuple):
    """What is asked, in the words of the command line's options; another agreement is its file's name, or loaded already.

    ``figures`` are those of the agreement that is asked about, and of the version that it is held ``against``. An agreement that only
    lends its terms keeps its own, and takes these where it has none.
    """

    settings: Sequence[str] = ()
    vary: Sequence[str] = ()
    steps: Sequence[int] = ()
    terms: Sequence[str | Document] = ()
    against: str | Document | None = None
    solve: str | None = None
    goal: str | None = None
    figure: str | None = None
    year: int | None = None
    figures: str | None = None
    allow_outside: bool = False

    def problems(self) -> Iterator[Problem]:
        """Options that do not go together."""
        solving, comparing = self.solve is not None, self.against is not None
        beside = "--against" if comparing else "--solve"
        wrong = (
            (len(self.vary) > 2, "--vary", "a grid has two sides at most", "vary one or two numbers"),
            (self.steps and not self.vary, "--steps", "there is nothing to vary", "add --vary PATH=A..B"),
            (len(self.steps) > max(1, len(self.vary)), "--steps", "there are more --steps than --vary", "give one for all, or one for each"),
            (solving and self.goal is None, "--solve", "it needs --for", "add --for FIGURE=AMOUNT"),
            (not solving and self.goal is not None, "--for", "it needs --solve", "add --solve PATH"),
            (
                comparing and (self.settings or self.vary or self.terms or self.solve), "--against",
                "it compares two files as they are", "leave the other options out",
            ),
            (solving and (self.vary or self.terms), "--solve", "it goes with --set alone", "leave --vary and --terms out"),
            (
                solving and self.year is not None, "--year",
                "a goal seek is about one figure, whose path names its year", "leave --year out",
            ),
            (
                self.figure is not None and (comparing or solving), "--figure",
                f"it is what cases show of each party, and {beside} shows none", "leave --figure out",
            ),
        )  # fmt: skip
        yield from [Problem("options", Place(option), text, remedy) for found, option, text, remedy in wrong if found]
        if self.figure is not None and (problem := party_figure(self.figure)) is not None:
            yield problem


def ask(name: str, question: Question) -> Answered:
    """Answer a question about an agreement file, or a file of scenarios. Raises AgreementError with all that is wrong."""
    tree = read_tree(name)
    if is_scenarios(tree):
        if question.against is not None or question.solve is not None:
            option = "--against" if question.against is not None else "--solve"
            raise _wrong(option, "it takes an agreement, not a file of scenarios", f"name the agreement: {tree.data.get('agreement')}")
        return _of_scenarios(name, tree, question)
    if question.against is not None and question.figures is not None and _same_file(name, question.against):
        text = "both versions are the same file with the same figures, so nothing can differ"
        raise _wrong("--against", text, "name another version, or leave --figures out and name the other figures in a copy of the file")
    return ask_of(load(name, figures=question.figures, text=tree.text), question)


def ask_of(document: Document, question: Question) -> Answered:
    """Answer a question about a loaded agreement. Raises AgreementError with all that is wrong."""
    if question.against is not None:
        return versions(_loaded(question.against, question.figures), document, question.year)
    if question.solve is not None and question.goal is not None:
        return _solved(document, question.solve, question.goal, question.settings)
    return _of_options(document, question)


# --- cases -------------------------------------------------------------------------------------------------------------


def _of_scenarios(name: str, tree: Tree, question: Question) -> Comparison:
    held = load_scenarios(name, tree=tree, figures=question.figures, allow_outside=question.allow_outside)
    wanted = dict.fromkeys(stated.terms for stated in held.scenarios if stated.terms is not None)
    made = [*from_file(held, {file: _under(held.base, file) for file in wanted}), *_cases(held.base, question)]
    return compare(held.base, made, file=name, title=held.stated.title, bounds=held.bounds, year=question.year, figure=question.figure)


def _of_options(document: Document, question: Question) -> Comparison:
    made = _cases(document, question)
    if not made:
        remedy = "add --set, --vary, --terms, --against or --solve, or name a file of scenarios"
        raise _wrong(document.file, "there is nothing to compare it with", remedy)
    varied = [] if question.terms else [read(document, text).name for text in question.vary]
    return compare(document, made, year=question.year, figure=question.figure, varied=varied)


def _cases(base: Document, question: Question) -> list[Case]:
    """The cases that the options make: what --set says holds in all of them, and is one of its own where there is no other."""
    always = _settings(base, question.settings)
    made: list[Case] = []
    changes = tuple(Change(override.name, shown(override.value)) for override in always)
    for named in question.terms:
        other = _lent(named, question.figures)
        under, remarks = overrides(base, other)
        area = other.agreement.area
        made.append(Case(f"terms of {area}", (*under, *always), changes, terms=other.file, area=area, remarks=remarks))
    if question.vary:
        ranges = [read(base, text) for text in question.vary]
        for one in ranges:
            if [*(other.path for other in ranges), *(override.path for override in always)].count(one.path) > 1:
                raise _wrong(f"--vary {one.name}", "it is set or varied more than once", "vary a number once, and do not set it as well")
        steps = question.steps or [DEFAULT_STEPS]
        made += cases(ranges, steps if len(steps) == len(ranges) else [steps[0]] * len(ranges), always, changes)
    if always and not made:
        made.append(Case(", ".join(f"{change.path}={change.text}" for change in changes), always, changes))
    return made


def _loaded(named: str | Document, figures: str | None = None) -> Document:
    return named if isinstance(named, Document) else load(named, figures=figures)


def _lent(named: str | Document, figures: str | None) -> Document:
    """An agreement that lends its terms, with its own figures; with those of the option where it has none: terms alone are no agreement."""
    try:
        return _loaded(named)
    except AgreementError as alone:
        if figures is None:
            raise
        try:
            return _loaded(named, figures)
        except AgreementError:
            raise alone from None


def _same_file(name: str, other: str | Document) -> bool:
    try:
        return isinstance(other, str) and FilePath(name).samefile(other)
    except (OSError, ValueError):  # a file that is not there is refused when it is read
        return False


def _settings(base: Document, settings: Sequence[str]) -> tuple[Override, ...]:
    made: list[Override] = []
    problems: list[Problem] = []
    for one in set_by(base.tree.data, settings):
        if isinstance(one, Problem):
            problems.append(one)
        elif one.path == ("figures",):
            text = "the ledger's figures are read before anything is set"
            problems.append(Problem("figures", one.place, text, "take others with --figures, or set the amounts themselves"))
        else:
            made.append(one)
    if problems:
        raise AgreementError(problems)
    return tuple(made)


def _under(base: Document, file: str) -> tuple[tuple[Override, ...], tuple[Remark, ...]] | AgreementError:
    """What the terms of another agreement make of the base, or why they cannot be carried over."""
    try:
        return overrides(base, load(file))
    except AgreementError as error:
        return error


# --- goals -------------------------------------------------------------------------------------------------------------


def _solved(document: Document, sought: str, goal: str, settings: Sequence[str]) -> Solved:
    base = overlaid(document, _settings(document, settings))
    known = context(base.tree.data)
    option = f"--for {goal}"
    figure, equals, amount = goal.partition("=")
    if not equals:
        raise _wrong(option, "this is not FIGURE=AMOUNT", "write, for example, --for 2000.parties.kommun.settled=0")
    settlement = settle(base)
    found = whole(settlement, figure.strip(), all_ore(settlement))
    if not isinstance(found, str):
        raise _wrong(option, *found)
    wanted = number(option, AMOUNT, amount, known)
    if "=" in sought:
        over = read(base, sought, "--solve")
    else:
        path, kind = find_number(base, f"--solve {sought}", sought)
        over = Range(f"--solve {sought}", path, kind, *default_range(base, kind, path), known)
    return Solved(base, solve(base, over, found, int(wanted) * ORE_PER[known.rounding]))


def _wrong(where: str, text: str, remedy: str) -> AgreementError:
    return AgreementError.of("options", Place(where), text, remedy)
