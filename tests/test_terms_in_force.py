"""The terms in force in a year: resolved once, with their places, as kinds that the random agreements all hold."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

from oracle.generate import generate

from socsam_calc import AgreementError, load
from socsam_calc.model.dividing import ByContributions, ByWeights, Key, Stated
from socsam_calc.model.sharing import FlowWord
from socsam_calc.model.terms import Terms, terms_by_year

CHANGED = """
format: socsam/1
area: Exempelby
period: {start: 1998-01-01, end: 2001-12-31}
parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}
sharing:
  shared: {kassa: 50 %}
  surplus: equal
  deficit: frame
  bands: [{to: 3 %, shared: 0 %}, {shared: 80 %}]
  distribute: at_end
years:
  1998: {frame: {kassa: 100, kommun: 100}, actual: {kassa: 90, kommun: 100}}
  2000:
    frame: {kassa: 100, kommun: 100}
    sharing: {deficit: {kassa: 1/4, kommun: rest}, bands: {deficit: [{shared: 10 %}]}}
    actual: {kassa: 90, kommun: 100}
"""


def terms() -> dict[int, Terms]:
    return terms_by_year(load("changed.yaml", text=CHANGED).agreement, years=range(1998, 2002))


def test_what_a_year_changes_stands_there_and_the_rest_where_it_was_first_agreed() -> None:
    before, after = terms()[1998], terms()[2000]
    assert before.deficit == ByContributions(("sharing", "deficit"))
    assert isinstance(after.deficit, ByWeights)
    assert after.deficit.weights == {
        "kassa": Stated(Fraction(1, 4), ("years", "2000", "sharing", "deficit", "kassa")),
        "kommun": Stated(Fraction(3, 4), ("years", "2000", "sharing", "deficit", "kommun")),
    }
    assert after.surplus == before.surplus
    assert after.surplus.place == ("sharing", "surplus")


def test_a_year_that_the_file_leaves_out_has_the_terms_of_the_year_before() -> None:
    assert terms()[1999]._replace(year=1998) == terms()[1998]
    assert [number for number, of_year in terms().items() if of_year.distributes] == [2001]


def test_an_activity_that_is_not_named_is_shared_as_the_others() -> None:
    shared = terms()[1998].shared
    assert shared.of("kassa") == Stated(Fraction(1, 2), ("sharing", "shared", "kassa"))
    assert shared.of("kommun") == Stated(Fraction(0), ("sharing", "shared", "others"))


def test_one_list_of_bands_serves_both_signs_and_a_sign_without_bands_is_shared_whole() -> None:
    before, after = terms()[1998], terms()[2000]
    assert before.scale(1) == before.scale(-1)
    assert before.scale(1) is not None and before.scale(1).place == ("sharing", "bands")  # type: ignore[union-attr]
    assert after.scale(1) is None
    assert after.scale(-1) is not None and after.scale(-1).place == ("years", "2000", "sharing", "bands", "deficit")  # type: ignore[union-attr]


def test_the_random_agreements_hold_every_kind_of_key_and_of_flow() -> None:
    """What they do not hold is compared with nothing: a new kind must be drawn."""
    keys: set[type] = set()
    flows: set[str] = set()
    for seed in range(60):
        try:
            agreement = load(f"seed {seed}", text=generate(seed)).agreement
        except AgreementError:
            continue
        for of_year in terms_by_year(agreement).values():
            keys |= {type(of_year.surplus), type(of_year.deficit)}
            flows.add(of_year.flow)
    assert keys == set(get_args(Key))
    assert flows == set(get_args(FlowWord))
