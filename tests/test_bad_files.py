"""A gallery of bad files, each with the message that a person gets: place, source line, cause, remedy.

The messages are recorded beside the files. ``pytest tests/test_bad_files.py --record`` writes them anew: read the diff.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GALLERY = Path(__file__).parent / "bad"
FILES = sorted(GALLERY.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_bad_file_gets_its_message(file: Path, socsam: Callable[..., Any], request: pytest.FixtureRequest) -> None:
    outcome = socsam("settle", file.relative_to(GALLERY.parent.parent))
    message = file.with_suffix(".txt")
    if request.config.getoption("--record"):
        message.write_text(outcome.err, encoding="utf-8")
    assert outcome.err == message.read_text(encoding="utf-8")
    assert (outcome.status, outcome.out) == (2, "")
    assert "Traceback" not in outcome.err and "fault of the program" not in outcome.err


def test_every_recorded_message_has_its_file() -> None:
    assert {path.stem for path in GALLERY.glob("*.txt")} == {path.stem for path in FILES}
    assert len(FILES) > 90


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_problem_has_a_place_and_a_remedy(file: Path) -> None:
    """In the text: `file:line:column`, the spot marked; except for what has no line, such as a file that is not there."""
    from socsam_calc import AgreementError, load, settle

    with pytest.raises(AgreementError) as caught:
        settle(load(file))
    for problem in caught.value.problems:
        assert problem.remedy
        assert problem.place.line > 0 or problem.code in ("empty", "encoding", "unreadable", "file-size")
