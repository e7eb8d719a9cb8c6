"""What lag (2003:1210) on financial coordination of rehabilitation asks of an agreement under that Act."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..rule import declared

rule: Final = partial(declared, laws=("2003:1210",))
"""Declares a rule of this pack."""
