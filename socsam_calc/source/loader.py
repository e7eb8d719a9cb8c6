"""Load an agreement: text to model, as it stands or under other assumptions; or all the problems of the file at once.

What is set stands in the place of what the file says, and the file's text is not read again. It is checked as if it stood in the file;
its problems name where it was set: an option, or a line of a file of scenarios.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Final, get_origin

from ..model.agreement import Agreement
from ..model.coherence import faults
from ..model.meant import meant
from ..model.paths import dotted, fields_at, spots, steps, value_at, with_value, within
from ..problems import AgreementError, Path, Place, Problem, spans
from .arguments import content, listed, named
from .document import STAND_INS, Document, context, held, in_order, read_tree, refuse_other
from .limits import refuse_too_much
from .opened import is_named
from .tree import Tree
from .validation import validate
from .yaml import read

if TYPE_CHECKING:
    from .ledger.booked import Booked

__all__ = ["Document", "load"]

_OWN_NAMES: Final = ("parties", "activities", "series", "years")
"""The parts of a file whose entries are named by the user: a setting changes one that is there, and adds none."""

_READ_BY: Final = ("unit", "rounding", "period", "figures")
"""What decides how the rest of the file is read."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Override:
    """A value in the place of what the file says at ``path``. It stands at ``at`` in ``tree``: an option's, or another file's."""

    path: Path
    value: Any
    tree: Tree
    at: Path = ()

    @property
    def name(self) -> str:
        """The path as a person writes it."""
        return dotted(self.path)

    @property
    def place(self) -> Place:
        """Where it is set."""
        return self.tree.place(self.at)


class Overlaid(Tree):
    """A tree of which some parts stand elsewhere; an override holds in the place of those before it."""

    def __init__(self, under: Tree, overrides: Sequence[Override]) -> None:
        super().__init__(under.file, under.text)
        self.under = under
        self.refused = under.refused
        self.data = under.data
        for override in overrides:
            self.data = with_value(self.data, override.path, override.value)
        self.overrides = overrides

    def place(self, path: Path, on_key: bool = False) -> Place:
        """Where the value at ``path`` was set last, or where it stands in the file."""
        for override in reversed(self.overrides):
            if within(path, override.path):
                return override.tree.place((*override.at, *path[len(override.path) :]), on_key)
        for end in range(len(path), 0, -1):  # what is there for the sake of an override alone stands where that does
            if value_at(self.under.data, path[:end]) is not None:
                break
            for override in self.overrides:
                if within(override.path, path[:end]):
                    return override.place
        return self.under.place(path, on_key)


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
    refuse_too_much(tree)
    problems = list(tree.problems)
    folder = FilePath(name).parent if name != "-" else FilePath()
    lost, booked = _with_figures(tree, folder, settings, figures, problems)
    if settings:
        tree = Overlaid(tree, _overrides(tree, [setting for setting in settings if not _sets_figures(setting)], problems))
    refuse_too_much(tree)
    agreement, found = validate(tree, Agreement, context(tree.data), faults, STAND_INS)
    problems += [problem for problem in found if not (lost and _misses_figures(problem))]
    if problems or agreement is None:
        raise AgreementError(_unfilled_as_one(in_order(problems, name)))
    _tell_months(agreement, tree, booked)
    return Document(name, agreement, tree, _changes(settings, figures), booked)


def _with_figures(
    tree: Tree, folder: FilePath, settings: Sequence[str], figures: str | FilePath | None, problems: list[Problem]
) -> tuple[bool, Sequence[Booked]]:
    """Enter the figures of other files into the tree: whether some are missing because of what is wrong with them, and what books came to."""
    setting = [one for one in settings if _sets_figures(one)]
    if figures is None and not setting and "figures" not in tree.data:
        return False, ()
    from .ledger.figures import merge, named_files, replaced

    for _, instead in named_files(tree.data.get("figures")):  # files of this run, also where others take their place
        is_named(folder / instead)
    # which files hold the figures is settled first, so that the other settings find them in their places
    for override in _overrides(tree, setting, problems):
        tree.data = with_value(tree.data, override.path, override.value)
        tree.elsewhere[override.path] = override.place
    if figures is not None:
        option = Place(f"--figures {figures}")
        try:
            tree.data["figures"] = replaced(tree.data.get("figures"), str(figures), option)
        except AgreementError as error:
            problems += error.problems
            return True, ()
        tree.elsewhere[("figures", "file") if isinstance(tree.data["figures"], dict) else ("figures",)] = option
    if "figures" not in tree.data:
        return False, ()
    merged = merge(tree, folder, None if figures is None else str(figures))
    problems += merged.problems
    return merged.lost, merged.booked


