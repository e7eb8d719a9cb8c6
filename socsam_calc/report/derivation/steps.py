"""What each step of the arithmetic is called, what kind of number it is, and which rule and source it rests on.

``section`` is that of ``settlement.md``, ``rules`` are the numbers of ``domain.md``; the sources are cited as there.
"""

from __future__ import annotations

from typing import Final, NamedTuple, assert_never, get_args

from ...model.terms import WeightName


class Entry(NamedTuple):
    """One name of a step. ``kind``: `amount` (rounding units, perhaps not yet rounded), `share`, `number` of a series, or `count`."""

    english: str
    swedish: str
    section: str
    rules: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    kind: str = "amount"
    when_empty: str = "nothing enters it"


_FRAME: Final = ("PM “Fastställande av finansiell ram”",)
_RESULT: Final = ("Report 4.1.2",)
_NATIONAL: Final = ("PM “Fastställande av finansiell ram”", "Report 4.1.2")
_SHARED: Final = ("PM “Över- och underskott”", "Report 4.2.2")
_KEYS: Final = ("PM “Över- och underskott”",)
_USES: Final = ("PM “Över- och underskott”", "Report 4.1.2")
_TIME: Final = ("PM “Över- och underskott”", "Report 4.3")
_FLOW: Final = ("Report 4.3",)
_CONVERSION: Final = ("Report 4.2.1",)
_SHORTFALL: Final = ("Act 20 §", "PM “Ekonomisk förvaltning”")


def _weight(name: WeightName) -> Entry:
    """The weights of a key."""
    match name:
        case "share of the surplus":
            return Entry("share of a surplus", "andel av överskott", "4", (19,), _KEYS, "share")
        case "share of the deficit":
            return Entry("share of a deficit", "andel av underskott", "4", (19,), _KEYS, "share")
        case "equal weight":
            return Entry("equal weight", "lika vikt", "4", (19,), _KEYS, "count")
        case "association share":
            return Entry("share in assets and liabilities", "andel i tillgångar och skulder", "7", (6,), _SHORTFALL, "share")
        case _:
            assert_never(name)


