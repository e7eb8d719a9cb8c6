"""The body that runs a trial, its form and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...problems import Path
from ..facts import Case, by_value, year_path
from ..rule import ERROR, INFO, WARNING, Hit, hit
from ..said import Years, say
from ..vocabulary import CHARTER, FORMS
from . import rule

_STATED: Final = {
    "form": say("form of the body"),
    "mandate": say("mandate"),
    "permission": say("the government's permission"),
    "arbitration": say("arbitration"),
    "written_agreement": say("written agreement with the office"),
    "board": say("board"),
    "charter": say("charter"),
}
_STATED_BY_FORM: Final = {
    "commissioning_association": ("board", "charter"),
    "local_federation": ("written_agreement",),
    "municipal_committee": ("written_agreement",),
}
"""What is asked of one form of body, beside what is asked of all."""


@rule(
    "SOC201",
    ERROR,
    title="Permission before the start",
    statement="The government has permitted the trial and approved its frame before the trial begins.",
    why="The government decides who may take part and on what further conditions, and approves the frame together with the permission; money pooled before that has no ground in the Act.",
    remedy="Give the date of the decision, move the start, or leave `permission` out while it is not yet there.",
    message="the trial lacks the government's permission: {fault}",
    sources="Act 1 §; PM “Vilka får bedriva försök?”; PM “Fastställande av finansiell ram”; Report 1.3",
)
def permission_first(case: Case) -> Iterator[Hit]:
    permission = case.governance.permission
    if permission is None:
        return
    path, start = ("governance", "permission"), case.agreement.period.start
    if permission.date is not None and permission.date > start:
        fault = say("decided on {date}, the trial begins on {start}", date=permission.date, start=start)
        yield hit((*path, "date"), fault=fault)
    if permission.frame_approved is False:
        yield hit((*path, "frame_approved"), fault=say("the frame is not approved"))


@rule(
    "SOC202",
    ERROR,
    title="Committee beside a county council",
    statement="A municipal committee runs the trial only while no county council is a party.",
    why="The form is open to a municipality that is itself responsible for health care. When Region Skåne took over in 1999 Hyllie's committee had to be replaced, the parties found no new form, and the trial ended after one year.",
    remedy="Form a commissioning association or a local federation from the day on which the county council takes over.",
    message="a municipal committee is not possible while {council} is a party ({years})",
    sources="Act 2 §; PM “Formen för försök”; Report 2.1.6, 2.3.1, 5.3.2",
)
def committee_without_council(case: Case) -> Iterator[Hit]:
    if case.form == "municipal_committee":
        councils = by_value(case.period_years, lambda year: case.with_role(year, "county_council") or None)
        for names, years in councils.items():
            yield hit(("governance", "form"), council=case.parties(names), years=years)


@rule(
    "SOC203",
    ERROR,
    title="Federation without county council",
    statement="A local federation has both a county council and a municipality as members.",
    why="The federation is formed by those two, and it makes the agreement with the office; one municipality cannot form a federation with itself.",
    remedy="Choose commissioning_association, or municipal_committee where the municipality runs health care itself.",
    message="a local federation needs a county council and a municipality; no county council is a party in {years}",
    sources="Act 2 §; PM “Formen för försök”",
)
def federation_with_council(case: Case) -> Iterator[Hit]:
    def alone(year: int) -> bool:
        municipalities = case.with_role(year, "municipality")
        outside = bool(municipalities) and all(case.agreement.parties[name].outside_county_council for name in municipalities)
        return outside and not case.with_role(year, "county_council")  # else SOC102 or SOC103 speaks

    if case.form == "local_federation" and (years := Years(filter(alone, case.period_years))):
        yield hit(("governance", "form"), years=years)


@rule(
    "SOC204",
    ERROR,
    title="Written agreement with the office",
    statement="A local federation or a municipal committee has a written agreement with the insurance office.",
    why="In these two forms the office is no member of the body; only the agreement binds it. Hyllie settled the office's influence that way.",
    remedy="Make the agreement in writing and state `written_agreement: true`.",
    message="{form} needs a written agreement with the insurance office",
    sources="Act 2 §; PM “Formen för försök”; Report 2.3.1",
)
def written_agreement(case: Case) -> Iterator[Hit]:
    if case.form in ("local_federation", "municipal_committee") and case.governance.written_agreement is False:
        yield hit(("governance", "written_agreement"), form=FORMS[case.form])


@rule(
    "SOC205",
    ERROR,
    title="Disputes go to arbitration",
    statement="Disputes between the parties are settled by arbitration.",
    why="The Act sends the parties' disputes to arbitrators; on Gotland the disagreement about who should bear the deficit ended the trial.",
    remedy="State arbitration, or leave the field out.",
    message="the agreement excludes arbitration, but the Act prescribes it",
    sources="Act 6 §; PM “Ledningsorganets ansvar”; Report 5.3.1, 5.4",
)
def arbitration(case: Case) -> Iterator[Hit]:
    if case.governance.arbitration is False:
        yield hit(("governance", "arbitration"))


@rule(
    "SOC210",
    WARNING,
    title="An association's terms without an association",
    statement="Charter, shares in assets and liabilities, and a shortfall belong to a body that is a legal person.",
    why="A municipal committee is part of the municipality: it has no charter, owns nothing and owes nothing of its own. The lack of such a body was one of Gotland's weaknesses.",
    remedy="Remove the field, or correct `governance.form`.",
    message="`{field}` has no meaning for a municipal committee",
    sources="Act 2 §, 8 §, 20 §; PM “Ekonomisk förvaltning”; Report 5.3.1",
)
def no_association_no_terms(case: Case) -> Iterator[Hit]:
    agreement = case.agreement
    stated: dict[Path, object] = {
        ("governance", "charter"): case.governance.charter,
        ("sharing", "association_shares"): agreement.sharing.association_shares,
    }
    for number, year in agreement.years.items():
        stated[year_path(number, "sharing", "association_shares")] = year.sharing and year.sharing.association_shares
        stated[year_path(number, "shortfall")] = year.shortfall
    for path, value in stated.items() if case.form == "municipal_committee" else ():
        if value is not None:
            yield hit(path, field=str(path[-1]))


@rule(
    "SOC290",
    INFO,
    title="Governance not stated",
    statement="The file states what the rules on governance need.",
    why="What is not stated cannot be checked: permission, form, the body's mandate, written agreement, arbitration, board, charter and shares in assets and liabilities.",
    remedy="State under `governance` what the agreement says; the shares go under sharing.association_shares.",
    message="not stated, hence not checked: {missing}",
    sources="Act 1–2 §, 6 §, 8–9 §, 20 §; PM “Formen för försök”; PM “Bildande av beställarförbund”; PM “Ansökningsförfarandet”; Report 4.4",
)
def stated(case: Case) -> Iterator[Hit]:
    wanted = ["form", "mandate", "permission", "arbitration", *_STATED_BY_FORM.get(case.form or "", ())]
    missing = [_STATED[name] for name in wanted if getattr(case.governance, name) is None]
    if case.form == "commissioning_association" and not case.is_written("association_shares"):
        missing.append(CHARTER["asset_shares"])
    if missing:
        yield hit(("governance",), missing=missing)
