"""What has brought agreements trouble, or leaves them open, under whichever law: frame, changes, sharing, distribution."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..rule import ANY_LAW, declared

rule: Final = partial(declared, laws=ANY_LAW)
"""Declares a rule of this pack. One that another law settles otherwise names ``laws`` itself."""
