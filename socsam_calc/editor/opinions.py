"""What is wrong with a file as it stands in an editor: the refusals of ``settle``, expectations that failed, and the findings of ``check``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Final, NamedTuple

from ..amounts import plain
from ..answers.check import check
from ..problems import AgreementError, Place, Problem
from ..report.told.findings import findings
from ..report.told.missed import missed
from ..report.told.refusals import Refusals
from ..report.told.words import Words
from ..rules.rule import ERROR, Severity
from ..source.evaluation import load_evaluation
from ..source.loader import load
from ..source.ours import is_ours
from ..source.scenarios import load_scenarios
from ..source.yaml import read

LARGEST: Final = 5 * 1024 * 1024
"""A larger text is not looked at, as no file of that size is read."""


class Opinion(NamedTuple):
    """What is to be said of a place in the file: what is wrong, what would be right and on which ground; and other places that bear on it."""

    place: Place
    severity: Severity
    code: str
    text: str
    related: tuple[Place, ...] = ()


def opinions(file: str, text: str, words: Words) -> Iterator[Opinion]:
    """All that there is to say of a text, which takes the place of the file's content; nothing where it is not one of ours.

    A file that it names, such as one of figures, is read from the disk. What is wrong there is told at the line that names it.
    """
    if len(text) > LARGEST or not is_ours(text):
        return
    try:
        yield from _of(file, text, words)
    except AgreementError as refused:
        yield from (_said(file, text, problem, words) for problem in refused.problems)


def format_of(text: str) -> str:
    """The format that a text states; that of an agreement where it states none that can be read."""
    stated = read(text, "").data
    named = stated.get("format") if isinstance(stated, dict) else None
    return named if isinstance(named, str) else "socsam/1"


def _of(file: str, text: str, words: Words) -> Iterator[Opinion]:
    """The opinions of a text that is one of ours. Raises AgreementError where it is refused."""
    format_ = format_of(text)
    if format_.startswith("socsam-evaluation/"):
        load_evaluation(file, text=text)
    elif format_.startswith("socsam-scenarios/"):
        load_scenarios(file, text=text)
    else:
        checked = check(load(file, text=text))
        yield from (_said(file, text, problem, words) for problem in checked.problems)
        if checked.settlement is not None:
            yield from (_said(file, text, problem, words) for problem in missed(checked.document, checked.settlement))
        for one in findings(checked, words):
            if not one.ignored:
                said = [plain(one.message), one.remedy, "; ".join(one.sources)]
                yield Opinion(_within(file, text, one.place), one.severity, one.code, "\n".join(filter(None, said)), one.related)


def _said(file: str, text: str, problem: Problem, words: Words) -> Opinion:
    """A problem; one that stands in another file is told where this one names it."""
    problem = Refusals(words).problem(problem)
    said = "\n".join(filter(None, (problem.text, problem.remedy)))
    if problem.place.file == file:
        return Opinion(problem.place, ERROR, problem.code, said)
    return Opinion(_within(file, text, problem.place), ERROR, problem.code, f"{problem.place}: {said}", (problem.place,))


def _within(file: str, text: str, place: Place) -> Place:
    """The place, or where this file names the other one in which it lies; its first line where it does not."""
    if place.file == file:
        return place
    tree = read(text, file)
    for name in ("figures", "agreement"):
        stated = tree.data.get(name) if isinstance(tree.data, dict) else None
        if isinstance(stated, str) and FilePath(stated).name == FilePath(place.file).name:
            return tree.place((name,))
    return tree.spot(0, 0)
