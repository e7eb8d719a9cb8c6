"""What a person asks about an agreement, and the answer: cases side by side, two versions, or the value that meets a goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from ...engine.payments import Payment, fewest_payments
from ...engine.values import all_ore
from ...model.paths import dotted, leaves
from ...model.reading import Context
from ...money import ORE_PER
from ...problems import AgreementError, Path, Place, Problem
from ...source.document import Document, context, read_tree
from ...source.kinds import AMOUNT, kind_at, parse
from ...source.loader import Override, load, overlaid
from ...source.loader import overrides as set_by
from ...source.panel import load_panel
from ...source.scenarios import ScenarioFile, is_scenarios, load_scenarios
from ...source.tree import Tree
from ..effect import Idle, idle_in, idle_in_cases
from ..settle import settle, whole
from .cases import Case, Change, Remark, minus
from .norm import compare_norms
from .ranges import Grid, Range, find_number, number, read_range
from .solve import Answer, default_range, solve
from .terms import overrides
from .whatif import Comparison, compare, party_figure

DEFAULT_STEPS = 10


class Field(NamedTuple):
    """A field that differs, as each file states it; None where it does not."""

    path: str
    before: str | None
    after: str | None


class FigureChange(NamedTuple):
    """A figure that differs, in öre; None where it is not known or does not exist."""

    path: str
    before: int | None
    after: int | None

    @property
    def difference(self) -> int | None:
        """After minus before, where both are known."""
        return minus(self.after, self.before)


class Versions(NamedTuple):
    """An agreement and an earlier version of it, and what differs."""

    before: Document
    after: Document
    fields: tuple[Field, ...]
    figures: tuple[FigureChange, ...]
    payments: tuple[Payment, ...] = ()
    """Who pays whom because of it, over all years together, in öre; none where what was paid is not known in both."""


class Solved(NamedTuple):
    """The answer of a goal seek, the agreement that it is about, and what is set or sought and has no effect."""

    document: Document
    answer: Answer
    idle: tuple[Idle, ...] = ()


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
    norm: Sequence[str] = ()
    panel: str | None = None
    area: str | None = None

    def problems(self) -> Iterator[Problem]:
        """Options that do not go together."""
        solving, comparing = self.solve is not None, self.against is not None
        beside = "--against" if comparing else "--solve"
        others = self.settings or self.vary or self.terms or self.figure or self.year is not None or comparing or solving
        wrong = (
            (self.norm and others, "--norm", "it compares the bases of one agreement as it stands", "leave the other options out"),
            ((self.panel is None) != (self.area is None), "--panel", "it goes with --area", "give --panel PANEL --area AREA"),
            (self.panel is not None and not self.norm, "--panel", "it needs --norm", "add --norm fixed:1996,moving,mean:3"),
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
        if question.against is not None or question.solve is not None or question.norm:
            option = "--against" if question.against is not None else "--solve" if question.solve is not None else "--norm"
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
    if question.norm:
        panel = None if question.panel is None else load_panel(question.panel)
        return compare_norms(document, question.norm, panel, question.area)
    if question.solve is not None and question.goal is not None:
        return _solved(document, question.solve, question.goal, question.settings)
    return _of_options(document, question)


# --- cases -------------------------------------------------------------------------------------------------------------


def _of_scenarios(name: str, tree: Tree, question: Question) -> Comparison:
    held = load_scenarios(name, tree=tree, figures=question.figures, allow_outside=question.allow_outside)
    made, grid = _cases(held.base, question)
    cases, title = [*_stated(held), *made], held.stated.title
    return compare(held.base, cases, grid=grid, file=name, title=title, bounds=held.bounds, year=question.year, figure=question.figure)


def _stated(scenarios: ScenarioFile) -> Iterator[Case]:
    """The cases of a file of scenarios; one whose other agreement's terms cannot be carried over is refused."""

    @cache
    def under(file: str) -> tuple[tuple[Override, ...], tuple[Remark, ...]]:
        return overrides(scenarios.base, load(file))

    for stated in scenarios.scenarios:
        changes = tuple(Change(path, shown(value)) for path, value in stated.scenario.set.items())
        case = Case(stated.name, stated.overrides, changes, stated.bounds, stated.scenario.terms, note=stated.scenario.note)
        if stated.terms is not None:
            try:
                lent, remarks = under(stated.terms)
                case = case._replace(overrides=(*lent, *stated.overrides), remarks=remarks)
            except AgreementError as error:
                case = case._replace(refused=tuple(error.problems))
        yield case


