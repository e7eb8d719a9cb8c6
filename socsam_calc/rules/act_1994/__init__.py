"""What lag (1994:566), the memorandum on it and the report on its trials ask of an agreement under that Act."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..rule import TRIAL_ACT, declared

rule: Final = partial(declared, laws=TRIAL_ACT)
"""Declares a rule of this pack."""
