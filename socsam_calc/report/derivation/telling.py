"""What explanations have in common: some figures, each step once, below the figure that first needs it, down to the lines of the file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...amounts import in_kronor, plain
from ...model.agreement import Agreement
from ...model.evaluation import Evaluation
from ...model.panel import PanelDocument
from ...problems import Place
from ...source.document import Document
from ...source.evaluation import EvaluationDocument
from ...source.ledger.accounts import AccountSum
from ..data.json import exact, kronor
from ..data.records import Field, Records, Value, texts
from ..told.rules import citations
from ..told.tables import Block, Cell, Item, Lines, Outline
from .derivation import Derivation, Node, Told
from .formula import Formulas
from .steps import Entry


class Telling(ABC):
    """Some figures with all that they rest on, told in one language and unit. ``subject`` is the path that names them.

    ``stated`` is what the document says of itself, None of a table, ``year`` the year that is told, None where it is all of them; ``rounding`` that of the amounts.
    """

    stated: Agreement | Evaluation | None = None
    rounding: str | None = None
    year_told: int | None = None
    depth: int | None = None
    """How many levels of steps a report shows; None is all of them."""

    def __init__(
        self, document: Document | EvaluationDocument | PanelDocument, derivation: Derivation, formulas: Formulas, subject: str
    ) -> None:
        self.document, self.derivation, self.formulas, self.subject = document, derivation, formulas, subject
        self.words = formulas.words

    @abstractmethod
    def blocks(self, *, hints: bool = True) -> Iterator[Block | Outline]:
        """The explanation as a report."""

    # --- for people --------------------------------------------------------------------------------------------------------

    def _items(self, told: Told) -> Iterator[Item]:
        """A figure and what is told with it; where that is done already, where to find it."""
        if not told.nodes:
            root = told.root
            yield Item(0, f"{self._label(root)}: {self.formulas.value(root.step)}, {self.words('see')} [{root.number}]")
        for node in told.nodes:
            yield self._item(node, self._details(node))

    def as_deep(self, items: Sequence[Item]) -> list[Item]:
        """Those of the items that are not too deep."""
        return [item for item in items if self.depth is None or item.depth < self.depth]

    def left_out(self) -> Iterator[Block]:
        """How many steps are too deep to be shown."""
        if count := sum(self.depth is not None and node.depth >= self.depth for node in self.derivation.nodes):
            text = (
                "{count} deeper step is left out; without --depth it is shown"
                if count == 1
                else "{count} deeper steps are left out; without --depth they are shown"
            )
            yield Lines("", [Cell(self.words(text, count=count))])

    def _item(self, node: Node, details: Iterable[str]) -> Item:
        elsewhere = node.figure or "" if node.told_elsewhere else ""
        return Item(node.depth, f"[{node.number}] {self._label(node)}: {self.formulas.value(node.step)}", list(details), elsewhere)

    def _label(self, node: Node) -> str:
        return self.formulas.label(node.step, self.year_told)

    def _details(self, node: Node, *, alone: bool = False) -> Iterator[str]:
        """How a step was made, or where it stands; then what it rests on. ``alone`` it says what else the steps around it would."""
        yield from self._made(node, alone=alone)
        if node.inputs and not node.told_elsewhere:
            entry = self.formulas.entry(node.step)
            numbers = ", ".join(map(str, entry.rules))
            numbered = self.words("rule {numbers}" if len(entry.rules) == 1 else "rules {numbers}", numbers=numbers)
            yield self.rests_on(f"§ {entry.section}, {numbered}" if entry.section else numbered, citations(self.sources(entry), self.words))

    def _made(self, node: Node, *, alone: bool) -> Iterator[str]:
        if node.step.formula == "given":
            yield from self._stated(node)
            return
        yield f"= {self.formulas.in_words(node, self.year_told)}"
        numbers = self.formulas.with_numbers(node)
        if numbers != self.formulas.number(node.step):
            yield f"= {numbers}"

    def _stated(self, node: Node) -> Iterator[str]:
        """Where a figure stands in the file; what stands for it where the file is silent."""
        place, note = self._place(node), self._note(node)
        if note:
            yield note
        if place is not None:
            yield self.located(place) + (f"  |  {place.excerpt.strip()}" if place.excerpt else "")
        for one in self._booked(node):
            account, amount = f"{one.account} {one.name}".rstrip(), in_kronor(one.amount)
            yield self.words("{account}: {amount}, first at {place}", account=account, amount=amount, place=self.located(one.place))

    def sources(self, entry: Entry) -> tuple[str, ...]:
        """The sources that a step rests on, in the agreement that is told."""
        return entry.sources

    def rests_on(self, rules: str, sources: Sequence[str]) -> str:
        """What a step rests on, as it is written below it."""
        return "; ".join([rules, *sources])

    @property
    def file(self) -> str:
        """The file as a command names it."""
        return self.document.file

    def located(self, place: Place) -> str:
        """Where a figure stands, as it is written before the line itself."""
        return str(place)

    def _place(self, node: Node) -> Place | None:
        return None if node.step.place is None else self.document.place(node.step.place)

    def _booked(self, node: Node) -> Sequence[AccountSum]:
        """The accounts of the books that a figure is made of; none where it is not."""
        return ()

    def _note(self, node: Node) -> str | None:
        """What the file's line does not say by itself."""
        return None

    # --- for programs ------------------------------------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """The explanation as ``socsam.explanation/1`` has it; amounts in exact kronor."""
        return {
            "schema": "socsam.explanation/1",
            "currency": "SEK",
            "file": self.document.file,
            "area": self.stated and self.stated.area,
            "title": self.stated and self.stated.title,
            "unit": self.formulas.unit,
            "rounding": self.rounding,
            "year": self.year_told,
            "figures": [{"path": told.path, "step": told.root.number} for told in self.derivation.told],
            "steps": [self._step(node) for node in [*self.derivation.nodes, *self.derivation.constants]],
        }

    def _step(self, node: Node) -> dict[str, Any]:
        step, entry, formulas, place = node.step, self.formulas.entry(node.step), self.formulas, self._place(node)
        derived, is_money = bool(node.inputs), entry.kind in ("amount", "head")
        return {
            "id": node.number,
            "name": step.name,
            "label": self._label(node),
            "year": step.year or None,
            "about": list(step.about),
            "kind": "amount" if is_money else entry.kind,
            "value": exact(step.value * 100 if entry.kind == "percent" else step.value, formulas.rounding if is_money else None),
            "formula": "figure" if node.told_elsewhere else step.formula,
            "words": plain(formulas.in_words(node, self.year_told, numbered=False)) if derived else None,
            "numbers": plain(formulas.with_numbers(node)) if derived else None,
            "inputs": [one.number for one in node.inputs],
            "position": step.position if step.formula in ("part", "scale") else None,
            "division": self._division_data(node),
            "section": entry.section or None,
            "rules": list(entry.rules),
            "sources": list(citations(self.sources(entry), self.words)),
            "figure": node.figure,
            "place": None
            if place is None
            else {"file": place.file, "line": place.line or None, "column": place.column or None, "text": place.excerpt.strip() or None},
            "accounts": [
                {
                    "account": one.account,
                    "name": one.name or None,
                    "sum": kronor(one.amount, "öre"),
                    "file": one.place.file,
                    "line": one.place.line or None,
                }
                for one in self._booked(node)
            ],
            "note": self._note(node),
        }

    def _division_data(self, node: Node) -> list[dict[str, Any]] | None:
        """The whole division that a part belongs to."""
        return None


def step_records(explanations: Iterable[Mapping[str, Any]]) -> Records:
    """The rows of what ``data`` gives, the steps of ``inputs`` by their numbers. ``value`` is text: an amount in exact kronor, a share, a
    percentage, a number, or a fraction such as 1/3."""
    rows: list[list[Value]] = []
    for told in explanations:
        for step in told["steps"]:
            place = step["place"] or {"file": None, "line": None, "text": None}
            named = [step[name] for name in ("name", "label", "kind", "value", "formula", "words", "numbers", "section")]
            cited = [", ".join(map(str, step["rules"])) or None, "; ".join(step["sources"]) or None]
            inputs = ", ".join(map(str, step["inputs"])) or None
            rows.append([step["id"], *named, *cited, place["file"], place["line"], place["text"], step["figure"], inputs])
    names = texts("name", "label", "kind", "value", "formula", "words", "numbers", "section", "rules", "sources", "file")
    return Records([Field("step", 0), *names, Field("line", 0), *texts("text", "figure", "inputs")], rows)