def shown(value: object) -> str:
    """A value of the file as a person reads it, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(shown, value)) + "]"
    return "" if value is None else str(value)


def _of_options(document: Document, question: Question) -> Comparison:
    made, grid = _cases(document, question)
    if not made and not grid:
        remedy = "add --set, --vary, --terms, --against or --solve, or name a file of scenarios"
        raise _wrong(document.file, "there is nothing to compare it with", remedy)
    varied = [] if question.terms else [read_range(document, text).as_stated(document) for text in question.vary]
    return compare(document, made, grid=grid, year=question.year, figure=question.figure, varied=varied)


def _cases(base: Document, question: Question) -> tuple[list[Case], Grid]:
    """The cases that the options make, and those of a line or grid: what --set says holds in all of them, and is one of its own where
    there is no other."""
    always = _settings(base, question.settings)
    made, along = list[Case](), Grid()
    changes = tuple(Change(override.name, shown(override.value)) for override in always)
    for named in question.terms:
        other = _lent(named, question.figures)
        under, remarks = overrides(base, other)
        area = other.agreement.area
        made.append(Case(f"terms of {area}", (*under, *always), changes, terms=other.file, area=area, remarks=remarks))
    if question.vary:
        ranges = [read_range(base, text) for text in question.vary]
        for one in ranges:
            if [*(other.path for other in ranges), *(override.path for override in always)].count(one.path) > 1:
                raise _wrong(f"--vary {one.name}", "it is set or varied more than once", "vary a number once, and do not set it as well")
        steps = question.steps or [DEFAULT_STEPS]
        along = Grid(ranges, steps if len(steps) == len(ranges) else [steps[0]] * len(ranges), always, changes)
    if always and not made and not along:
        made.append(Case(", ".join(f"{change.path}={change.text}" for change in changes), always, changes))
    return made, along


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
    read = [_in_time(one) for one in set_by(base.tree.data, settings)]
    if problems := [one for one in read if isinstance(one, Problem)]:
        raise AgreementError(problems)
    return tuple(one for one in read if isinstance(one, Override))


def _in_time(setting: Override | Problem) -> Override | Problem:
    """A setting, refused where what it sets has been read by then."""
    if isinstance(setting, Problem) or setting.path != ("figures",):
        return setting
    text = "the ledger's figures are read before anything is set"
    return Problem("figures", setting.place, text, "take others with --figures, or set the amounts themselves")


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
        over = read_range(base, sought, "--solve")
    else:
        path, kind = find_number(base, f"--solve {sought}", sought)
        over = Range(f"--solve {sought}", path, kind, *default_range(base, kind, path), known)
    answer = solve(base, over, found, int(wanted) * ORE_PER[known.rounding])
    ends = [[over.override(value)] for value in (over.first, (over.first + over.last) / 2, over.last)]
    moved = answer.lowest != answer.highest
    idle = (*idle_in(base, settlement), *(() if moved else idle_in_cases(base, ends, [over.path])))
    return Solved(base, answer, idle)


def _wrong(where: str, text: str, remedy: str) -> AgreementError:
    return AgreementError.of("options", Place(where), text, remedy)


# --- two versions -------------------------------------------------------------------------------------------------------


def versions(before: Document, after: Document, year: int | None = None) -> Versions:
    """What differs between two versions of an agreement, in one year or in all.

    Raises AgreementError where one cannot be settled, or neither holds the year.
    """
    was, is_now = all_ore(settle(before)), all_ore(settle(after))
    held = sorted({*before.agreement.years, *after.agreement.years})
    if year is not None and year not in held:
        text, remedy = f"neither version holds the year {year}", f"they hold {', '.join(map(str, held))}"
        raise AgreementError.of("no-such-year", after.place(("years",), on_key=True), text, remedy)
    figures = [
        FigureChange(path, was.get(path), is_now.get(path))
        for path in {**is_now, **was}
        if (year is None or path.startswith(f"{year}."))
        and ".payments." not in path  # their numbers say nothing
        and was.get(path) != is_now.get(path)
    ]
    figures.sort(key=lambda change: (change.path[:4], _weight(change.path)))
    return Versions(before, after, tuple(_fields(before, after)), tuple(figures), _paid_because(after, was, is_now))


def _paid_because(after: Document, was: Mapping[str, int | None], is_now: Mapping[str, int | None]) -> tuple[Payment, ...]:
    """What the one version has paid over all years beyond the other, in the fewest payments."""
    nodes = [*(f"parties.{party}" for party in after.agreement.parties), "body"]
    more: dict[str, int] = {}
    for node in nodes:
        paid = [[amount for path, amount in figures.items() if path[5:] == f"{node}.transfer"] for figures in (was, is_now)]
        if any(None in amounts for amounts in paid):
            return ()
        before, now = (sum(amount for amount in amounts if amount is not None) for amounts in paid)
        more[node.removeprefix("parties.")] = now - before
    return tuple(fewest_payments(list(more.items()))) if not sum(more.values()) else ()


def _weight(path: str) -> int:
    """What people ask first comes first: who ends with what, then the year as a whole, then the rest."""
    part, figure = path.split(".")[1], path.rsplit(".", 1)[1]
    return 0 if part == "parties" and figure == "settled" else 1 if part == "totals" else 2 if part == "parties" else 3


def _fields(before: Document, after: Document) -> Iterator[Field]:
    was, is_now = dict(leaves(before.tree.data)), dict(leaves(after.tree.data))
    known_before, known_after = context(before.tree.data), context(after.tree.data)
    for path in dict.fromkeys([*is_now, *was]):
        same = _meaning(was.get(path), path, known_before) == _meaning(is_now.get(path), path, known_after)
        if not same or (path in was) != (path in is_now):
            yield Field(dotted(path), _text(was, path), _text(is_now, path))


def _meaning(text: Any, path: Path, known: Context) -> Any:
    """What a field says, whatever its spelling; an amount in öre."""
    if not isinstance(text, str) or (kind := kind_at(path, text)) is None:
        return text
    try:
        value = parse(kind, text, known)
    except PydanticCustomError:
        return text  # `rest`, or another word of the field
    return value * ORE_PER[known.rounding] if kind.name == "amount" else value


def _text(stated: Mapping[Path, Any], path: Path) -> str | None:
    if path not in stated:
        return None
    value = stated[path]
    return value if isinstance(value, str) else "" if value is None else "{}" if isinstance(value, dict) else "[]"
