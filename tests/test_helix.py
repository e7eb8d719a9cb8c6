"""The set-up that the guide gives for Helix, tried in Helix itself: three slips are marked as typed, and a field says what the guide says of it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from programs import program
from terminal import Terminal
from test_neovim import slipped

from socsam_calc.guide.pages import source

STEPS = {
    "en": [("", "● 3"), (" d", "`kommun` is not a role"), ("\r", "did you mean `tkr`?"), ("28Ggs k", "An activity: activities.ACTIVITY")],
    "sv": [("", "● 3"), (" d", "`kommun` är inte en roll"), ("\r", "menade du `tkr`?"), ("28Ggs k", "En verksamhet: activities.ACTIVITY")],
}
"""What is typed, and what is shown then: how many slips there are; all in a list; the first, with what to do; what is known of the first word of
line 28."""


@pytest.mark.parametrize("language", ["en", "sv"])
def test_helix_lists_three_slips_with_the_set_up_of_the_guide(language: str, tmp_path: Path) -> None:
    hx = program("hx", "hx", since="Debian 13")
    pytest.importorskip("pygls")
    (tmp_path / "slips.yaml").write_text(slipped(), encoding="utf-8")
    settings = tmp_path / ".config" / "helix" / "languages.toml"
    settings.parent.mkdir(parents=True)
    [set_up] = re.findall(r"```toml\n(.*?)```", source("editor", language), re.DOTALL)
    settings.write_text(set_up, encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    terminal = Terminal([hx, "slips.yaml"], {"HOME": str(tmp_path), "PATH": path, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})
    try:
        for typed, shown in STEPS[language]:
            terminal.type(typed)
            assert terminal.shows(shown), "\n".join([shown, *terminal.screen.display])
    finally:
        terminal.close()
