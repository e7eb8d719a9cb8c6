"""Whatever stands in a file, the answer is a settlement or problems with their places: never a crash."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socsam_calc import AgreementError, load, settle
from socsam_calc.source.yaml import decode

CASES = sorted((Path(__file__).parent / "cases").glob("case-*.yaml"))
DAMAGE = [
    "kassa",
    "kommun",
    "sickness",
    "frame",
    "actual",
    "result",
    "rest",
    "none",
    "body",
    "others",
    "equal",
    "frame",
    "1/3",
    "0",
    "-1",
    "31",
    "31%",
    "1.234",
    "1,5",
    "1998",
    "2010",
    "[]",
    "{}",
    "[{}]",
    "{a:b}",
    "''",
    "~",
    "null",
    "&",
    "*",
    "!",
    "-",
    "?",
    ":",
    "|",
    ">",
    "#",
    "%",
    "@",
    "`",
    '"',
    "'",
    "\t",
    "\x00",
    "\x85",
    "\u2028",
    "\ufeff",
    "å",
    "𝟙",
    "²",
    "9999999999999999999999",
    "true",
    "yes",
]


def outcome(text: str) -> None:
    try:
        settle(load("fuzz.yaml", text=text))
    except AgreementError as error:
        assert error.problems
        for problem in error.problems:
            assert str(problem)


@given(
    case=st.sampled_from(CASES),
    edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(DAMAGE)), min_size=1, max_size=4),
)
def test_a_damaged_agreement_is_settled_or_refused(case: Path, edits: list[tuple[float, int, str]]) -> None:
    text = case.read_text(encoding="utf-8")
    for where, cut, word in edits:
        start = int(where * len(text))
        text = text[:start] + word + text[start + cut :]
    outcome(text)


@given(
    case=st.sampled_from(CASES),
    edits=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["cut", "copy", "swap", "indent"])), min_size=1, max_size=3),
)
def test_lines_out_of_place_are_settled_or_refused(case: Path, edits: list[tuple[float, str]]) -> None:
    lines = case.read_text(encoding="utf-8").splitlines()
    for where, edit in edits:
        at = min(int(where * len(lines)), len(lines) - 2)
        if edit == "cut":
            del lines[at]
        elif edit == "copy":
            lines.insert(at, lines[at])
        elif edit == "swap":
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
        else:
            lines[at] = "  " + lines[at]
    outcome("\n".join(lines))


@given(st.text(max_size=200))
def test_any_text_is_refused(text: str) -> None:
    with pytest.raises(AgreementError):
        settle(load("fuzz.yaml", text=text))


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        decode(raw, "fuzz.yaml")
    except AgreementError as error:
        assert error.problems


@pytest.mark.parametrize(
    "text",
    [
        "[" * 2_500_000 + "]" * 2_500_000,
        "{a: " * 1_000_000,
        "- " * 1_000_000,
        "a: &a [1]\nb: &b [" + "*a," * 300_000 + "]\n",
        "'" * 5_000_000,
    ],
    ids=["brackets", "braces", "lists", "aliases", "quotes"],
)
def test_a_hostile_file_costs_little(text: str) -> None:
    with pytest.raises(AgreementError) as caught:
        load("hostile.yaml", text=text)
    assert 1 <= len(caught.value.problems) <= 60


def test_more_than_five_mebibytes_are_not_read() -> None:
    with pytest.raises(AgreementError, match="more than 5 MiB"):
        decode(b" " * (5 * 1024 * 1024 + 1), "large.yaml")


HEAD = "format: socsam/1\narea: A\nunit: tkr\nrounding: tkr\nperiod: {start: 1998-01-01, end: 1998-12-31}\n"
PARTIES = "parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}\n"
SHARING = "sharing: {surplus: equal, deficit: equal}\n"
YEARS = "years: {1998: {result: 10}}\n"
DOUBLED = "{g: {share: 1/2, by: k%d}, h: {share: 1/2, by: k%d}}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PARTIES + SHARING + "years:\n" + "".join(f"  {year}: {{result: 1}}\n" for year in range(1000, 9000)), "8 000 years stand here"),
        ("parties:\n" + "".join(f"  p{n}: {{}}\n" for n in range(60_000)) + SHARING + YEARS, "60 000 parties stand here"),
        (PARTIES + "series:\n" + "".join(f"  s{n}: {{}}\n" for n in range(500)) + SHARING + YEARS, "500 series stand here"),
        (PARTIES + SHARING + YEARS + "assumptions:\n" + "  - so\n" * 110_000, "more than 100 000 values"),
        (
            PARTIES + SHARING.replace("}", ", bands: [" + "".join(f"{{to: {n}, shared: 0}}, " for n in range(101)) + "]}") + YEARS,
            "101 bands stand here",
        ),
        (PARTIES + SHARING + "years: {1998: {uses: [" + "{for: staff, amount: 1}, " * 1_001 + "]}}\n", "1 001 uses stand here"),
        (
            "parties:\n" + "".join(f"  p{n}: {{}}\n" for n in range(300)) + SHARING
            + "activities:\n" + "".join(f"  r{n}: {{}}\n" for n in range(101)) + YEARS,
            "have more figures than one file may hold",
        ),
        (PARTIES + SHARING + YEARS + "keys:\n  k0: equal\n" + "".join(f"  k{n + 1}: k{n}\n" for n in range(300)), "leads on through more than 50"),
        (PARTIES + SHARING + YEARS + "keys:\n  k0: k299\n" + "".join(f"  k{n + 1}: k{n}\n" for n in range(299)), "300 keys name each other"),
        (
            PARTIES + SHARING + YEARS + "keys:\n  k0: {kassa: 1/2, kommun: 1/2}\n"
            + "".join(f"  k{n + 1}: {DOUBLED % (n, n)}\n" for n in range(45)),
            "names parties more often than there are any",
        ),
    ],
    ids=["years", "parties", "series", "values", "bands", "uses", "figures", "chain", "circle", "doubled"],
)  # fmt: skip
def test_what_is_larger_than_people_agree_on_is_refused_with_its_limit(text: str, said: str) -> None:
    with pytest.raises(AgreementError) as caught:
        load("large.yaml", text=HEAD + text)
    assert said in str(caught.value).replace("\u00a0", " ")


def test_what_people_may_agree_on_is_settled() -> None:
    """All municipalities and regions of Sweden in a year, and 48 keys that lead on to each other."""
    parties = "parties:\n  kassa: {role: insurance_office}\n" + "".join(f"  p{n}: {{role: municipality}}\n" for n in range(311))
    keys = "keys:\n  k0: equal\n" + "".join(f"  k{n + 1}: k{n}\n" for n in range(48))
    settlement = settle(load("large.yaml", text=HEAD + parties + keys + "sharing: {surplus: k48, deficit: equal}\n" + YEARS))
    assert sum(party.settled or 0 for party in settlement.years[0].parties) == 10_000


def test_of_very_many_slips_the_first_are_told() -> None:
    with pytest.raises(AgreementError) as caught:
        load("large.yaml", text=HEAD + PARTIES + SHARING + YEARS + "".join(f"wrong{n}: 1\n" for n in range(5_000)))
    assert len(caught.value.problems) == 500
    assert sum("more problems follow" in problem.remedy for problem in caught.value.problems) == 1


@pytest.mark.parametrize(
    "slip",
    [
        "application:\n" + "".join(f"  partiex{n}: yes\n" for n in range(3_000)),
        "note: x\nyears:\n  2000:\n    frame:\n" + "".join(f"      aktivitex{n}: 1\n" for n in range(3_000)),
        "series: {a: {outcome: {" + ", ".join(f"{n}: 1 sekx" for n in range(1_000, 4_000)) + "}}}\n",
    ],
    ids=["words", "names", "numbers"],
)
def test_of_many_slips_a_remedy_is_searched_for_those_that_are_told(monkeypatch: pytest.MonkeyPatch, slip: str) -> None:
    """500 are told of 3 000, and each search looks for a word three times at most: as it stands, in lower case, in Swedish."""
    asked = list[str]()
    real = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", lambda word, *rest, **more: asked.append(word) or real(word, *rest, **more))
    text = "format: socsam/1\narea: A\nlaw: none\nperiod: {start: 2000-01-01}\nparties: {a: {role: municipality}, b: {role: county_council}}\nactivities: {aktivitet: {funder: a}}\n"
    with pytest.raises(AgreementError) as caught:
        load("many.yaml", text=text + "sharing: {surplus: equal, deficit: equal}\n" + slip)
    assert len(caught.value.problems) in (500, 501)
    assert len(asked) <= 3 * 501


def test_of_figures_with_many_slips_500_are_told(tmp_path: Path) -> None:
    """Each of 700 rows repeats the one before, of an activity that there is not: two slips a row. What the first entered is told by itself."""
    (tmp_path / "same.csv").write_text("year;activity;frame\n" + "2000;aktivitex;1\n" * 700, encoding="utf-8")
    text = "format: socsam/1\narea: A\nlaw: none\nperiod: {start: 2000-01-01}\nparties: {a: {role: municipality}, b: {role: county_council}}\nactivities: {aktivitet: {funder: a}}\n"
    (tmp_path / "a.yaml").write_text(text + "sharing: {surplus: equal, deficit: equal}\nfigures: same.csv\n", encoding="utf-8")
    with pytest.raises(AgreementError) as caught:
        load(tmp_path / "a.yaml")
    assert len(caught.value.problems) == 501
    assert sum("more problems follow" in problem.remedy for problem in caught.value.problems) == 1
