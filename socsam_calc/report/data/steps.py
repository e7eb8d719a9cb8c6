"""The steps of an explanation as rows: one for each, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .records import Field, Records, Value, texts


def step_records(explanations: Iterable[Mapping[str, Any]]) -> Records:
    """The rows of what ``data`` gives. ``value`` is text: an amount in exact kronor, a share, a number, or a fraction such as 1/3."""
    rows: list[list[Value]] = []
    for told in explanations:
        for step in told["steps"]:
            place = step["place"] or {"file": None, "line": None, "text": None}
            named = [step[name] for name in ("name", "label", "kind", "value", "formula", "words", "numbers", "section")]
            cited = [", ".join(map(str, step["rules"])) or None, "; ".join(step["sources"]) or None]
            rows.append([step["id"], *named, *cited, place["file"], place["line"], place["text"]])
    names = texts("name", "label", "kind", "value", "formula", "words", "numbers", "section", "rules", "sources", "file")
    return Records([Field("step", 0), *names, Field("line", 0), Field("text")], rows)
