"""Keys, as ``format.md`` has them under "Keys", and how an amount is divided by one (section 0 of ``settlement.md``)."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from .parts import Cells, divide, require, share, weight

WORDS = ("frame", "equal", "contributed")
Key = str | dict[str, Any]


class Keys:
    """The keys of a file by name, and its parties in their order."""

    def __init__(self, parties: Iterable[str], named: dict[str, Key]) -> None:
        self.parties, self.named = list(parties), named

    def of(self, key: Key, trail: tuple[str, ...] = ()) -> Key:
        """The key itself, or one of the three words, where a name stands."""
        if isinstance(key, str) and key not in WORDS:
            require(key in self.named and key not in trail, f"{key}: no such key, or a circle")
            return self.of(self.named[key], (*trail, key))
        return key

    def table(self, key: dict[str, Any], year: int) -> dict[str, Fraction]:
        """A table of weights; of several by year the latest that is not after the year."""
        table = key["weights"]
        if any(isinstance(one, dict) for one in table.values()):
            begun = [one for one in table if int(one) <= year]
            table = table[max(begun, key=int)] if begun else {}
        return {party: weight(text) for party, text in table.items()}

    def named_parties(self, key: Key, year: int) -> list[str]:
        """The parties that a key names at any depth, in the table of weights in force, taking part that year or not."""
        key = self.of(key)
        if isinstance(key, str):
            return self.parties
        if "weights" in key:
            return list(self.table(key, year))
        held = []
        for name, one in key.items():
            held += self.named_parties(one["by"], year) if isinstance(one, dict) else [name]
        return held

    def shares(self, key: dict[str, Any]) -> dict[str, Fraction]:
        """The shares of parties and groups, ``rest`` filled in; they add up to 1."""
        texts = {name: one["share"] if isinstance(one, dict) else one for name, one in key.items()}
        given = {name: share(text) for name, text in texts.items() if text != "rest"}
        given |= {name: 1 - sum(given.values(), Fraction(0)) for name, text in texts.items() if text == "rest"}
        require(sum(given.values()) == 1 and min(given.values()) >= 0, "the shares do not add up to 1")
        return given

    def divide(self, total: int, key: Key, year: int, present: list[str], words: dict[str, dict[str, Fraction]]) -> Cells:
        """Section 0: an amount divided by a key over the parties of the year; ``words`` are the weights of the three words."""
        key = self.of(key)
        if isinstance(key, str):
            return divide(total, words[key])
        if "weights" in key:
            table = self.table(key, year)
            return divide(total, {party: table[party] for party in self.parties if party in table and party in present})
        shares = self.shares(key)

        def place(name: str) -> int:
            if not isinstance(key[name], dict):
                return self.parties.index(name)
            inside = self.named_parties(key[name]["by"], year)
            return min((self.parties.index(party) for party in inside), default=len(self.parties))

        parts: Cells = {}
        ordered = {name: shares[name] for name in sorted(shares, key=place)}
        for name, part in divide(total, ordered).items():
            if isinstance(key[name], dict):
                if part:
                    parts |= self.divide(part, key[name]["by"], year, present, words)
            else:
                require(name in present or not shares[name], f"{name}: a share of an absent party")
                parts[name] = part
        return {party: parts[party] for party in self.parties if parts.get(party)}
