"""The report page held against what is asked of pages in general: axe-core in a real Chromium, html-validate over its text."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browser
import pytest
from programs import npm_package, program
from test_report_browser import PAGES, UNFOLD, folder

__all__ = ["folder"]  # the pages that are looked at

RULES = {
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {
        "long-title": "off",  # a title is the area and what its trial is called, as the file has them
        "no-inline-style": "off",  # how broad a table or a bar is, which no style sheet can know
    },
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    browser.needed()
    with browser.chromium() as driver:
        yield driver


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*PAGES, "norm"])
def test_axe_finds_nothing(chromium: Any, folder: Path, name: str, scheme: str) -> None:
    """All its rules, best practices among them, with everything unfolded and at the width of a telephone, where tables scroll."""
    axe = npm_package("axe-core", "4.14.1") / "node_modules" / "axe-core" / "axe.min.js"
    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, 360, scheme=scheme)
    chromium.execute_script(UNFOLD)
    chromium.execute_script(axe.read_text("utf-8"))
    found = chromium.execute_async_script("axe.run().then(arguments[0], error => arguments[0]({violations: [String(error)]}))")[
        "violations"
    ]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found] == []


def test_html_validate_finds_nothing(folder: Path, tmp_path: Path) -> None:
    validator = npm_package("html-validate", "9.7.1") / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    (tmp_path / "rules.json").write_text(json.dumps(RULES), "utf-8")
    pages = [str(folder / f"{name}.html") for name in (*PAGES, "norm")]
    call = [program("node", "nodejs"), str(validator), "--config", str(tmp_path / "rules.json"), "--formatter", "json", *pages]
    done = subprocess.run(call, check=False, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stdout) if done.stdout else [{"filePath": "", "messages": [{"ruleId": "", "message": done.stderr, "line": 0}]}]
    told = {(Path(one["filePath"]).stem, said["ruleId"], said["message"]) for one in found for said in one["messages"]}
    assert sorted(told) == [] and done.returncode == 0
