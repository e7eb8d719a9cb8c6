"""What was held against a file, rule by rule or bound by bound, for programs that collect such things: SARIF 2.1.0, and JUnit's XML."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any, Final, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree

from ...problems import Place, Problem
from ...rules.rule import ERROR, INFO, WARNING, Severity

SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final[dict[Severity, str]] = {ERROR: "error", WARNING: "warning", INFO: "note"}
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Verdict(NamedTuple):
    """What one rule or bound says of a file: nothing (``severity`` None) where it holds. ``because`` is why the file asks to ignore it."""

    file: str
    code: str
    title: str
    severity: Severity | None
    place: Place
    text: str = ""
    because: str | None = None
    refused: bool = False


def of_problem(problem: Problem) -> Verdict:
    """Why a file, or a case of it, is refused."""
    text = "\n".join(filter(None, (problem.text, problem.remedy)))
    return Verdict(problem.place.file, problem.code, problem.code, ERROR, problem.place, text, refused=True)


def sarif(verdicts: Iterable[Verdict], version: str) -> str:
    """All that does not hold as one run of SARIF, with a rule for each code; what a file ignores is suppressed, with its reason."""
    found = [one for one in verdicts if one.severity is not None]
    titles: dict[str, set[str]] = {}
    for one in found:
        titles.setdefault(one.code, set()).add(one.title)
    codes = sorted(titles)
    driver = {
        "name": "socsam",
        "version": version,
        "rules": [{"id": code, "shortDescription": {"text": min(titles[code]) if len(titles[code]) == 1 else code}} for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code)) for one in found],
    }
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(verdict: Verdict, rule: int) -> dict[str, Any]:
    severity = verdict.severity or INFO
    told: dict[str, Any] = {
        "ruleId": verdict.code,
        "ruleIndex": rule,
        "level": _LEVELS[severity],
        "message": {"text": verdict.text},
    }
    place = verdict.place
    if place.file != "-" and not place.file.startswith("--"):
        where: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file.replace("\\", "/"))}}
        if place.line and not place.cell:
            where["region"] = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.length}
        told["locations"] = [{"physicalLocation": where}]
    if verdict.because is not None:
        told["suppressions"] = [{"kind": "inSource", "justification": verdict.because}]
    return told


def junit(verdicts: Iterable[Verdict], failing: Collection[Severity]) -> str:
    """A suite for each file and a case for each rule or bound; one fails where its severity is ``failing``, and is an error where it is refused."""
    root = ElementTree.Element("testsuites", name="socsam")
    for file, held in groupby(sorted(verdicts, key=lambda one: one.file), key=lambda one: one.file):
        suite = ElementTree.SubElement(root, "testsuite", name=_text(file))
        for one in held:
            case = ElementTree.SubElement(suite, "testcase", name=_text(f"{one.code}: {one.title}"), classname=_text(file))
            text = _text(f"{one.place}: {one.text}")
            if one.because is not None:
                ElementTree.SubElement(case, "skipped", message=_text(one.because))
            elif one.refused or one.severity in failing:
                ElementTree.SubElement(case, "error" if one.refused else "failure", message=_text(one.text), type=one.code).text = text
            elif one.severity is not None:
                ElementTree.SubElement(case, "system-out").text = text
        _count(suite)
    _count(root)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _count(holder: ElementTree.Element) -> None:
    for name, kind in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        holder.set(name, str(sum(1 for _ in holder.iter(kind))))


def _text(text: str) -> str:
    """The text without the signs that XML cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
