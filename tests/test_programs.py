"""A run says at its end which programs were missing, and how many tests that left out."""

from __future__ import annotations

import shutil

import pytest
from programs import left_out, program


def test_a_missing_program_skips_its_test_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVERY_PROGRAM", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    reasons = []
    for name, package in (("soffice", "libreoffice-calc-nogui"), ("zsh", "zsh"), ("soffice", "libreoffice-calc-nogui")):
        with pytest.raises(pytest.skip.Exception) as skipped:
            program(name, package)
        reasons.append(f"Skipped: {skipped.value}")
    assert left_out([*reasons, "Skipped: no reason of ours"]) == [
        "soffice is missing: 2 tests left out (apt-get install libreoffice-calc-nogui)",
        "zsh is missing: 1 test left out (apt-get install zsh)",
    ]


def test_where_every_program_has_to_be_there_its_test_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVERY_PROGRAM", "1")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(pytest.fail.Exception, match=r"^soffice is missing \(apt-get install libreoffice\)$"):
        program("soffice", "libreoffice")
