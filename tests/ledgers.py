"""Ledgers of an invented association, written by hand from the published format of SIE 4; every figure is invented."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

TERMS = """format: socsam/1
area: Sjöbygden
law: none
period: {start: 2023-01-01}
parties:
  region: {role: county_council}
  kommun: {role: municipality}
activities:
  insatser: {performer: body, cost: joint_measures}
  kansli: {performer: body, cost: administration}
sharing: {surplus: equal, deficit: equal}
figures:
  file: ledger.se
  rounding: nearest
  accounts:
    insatser: {accounts: 4000-6999, objects: {6: [P1, P2]}}
    kansli: [4000-7999]
  outside: [1000-3999, 8000-8999]
years:
  2024:
    frame:
      insatser: {region: 300 000, kommun: 300 000}
      kansli: {region: 100 000, kommun: 100 000}
"""

HEAD = """\
#FLAGGA 0
#PROGRAM "Påhittat bokföringsprogram" 1.0
#FORMAT PC8
#GEN 20250120 "AB"
#SIETYP 4
#FNAMN "Samordningsförbundet Sjöbygden"
#RAR 0 20240101 20241231
#RAR -1 20230101 20231231
#OMFATTN 20241231
#KONTO 1930 "Bank"
#KONTO 2010 "Eget kapital"
#KONTO 3510 "Medlemsavgifter"
#KONTO 4010 "Köpta tjänster"
#SRU 4010 7320
#KONTO 5010 "Lokalhyra"
#KONTO 7010 "Löner"
#DIM 6 "Projekt"
#OBJEKT 6 "P1" "Rehabgruppen"
#OBJEKT 6 "P2" "Ungdomsspåret"
#IB 0 1930 500000.00
#IB 0 2010 -500000.00
#UB 0 1930 649999.50
#UB 0 2010 -500000.00
"""
RESULTS = """\
#RES 0 3510 -800000.00
#RES 0 4010 450000.00
#RES 0 5010 80000.50
#RES 0 7010 120000.00
"""
VOUCHERS = """\
#VER A 1 20240115 "Medlemsavgifter"
{
#TRANS 1930 {} 800000.00
#TRANS 3510 {} -800000.00
}
#VER A 2 20240331 "Insatser, första kvartalet"
{
#TRANS 4010 {6 "P1"} 200000.00
#TRANS 4010 {6 "P2"} 150000.00
#TRANS 1930 {} -350000.00
}
#VER A 3 20240630 "Hyra och löner"
{
#TRANS 5010 {} 80000.50 20240630 "Hyra"
#TRANS 7010 {} 120000.00 20240615
#TRANS 1930 {} -200000.50
}
#VER A 4 20241015 "Insatser, hösten"
{
#TRANS 4010 {6 "P1"} 100000.00
#TRANS 1930 {} -100000.00
}
"""
WHOLE = HEAD + RESULTS + VOUCHERS
"""The whole year: insatser 200 000 + 150 000 + 100 000 = 450 000 kr; kansli 80 000,50 + 120 000 = 200 000,50 kr, which is 200 001."""


def write(folder: Path, ledger: str | bytes = WHOLE, terms: str = TERMS, file: str = "ledger.se") -> Path:
    """An agreement with its ledger beside it."""
    (folder / file).write_bytes(ledger.encode() if isinstance(ledger, str) else ledger)
    path = folder / "agreement.yaml"
    path.write_text(terms, encoding="utf-8")
    return path


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """A text with parts replaced, each of which must be there."""
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    return text


def voucher(number: int, day: str, *rows: str, series: str = "A") -> str:
    """A voucher with its rows, each written as `#TRANS` has it."""
    return f'#VER {series} {number} {day} "Påhittad"\n{{\n' + "".join(f"#TRANS {row}\n" for row in rows) + "}\n"


def lines(*texts: str) -> str:
    """Lines of a file."""
    return "".join(f"{text}\n" for text in texts)


def without(text: str, *labels: str) -> str:
    """A ledger without the lines that begin so."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(tuple(labels)))


def balances(year: int, label: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Balance lines of a year."""
    return "".join(f"#{label} {year} {account} {amount}\n" for account, amount in pairs)
