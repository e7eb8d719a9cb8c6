"""What lag (1992:863), the forerunner (FINSAM), asks of an agreement between an insurance office and a principal of health care.

Only what could be read in a published text of the law is a rule here; the shares and the division of results are not known.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from ..rule import declared

rule: Final = partial(declared, laws=("1992:863",))
"""Declares a rule of this pack."""