def _tell_months(agreement: Agreement, tree: Tree, booked: Sequence[Booked]) -> None:
    """Say of a running year what is booked in each month, where nothing that is set takes the place of what the books say."""
    for one in booked:
        year = agreement.years.get(one.year)
        if year is not None and year.to_date is not None:
            own = {name: months for name, months in one.months.items() if tree.place(one.path(name)) == one.places[name]}
            year.to_date.known_by_month(own)


def _overrides(tree: Tree, settings: Iterable[str], problems: list[Problem]) -> Sequence[Override]:
    """What the settings put in the place of what the tree states; what is wrong with one joins the problems."""
    made = list(overrides(tree.data, settings))
    problems += [one for one in made if isinstance(one, Problem)]
    return [one for one in made if isinstance(one, Override)]


def _changes(settings: Sequence[str], figures: str | FilePath | None) -> list[tuple[str, str]]:
    stated = [(path.strip(), value.strip()) for path, _, value in (setting.partition("=") for setting in settings)]
    named = [("figures", str(figures))] if figures is not None else []
    return [(path, FilePath(value).name if path == "figures" else value) for path, value in [*named, *stated]]


def _misses_figures(problem: Problem) -> bool:
    """Whether it says that there are no years, that a cost is missing, or that a year which runs lacks what is booked in it: noise where
    they stand in figures that are refused, whichever file the frame stands in."""
    return problem.code in ("no-years", "missing-cost") or (problem.code == "missing" and problem.text.startswith(_COMES_WITH_FIGURES))


_COMES_WITH_FIGURES: Final = ("`years`", "`actual`", "`through`")


def _sets_figures(setting: str) -> bool:
    return steps(setting.partition("=")[0].strip())[:1] == ["figures"]


def _unfilled_as_one(problems: list[Problem]) -> list[Problem]:
    """A starting file that nobody has filled in yet has one problem, not fifty."""
    unfilled = [problem for problem in problems if problem.code == "not-filled-in"]
    if len(unfilled) < 4:
        return problems
    first, *others = unfilled
    remedy = f"the others are in lines {spans([problem.place.line for problem in others])}"
    whole = first._replace(text=f"{first.text}, here and in {len(others)} more places", remedy=remedy)
    return [whole if problem is first else problem for problem in problems if problem is first or problem.code != "not-filled-in"]


# --- under other assumptions -------------------------------------------------------------------------------------------


def warm(document: Document) -> dict[str, Any]:
    """The document's data with what is read already in the place of its text, so that a change costs no more than its own part."""
    data, agreement = dict(document.tree.data), document.agreement
    for name in _OWN_NAMES:
        if isinstance(stated := data.get(name), dict):
            read: dict[Any, Any] = getattr(agreement, name)
            data[name] = {key: read[int(key) if name == "years" else key] for key in stated}
    data["sharing"] = agreement.sharing
    if agreement.governance is not None:
        data["governance"] = agreement.governance
    return data


def overlaid(document: Document, overrides: Sequence[Override], read: Mapping[str, Any] | None = None) -> Document:
    """The agreement with the overrides in force, in their order. ``read`` is what ``warm`` made of the document, to be quick about many cases.

    Raises AgreementError with every problem that the overrides make.
    """
    if not overrides:
        return document
    tree = Overlaid(document.tree, overrides)
    return anew(document, tree, None if read is None else _partly(tree.data, overrides, read))


def anew(document: Document, tree: Tree, partly: Mapping[str, Any] | None = None) -> Document:
    """The document read anew from another tree, or only in part. Raises AgreementError with every problem of it."""
    return Document(document.file, held(tree, Agreement, context(tree.data), faults, STAND_INS, partly), tree, booked=document.booked)