STEPS: Final = {
    # § 1, the frame
    "frame amount": Entry("frame amount", "rambelopp", "1.1", (11,), _FRAME),
    "months": Entry("months of the year in the period", "årets månader i perioden", "1", kind="count"),
    "months in a year": Entry("months in a year", "månader på ett år", "1", kind="count"),
    "base": Entry("base", "bas", "1.1", (12,), _NATIONAL),
    "national outcome": Entry("national outcome", "riksutfall", "1.2", (12,), _NATIONAL, "number"),
    "national forecast": Entry("national forecast", "riksprognos", "1.1", (12,), _NATIONAL, "number"),
    "preliminary cell": Entry("preliminary cell", "preliminär cell", "1.1", (11, 12), _FRAME),
    "adjusted cell": Entry("adjusted cell", "justerad cell", "1.2", (12, 13), _NATIONAL),
    "percentage": Entry("percentage", "procentsats", "1.3", (14,), _FRAME, "share"),
    "row": Entry("row before the correction", "raden före ändringen", "1.3", (14,), _FRAME),
    "correction": Entry("correction", "avtalad ändring", "1.3", (14,), _FRAME),
    "correction's part": Entry("part of the correction", "del av ändringen", "1.3", (14,), _FRAME),
    "corrected cell": Entry("corrected cell", "ändrad cell", "1.3", (14,), _FRAME),
    "conversion": Entry("conversion", "omvandling", "1.4", (15,), _CONVERSION),
    "conversion out": Entry("conversion out of the row", "omvandling ut ur raden", "1.4", (15,), _CONVERSION),
    "conversion's part": Entry("part of the conversion", "del av omvandlingen", "1.4", (15,), _CONVERSION),
    "converted cell": Entry("cell after the conversion", "cell efter omvandlingen", "1.4", (15,), _CONVERSION),
    "preliminary": Entry("preliminary frame", "preliminär ram", "1.1", (11,), _FRAME),
    "preliminary_frame": Entry("preliminary frame of the year", "årets preliminära ram", "1.1", (11,), _FRAME),
    "adjusted": Entry("row after the adjustment", "raden efter justeringen", "1.2", (12, 13), _NATIONAL),
    "adjustment": Entry("adjustment", "justering", "1.2", (12, 13), _NATIONAL),
    "final": Entry("final frame", "fastställd ram", "1", (12, 14, 15), _NATIONAL),
    "final_frame": Entry("final frame of the year", "årets fastställda ram", "1", (12, 14), _NATIONAL),
    "contribution": Entry("contribution", "bidrag", "1", (11, 12), _FRAME),
    # § 2, the result
    "cost": Entry("cost", "utfall", "2", (18,), _RESULT),
    "actual": Entry("actual cost of the year", "årets utfall", "2", (18,), _RESULT),
    "result": Entry("result", "resultat", "2", (18,), _RESULT),
    "paid": Entry("paid for activities", "betalt för verksamhet", "2", (18,), _RESULT),
    "before_sharing": Entry("before sharing", "före delning", "2", (18,), _RESULT),
    # § 3, what is shared
    "share that is shared": Entry("share that is shared", "andel som delas", "3.1", (20,), _SHARED, "share"),
    "shared before bands": Entry("shared before any bands", "delas före en eventuell skala", "3.1", (20,), _SHARED),
    "shared": Entry("shared", "delas", "3", (20,), _SHARED),
    "band limit in percent": Entry("band limit, of the final frame", "gräns i skalan, av fastställd ram", "3.2", (20,), _SHARED, "share"),
    "band limit": Entry("band limit", "gräns i skalan", "3.2", (20,), _SHARED),
    "share inside the band": Entry("share inside the band", "andel inom gränserna", "3.2", (20,), _SHARED, "share"),
    "withheld": Entry("withheld by the bands", "undantas av skalan", "3.2", (20,), _SHARED),
    "size": Entry("shared before any bands, without its sign", "delas före en eventuell skala, utan tecken", "3.3", (20,), _SHARED),
    "withheld part": Entry("part of what is withheld", "del av det som undantas", "3.3", (20,), _SHARED),
    "kept": Entry("kept", "behålls", "3.4", (20,), _SHARED),
    "kept part": Entry("part of what is kept", "del av det som behålls", "3.4", (20,), _SHARED),
    # § 4, who is entitled to what, and § 7
    **{name: _weight(name) for name in get_args(WeightName)},
    "allocated": Entry("allocated", "tilldelas", "4", (19, 22), _KEYS, when_empty="nothing is shared with it"),
    "use": Entry("use", "användning", "4", (21,), _USES),
    "uses": Entry("uses", "användningar", "4", (21,), _USES),
    "used": Entry("used", "används", "4", (21,), _USES),
    "kept and allocated": Entry("kept and allocated", "behålls och tilldelas", "4", (19, 20), _KEYS),
    "settled": Entry("settled", "avräknat", "4", (19, 20, 21), _KEYS),
    # § 5, when it is paid, and who pays whom
    "in hand": Entry("in hand: final minus preliminary contribution", "i hand: fastställt minus preliminärt bidrag", "5", (24,), _FLOW),
    "claim": Entry("claim of the year", "årets fordran", "5", (22, 24), _TIME),
    "opening claim": Entry("opening claim", "ingående fordran", "5", (22,), _TIME),
    "opening claims": Entry("opening claims", "ingående fordringar", "5", (22,), _TIME),
    "brought": Entry("brought into the year", "förs in i året", "5", (22,), _TIME),
    "transfer": Entry(
        "receives (+) or pays (−)", "får (+) eller betalar (−)", "5", (22, 24), _TIME, when_empty="no year of distribution: nothing moves"
    ),
    "carried": Entry(
        "carried further", "förs vidare", "5", (22,), _TIME, when_empty="in a year of distribution nothing is carried further"
    ),
    "still to pay": Entry("still to pay", "kvar att betala", "5", (24,), _FLOW),
    "still to receive": Entry("still to receive", "kvar att få", "5", (24,), _FLOW),
    "payment": Entry("payment", "betalning", "5", (24,), _FLOW),
    # § 6, state and office
    "cost of administration": Entry("cost of administration", "utfall för förvaltning", "6", (23,), _KEYS),
    "administration's share": Entry("administration's share of the costs", "förvaltningens andel av utfallet", "6", (23,), _KEYS, "share"),
    "office's share": Entry("the office's share, not rounded", "kassans andel, oavrundad", "6", (23,), _KEYS),
    "office's shares so far": Entry("the office's shares so far", "kassans andelar hittills", "6", (23,), _KEYS),
    "cap": Entry("cap", "tak", "6", (23,), _KEYS, "share"),
    "administration in the frame": Entry("the office's administration in the frame", "kassans förvaltning i ramen", "6", (23,), _KEYS),
    "limit": Entry("limit of the year, not rounded", "årets tak, oavrundat", "6", (23,), _KEYS),
    "limit so far": Entry("limit so far", "tak hittills", "6", (23,), _KEYS),
    "office's part so far": Entry("the office's part so far", "kassans del hittills", "6", (23,), _KEYS),
    "office": Entry("the office's part of the year", "kassans del av året", "6", (23,), _KEYS),
    "state": Entry("the state's part of the year", "statens del av året", "6", (23,), _KEYS),
    # § 7, a debt that an association could not pay
    "shortfall": Entry("shortfall", "brist", "7", (6,), _SHORTFALL),
    "nothing": Entry("nothing", "inget", ""),
}  # fmt: skip
"""Every name that the engine gives a step."""

SECTIONS: Final = {
    "1": "Frame",
    "2": "Result",
    "3": "What is shared",
    "4": "Who is entitled to what",
    "5": "When it is paid, and who pays whom",
    "6": "Split between office and state",
    "7": "Shortfall",
}
"""The parts of the arithmetic, in its order."""
