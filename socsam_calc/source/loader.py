"""Load an agreement: text to model, or all the problems of the file at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from ..model.agreement import Agreement
from ..model.coherence import faults
from ..problems import AgreementError, Place, Problem, spans
from .arguments import content, listed, named
from .document import STAND_INS, Document, context, in_order, read_tree, refuse_other
from .opened import is_named
from .validation import validate
from .yaml import Tree

if TYPE_CHECKING:
    from .overlay import Override

__all__ = ["Document", "load"]


def load(
    file: str | FilePath, *, settings: str | Sequence[str] = (), figures: str | FilePath | None = None, text: str | None = None
) -> Document:
    """Read an agreement file; ``-`` reads standard input. ``text`` stands for its content, ``settings`` are ``PATH=VALUE`` changes: one, or several.

    ``figures`` is a .csv or .xlsx file with the ledger's figures, in place of the one that the agreement names.
    Raises AgreementError carrying every problem of the file, OutputError for an argument that is no text.
    """
    named("file", file)
    name, settings = str(file), listed("settings", settings)
    if figures is not None:
        named("figures", figures)
    tree = read_tree(name, content(text))
    refuse_other(tree, "socsam/1")
    problems = list(tree.problems)
    lost: list[Problem] = []
    folder = FilePath(name).parent if name != "-" else FilePath()
    if isinstance(instead := tree.data.get("figures"), str):  # a file of this run, also where another takes its place
        is_named(folder / instead)
    # which file holds the figures is settled first, so that the other settings find them in their places
    for override in _overrides(tree, [setting for setting in settings if _sets_figures(setting)], problems):
        tree.data["figures"], tree.elsewhere[("figures",)] = override.value, override.place
    if figures is not None:
        tree.data["figures"], tree.elsewhere[("figures",)] = str(figures), Place(f"--figures {figures}")
    if "figures" in tree.data:
        from .ledger.figures import merge

        lost = merge(tree, folder, None if figures is None else str(figures))
        problems += lost
    if settings:
        from .overlay import Overlaid

        tree = Overlaid(tree, _overrides(tree, [setting for setting in settings if not _sets_figures(setting)], problems))
    agreement, found = validate(tree, Agreement, context(tree.data), faults, STAND_INS)
    problems += [problem for problem in found if not (lost and _misses_years(problem))]
    if problems or agreement is None:
        raise AgreementError(_unfilled_as_one(in_order(problems, name)))
    return Document(name, agreement, tree, _changes(settings, figures))


def _overrides(tree: Tree, settings: Sequence[str], problems: list[Problem]) -> Sequence[Override]:
    """What the settings put in the place of what the tree states; what is wrong with one joins the problems."""
    if not settings:
        return ()
    from .settings import overrides

    made = list(overrides(tree.data, settings))
    problems += [one for one in made if isinstance(one, Problem)]
    return [one for one in made if not isinstance(one, Problem)]


def _changes(settings: Sequence[str], figures: str | FilePath | None) -> list[tuple[str, str]]:
    stated = [(path.strip(), value.strip()) for path, _, value in (setting.partition("=") for setting in settings)]
    named = [("figures", str(figures))] if figures is not None else []
    return [(path, FilePath(value).name if path == "figures" else value) for path, value in [*named, *stated]]


def _misses_years(problem: Problem) -> bool:
    """Whether it says that there are no years: noise where they stand in figures that are refused."""
    return problem.code == "no-years" or (problem.code == "missing" and problem.text.startswith("`years`"))


def _sets_figures(setting: str) -> bool:
    return setting.partition("=")[0].strip() == "figures"


def _unfilled_as_one(problems: list[Problem]) -> list[Problem]:
    """A starting file that nobody has filled in yet has one problem, not fifty."""
    unfilled = [problem for problem in problems if problem.code == "not-filled-in"]
    if len(unfilled) < 4:
        return problems
    first, *others = unfilled
    remedy = f"the others are in lines {spans([problem.place.line for problem in others])}"
    whole = replace(first, text=f"{first.text}, here and in {len(others)} more places", remedy=remedy)
    return [whole if problem is first else problem for problem in problems if problem is first or problem.code != "not-filled-in"]