def _partly(data: Mapping[str, Any], overrides: Sequence[Override], read: Mapping[str, Any]) -> dict[str, Any] | None:
    """The data with what is read already in the place of its text, save where it was changed; None where that is not enough."""
    partly = dict(read)
    for name, *inside in (override.path for override in overrides):
        if name in _READ_BY or (name in _OWN_NAMES and not inside):
            return None
        stated = data[str(name)]
        partly[str(name)] = {**partly[str(name)], inside[0]: stated[inside[0]]} if name in _OWN_NAMES else stated
    return partly


def locate(data: Any, name: str, place: Place) -> Path | Problem:
    """The path that a dotted name leads to, or why it leads nowhere. It need not be there yet, as long as the format knows it."""
    here: Any = data
    path: list[str | int] = []
    keys = steps(name)
    for position, key in enumerate(keys):
        if isinstance(here, list):
            if not (key.isascii() and key.isdecimal()) or int(key) >= len(here):
                count = f"its entries are numbered 0 to {len(here) - 1}" if here else "it has none"
                return Problem("unknown-path", place, f"`{dotted(path)}` has no entry `{key}`", count)
            path.append(int(key))
        elif not (here is None or isinstance(here, dict)):
            text = f"`{dotted(path)}` is a single value: there is no `{key}` in it"
            return Problem("unknown-path", place, text, "leave the rest of the path out")
        else:
            known = _known(here or {}, path) if here is None or key not in here else None
            if known is not None and key not in known:
                near = meant(key, known)
                right = dotted((*path, near or "", *keys[position + 1 :]))
                remedy = f"did you mean `{right}`?" if near else "there is: " + ", ".join(f"`{one}`" for one in known)
                return Problem("unknown-path", place, f"there is no `{dotted((*path, key))}`", remedy)
            path.append(key)
        here = value_at(here, path[-1:])
    return tuple(path)


def _known(here: dict[str, Any], path: Sequence[str | int]) -> list[str] | None:
    """The names that may stand at a path, or None where any name may (its reference is checked with the file)."""
    if len(path) == 1 and path[0] in _OWN_NAMES:
        return [str(key) for key in here]
    return None if any(get_origin(spot.annotation) is dict for spot in spots(Agreement, path)) else fields_at(Agreement, path) or None


# --- `--set PATH=VALUE`: what is wrong with what is set names the option -----------------------------------------------


def overrides(data: Any, settings: Iterable[str]) -> Iterator[Override | Problem]:
    """What the settings say about the data of a file, each beside those before it; or what is wrong with one."""
    for setting in settings:
        for read_one in _read(data, setting):
            if isinstance(read_one, Override):
                data = with_value(data, read_one.path, read_one.value)
            yield read_one


def _read(data: Any, setting: str) -> Sequence[Override | Problem]:
    """What an option says about the data of a file, or what is wrong with it."""
    option = Place(f"--set {setting}")
    try:
        setting.encode()
    except UnicodeEncodeError as error:  # Python hands on what it could not decode as half a character for each byte
        byte = f"0x{ord(setting[error.start]) & 0xFF:02x}"
        return [Problem("encoding", option, f"the byte {byte} is not UTF-8", "write it in UTF-8: is the terminal set to it?")]
    name, equals, text = setting.partition("=")
    if not equals or not name.strip():
        return [Problem("bad-setting", option, "this is not PATH=VALUE", "write, for example, --set 'sharing.shared=50 %'")]
    value = _value(text.strip(), option)
    if value.problems:
        return value.problems
    path = locate(data, name, option)
    if isinstance(path, Problem):
        return [path]
    if isinstance(value.data, str) and value.data.endswith("%"):
        from .relative import as_set

        found = as_set(data, path, value.data, option.file)
        if isinstance(found, Problem):
            return [found]
        value.data = found
    return [Override(path, value.data, value)]


def _value(text: str, option: Place) -> Tree:
    """The value as the file would hold it: text, or a mapping or list in braces or brackets."""
    tree = Tree(option.file, text)
    tree.data = text or None
    if text.startswith(("{", "[", '"', "'")):
        stated = read(text, option.file)
        tree.data = stated.data
        tree.problems = [problem._replace(place=option) for problem in stated.problems]
    return tree
