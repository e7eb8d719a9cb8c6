"""What each step of the arithmetic is called, what kind of number it is, and which rule and source it rests on.

``section`` is that of ``settlement.md``, ``rules`` are the numbers of ``domain.md``; the sources are cited as there.
"""

from __future__ import annotations

from typing import Final, NamedTuple, assert_never, get_args

from ...model.terms import WeightName


class Entry(NamedTuple):
    """One name of a step: its English ``label``, whose Swedish stands under ``step.`` and the name.

    ``kind``: `amount` (rounding units, perhaps not yet rounded), `share`, `number` of a series, or `count`.
    """

    label: str
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
            return Entry("share of a surplus", "4", (19,), _KEYS, "share")
        case "share of the deficit":
            return Entry("share of a deficit", "4", (19,), _KEYS, "share")
        case "equal weight":
            return Entry("equal weight", "4", (19,), _KEYS, "count")
        case "association share":
            return Entry("share in assets and liabilities", "7", (6,), _SHORTFALL, "share")
        case _:
            assert_never(name)


STEPS: Final = {
    # § 1, the frame
    "frame amount": Entry("frame amount", "1.1", (11,), _FRAME),
    "months": Entry("months of the year in the period", "1", kind="count"),
    "months in a year": Entry("months in a year", "1", kind="count"),
    "base": Entry("base", "1.1", (12,), _NATIONAL),
    "national outcome": Entry("national outcome", "1.2", (12,), _NATIONAL, "number"),
    "national forecast": Entry("national forecast", "1.1", (12,), _NATIONAL, "number"),
    "preliminary cell": Entry("preliminary cell", "1.1", (11, 12), _FRAME),
    "adjusted cell": Entry("adjusted cell", "1.2", (12, 13), _NATIONAL),
    "percentage": Entry("percentage", "1.3", (14,), _FRAME, "share"),
    "row": Entry("row before the correction", "1.3", (14,), _FRAME),
    "correction": Entry("correction", "1.3", (14,), _FRAME),
    "correction's part": Entry("part of the correction", "1.3", (14,), _FRAME),
    "corrected cell": Entry("corrected cell", "1.3", (14,), _FRAME),
    "conversion": Entry("conversion", "1.4", (15,), _CONVERSION),
    "conversion out": Entry("conversion out of the row", "1.4", (15,), _CONVERSION),
    "conversion's part": Entry("part of the conversion", "1.4", (15,), _CONVERSION),
    "converted cell": Entry("cell after the conversion", "1.4", (15,), _CONVERSION),
    "preliminary": Entry("preliminary frame", "1.1", (11,), _FRAME),
    "preliminary_frame": Entry("preliminary frame of the year", "1.1", (11,), _FRAME),
    "adjusted": Entry("row after the adjustment", "1.2", (12, 13), _NATIONAL),
    "adjustment": Entry("adjustment", "1.2", (12, 13), _NATIONAL),
    "final": Entry("final frame", "1", (12, 14, 15), _NATIONAL),
    "final_frame": Entry("final frame of the year", "1", (12, 14), _NATIONAL),
    "contribution": Entry("contribution", "1", (11, 12), _FRAME),
    # § 2, the result
    "cost": Entry("cost", "2", (18,), _RESULT),
    "actual": Entry("actual cost of the year", "2", (18,), _RESULT),
    "result": Entry("result", "2", (18,), _RESULT),
    "paid": Entry("paid for activities", "2", (18,), _RESULT),
    "before_sharing": Entry("before sharing", "2", (18,), _RESULT),
    # § 3, what is shared
    "share that is shared": Entry("share that is shared", "3.1", (20,), _SHARED, "share"),
    "shared before bands": Entry("shared before any bands", "3.1", (20,), _SHARED),
    "shared": Entry("shared", "3", (20,), _SHARED),
    "band limit in percent": Entry("band limit, of the final frame", "3.2", (20,), _SHARED, "share"),
    "band limit": Entry("band limit", "3.2", (20,), _SHARED),
    "share inside the band": Entry("share inside the band", "3.2", (20,), _SHARED, "share"),
    "withheld": Entry("withheld by the bands", "3.2", (20,), _SHARED),
    "size": Entry("shared before any bands, without its sign", "3.3", (20,), _SHARED),
    "withheld part": Entry("part of what is withheld", "3.3", (20,), _SHARED),
    "kept": Entry("kept", "3.4", (20,), _SHARED),
    "kept part": Entry("part of what is kept", "3.4", (20,), _SHARED),
    # § 4, who is entitled to what, and § 7
    **{name: _weight(name) for name in get_args(WeightName)},
    "allocated": Entry("allocated", "4", (19, 22), _KEYS, when_empty="nothing is shared with it"),
    "use": Entry("use", "4", (21,), _USES),
    "uses": Entry("uses", "4", (21,), _USES),
    "used": Entry("used", "4", (21,), _USES),
    "kept and allocated": Entry("kept and allocated", "4", (19, 20), _KEYS),
    "settled": Entry("settled", "4", (19, 20, 21), _KEYS),
    # § 5, when it is paid, and who pays whom
    "in hand": Entry("in hand: final minus preliminary contribution", "5", (24,), _FLOW),
    "claim": Entry("claim of the year", "5", (22, 24), _TIME),
    "opening claim": Entry("opening claim", "5", (22,), _TIME),
    "opening claims": Entry("opening claims", "5", (22,), _TIME),
    "brought": Entry("brought into the year", "5", (22,), _TIME),
    "transfer": Entry(
        "receives (+) or pays (−)", "5", (22, 24), _TIME, when_empty="no year of distribution: nothing moves"
    ),
    "carried": Entry(
        "carried further", "5", (22,), _TIME, when_empty="in a year of distribution nothing is carried further"
    ),
    "still to pay": Entry("still to pay", "5", (24,), _FLOW),
    "still to receive": Entry("still to receive", "5", (24,), _FLOW),
    "payment": Entry("payment", "5", (24,), _FLOW),
    # § 6, state and office
    "cost of administration": Entry("cost of administration", "6", (23,), _KEYS),
    "administration's share": Entry("administration's share of the costs", "6", (23,), _KEYS, "share"),
    "office's share": Entry("the office's share, not rounded", "6", (23,), _KEYS),
    "office's shares so far": Entry("the office's shares so far", "6", (23,), _KEYS),
    "cap": Entry("cap", "6", (23,), _KEYS, "share"),
    "administration in the frame": Entry("the office's administration in the frame", "6", (23,), _KEYS),
    "limit": Entry("limit of the year, not rounded", "6", (23,), _KEYS),
    "limit so far": Entry("limit so far", "6", (23,), _KEYS),
    "office's part so far": Entry("the office's part so far", "6", (23,), _KEYS),
    "office": Entry("the office's part of the year", "6", (23,), _KEYS),
    "state": Entry("the state's part of the year", "6", (23,), _KEYS),
    # § 7, a debt that an association could not pay
    "shortfall": Entry("shortfall", "7", (6,), _SHORTFALL),
    "nothing": Entry("nothing", ""),
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
