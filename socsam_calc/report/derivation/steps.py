"""What each step of the arithmetic is called, what kind of number it is, and which rule and source it rests on.

``section`` is that of ``settlement.md``, ``rules`` are the numbers of ``domain.md``; the sources are cited as there.
"""

from __future__ import annotations

from typing import Final, NamedTuple, assert_never, get_args

from ...model.dividing import WeightName


class Entry(NamedTuple):
    """One name of a step: its English ``label``, whose Swedish stands under ``step.`` and the name.

    ``kind``: `amount` (rounding units, perhaps not yet rounded), `share`, `percent` (a share that is told as one), `number` of a series, or `count`.
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
_CAPITAL: Final = ("Act 2003:1210 15 §",)
_MEMBERS: Final = ("Act 2003:1210 5 §",)
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
        case "share of own capital":
            return Entry("share of own capital", "4a", (31,), _CAPITAL, "share")
        case "share":
            return Entry("share", "0", (29,), _MEMBERS, "share")
        case "weight":
            return Entry("weight", "0", (29,), _MEMBERS, "number")
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
    "preliminary row": Entry("preliminary row", "1.1", (11, 12), _FRAME),
    "adjusted row": Entry("adjusted row", "1.2", (12, 13), _NATIONAL),
    "corrected row": Entry("corrected row", "1.3", (14,), _FRAME),
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
    "agreed index": Entry("agreed index", "1.1", (12,), _NATIONAL, "number"),
    "booked": Entry("booked so far", "1", (18,), _RESULT, when_empty="nothing is booked"),
    "remaining": Entry("expected to remain", "1", (18,), _RESULT, when_empty="nothing remains"),
    "months past": Entry("months so far", "1", kind="count"),
    "months ahead": Entry("months that remain", "1", kind="count"),
    "months of the year": Entry("all months of the year in the period", "1", kind="count"),
    "weight of a month": Entry("weight of a month in the profile", "1", kind="number"),
    "weights past": Entry("the profile's weights of the months so far", "1", kind="number"),
    "weights ahead": Entry("the profile's weights of the months that remain", "1", kind="number"),
    "weights of the year": Entry("the profile's weights of the whole year", "1", kind="number"),
    "planned cost": Entry("planned cost", "1", (11,), _FRAME),
    "difference to the budget": Entry("budget minus expected cost", "1", (18,), _RESULT),
    "to pay in": Entry("preliminary contribution, without what the body holds already", "1", (24,), _FLOW),
    "equal part": Entry("equal part", "1", kind="count"),
    "instalment": Entry("instalment", "1", (24,), _FLOW),
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
    "group's part": Entry("part of the group", "0", (29,), _MEMBERS),
    "contributed before": Entry("contributed before the first year", "0", (31,), _CAPITAL),
    "put in": Entry("put in, without what the body held already", "0", (31,), _CAPITAL),
    "contributed": Entry("contributed over the years", "0", (31,), _CAPITAL, when_empty="nothing was put in"),
    # § 4a, own capital
    "own capital": Entry("own capital before the first year", "4a", (31,), _CAPITAL, when_empty="the file states none"),
    "own capital held": Entry("own capital before any of it is divided", "4a", (31,), _CAPITAL),
    "ceiling in percent": Entry("ceiling, of the final frame", "4a", (31,), _CAPITAL, "share"),
    "ceiling": Entry("ceiling", "4a", (31,), _CAPITAL),
    "floor": Entry("floor", "4a", (31,), _CAPITAL),
    "part of the surplus set aside": Entry("part of a surplus that is set aside", "4a", (31,), _CAPITAL, "share"),
    "part of the deficit covered": Entry("part of a deficit that is covered", "4a", (31,), _CAPITAL, "share"),
    "shared less uses": Entry("shared minus uses", "4a", (31,), _CAPITAL),
    "surplus after uses": Entry("surplus after uses", "4a", (31,), _CAPITAL),
    "to be set aside": Entry("to be set aside", "4a", (31,), _CAPITAL),
    "ceiling less own capital": Entry("ceiling minus own capital", "4a", (31,), _CAPITAL),
    "room below the ceiling": Entry("room below the ceiling", "4a", (31,), _CAPITAL),
    "deficit without its sign": Entry("deficit, without its sign", "4a", (31,), _CAPITAL),
    "to be covered": Entry("to be covered", "4a", (31,), _CAPITAL),
    "own capital less the floor": Entry("own capital minus the floor", "4a", (31,), _CAPITAL),
    "above the floor": Entry("own capital above the floor", "4a", (31,), _CAPITAL),
    "covered by own capital": Entry("covered by own capital", "4a", (31,), _CAPITAL),
    "set aside": Entry("set aside (+) or used (−)", "4a", (31,), _CAPITAL, when_empty="nothing is set aside or used"),
    "left for the parties": Entry("left for the parties", "4a", (31,), _CAPITAL),
    "divided": Entry("own capital divided", "4a", (31,), _CAPITAL, when_empty="own capital is not divided this year"),
    "closing": Entry("own capital at the end of the year", "4a", (31,), _CAPITAL),
    "result and own capital divided": Entry("result and own capital divided", "4a", (31,), _CAPITAL),
    "kept, allocated and divided": Entry("kept, allocated and divided", "4a", (31,), _CAPITAL),
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
    "due": Entry("brought into the year and claimed in it", "5", (22,), _TIME),
    "transferred": Entry("really received (+) or paid (−)", "5", (24,), _FLOW),
    "difference": Entry("by today's figures minus really received or paid", "5", (22, 24), _TIME),
    "still to pay": Entry("still to pay", "5", (24,), _FLOW),
    "still to receive": Entry("still to receive", "5", (24,), _FLOW),
    "payment": Entry("payment", "5", (24,), _FLOW),
    # § 6, state and office
    "cost of administration": Entry("cost of administration", "6", (23,), _KEYS),
    "administration's share": Entry("administration's share of the costs", "6", (23,), _KEYS, "share"),
    "office's administration": Entry("the office's part of the cost of administration", "6", (23,), _KEYS),
    "office's cost": Entry("the office's part of all costs", "6", (23,), _KEYS),
    "office's part of the row": Entry("the office's part of the row", "6", (23,), _KEYS, "share"),
    "office's part of the cost": Entry("the office's part of the cost", "6", (23,), _KEYS),
    "settled without own capital": Entry("settled, own capital apart", "6", (23,), _KEYS),
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
    "0": "Division by a key",
    "1": "Frame",
    "2": "Result",
    "3": "What is shared",
    "4": "Who is entitled to what",
    "4a": "Own capital",
    "5": "When it is paid, and who pays whom",
    "6": "Split between office and state",
    "7": "Shortfall",
}
"""The parts of the arithmetic, in its order."""
