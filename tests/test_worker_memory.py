"""A Dask worker keeps the memory of a piece for the next one: the piece tells the C library so."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace

import pytest

pytest.importorskip("numpy")

from socsam_calc.answers.simulation import memory
from socsam_calc.report.told.refusals import tell
from socsam_calc.report.told.words import Words


@pytest.mark.parametrize(("answer", "kept"), [(1, True), (0, False)])
def test_the_library_is_told_and_says_whether_it_will(monkeypatch: pytest.MonkeyPatch, answer: int, kept: bool) -> None:
    told: list[tuple[int, int]] = []

    def mallopt(which: int, size: int) -> int:
        told.append((which, size))
        return answer

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(mallopt=mallopt))
    assert memory.kept.__wrapped__() is kept
    assert told == [(-1, 2**30), (-3, 2**25)][: len(told)] and told


def test_a_library_without_that_setting_does_not_hand_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    assert memory.kept.__wrapped__()


def test_the_loss_is_named_in_both_languages() -> None:
    english, swedish = (str(tell(memory.HANDED_BACK, Words(lang))) for lang in ("en", "sv"))
    assert "a third of their speed" in english and "en tredjedel av deras fart" in swedish
    assert all("MALLOC_TRIM_THRESHOLD_=1073741824" in text for text in (english, swedish))
