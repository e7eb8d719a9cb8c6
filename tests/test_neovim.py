"""The set-up that the guide gives for Neovim, tried in Neovim itself: three slips of an agreement are marked at their lines, as typed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from programs import program

from socsam_calc.guide.pages import source

SLIPPED = (
    ("name: Exempelby kommun, role: municipality", "name: Exempelby kommun, role: kommun"),
    ("unit: tkr", "unit: tusen"),
    ("period: {start: 1998-07-01", "period: {start: 1998-13-01"),
)
WAITS = """
vim.wait(60000, function() return #vim.diagnostic.get(0) >= 3 end, 100)
local found = {}
for _, one in ipairs(vim.diagnostic.get(0)) do
  table.insert(found, { vim.api.nvim_buf_get_lines(0, one.lnum, one.lnum + 1, false)[1], one.message })
end
io.stdout:write(vim.json and vim.json.encode(found) or vim.fn.json_encode(found))
vim.cmd('qall!')
"""


def slipped() -> str:
    """The complete example with three slips in it."""
    text = (ROOT / "examples" / "complete.yaml").read_text(encoding="utf-8")
    for right, wrong in SLIPPED:
        assert right in text
        text = text.replace(right, wrong, 1)
    return text


@pytest.mark.parametrize("language", ["en", "sv"])
def test_neovim_marks_three_slips_with_the_set_up_of_the_guide(language: str, tmp_path: Path) -> None:
    nvim = program("nvim", "neovim")
    pytest.importorskip("pygls")
    (tmp_path / "slips.yaml").write_text(slipped(), encoding="utf-8")
    version = subprocess.run([nvim, "--version"], capture_output=True, text=True, check=True).stdout
    newest = tuple(map(int, re.findall(r"v(\d+)\.(\d+)", version)[0])) >= (0, 11)
    new, old = re.findall(r"```lua\n(.*?)```", source("editor", language), re.DOTALL)
    (tmp_path / "init.lua").write_text(new if newest else old, encoding="utf-8")
    (tmp_path / "waits.lua").write_text(WAITS, encoding="utf-8")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
    done = subprocess.run(
        [nvim, "--headless", "-u", "init.lua", "slips.yaml", "-c", "luafile waits.lua"],
        cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    found = json.loads(done.stdout)
    marked = [line.strip() for line, _ in found]
    for _, wrong in SLIPPED:
        assert any(wrong in line for line in marked), (found, done.stderr)
    said = "; ".join(message for _, message in found)
    for word in {"en": ("is not a unit", "did you mean `municipality`?"), "sv": ("är inte en enhet", "menade du `municipality`?")}[
        language
    ]:
        assert word in said
