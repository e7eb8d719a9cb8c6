"""The vocabulary of a file in plain words, in both languages."""

from __future__ import annotations

from typing import Final

from .said import Said

COSTS: Final = {
    "health_care": Said("health care", "hälso- och sjukvård"),
    "travel_reimbursement": Said("travel reimbursement", "sjukreseersättning"),
    "social_services": Said("social services", "socialtjänst"),
    "social_assistance": Said("social assistance", "socialbidrag"),
    "sickness_benefit": Said("sickness benefit", "sjukpenning"),
    "work_injury_benefit": Said("work-injury sickness benefit", "arbetsskadesjukpenning"),
    "rehabilitation_benefit": Said("rehabilitation benefit", "rehabiliteringspenning"),
    "rehabilitation_services": Said("purchased rehabilitation", "köp av rehabiliteringstjänster"),
    "administration": Said("administration", "förvaltning"),
    "joint_measures": Said("joint measures", "gemensamma åtgärder"),
    "opening_balance": Said("opening balance", "ingående behållning"),
    "disability_support": Said("disability support (LSS, LASS)", "stöd enligt LSS och LASS"),
    "disability_pension": Said("disability pension", "förtidspension"),
    "unemployment_benefit": Said("unemployment benefit", "arbetslöshetsersättning"),
    "labour_market_measures": Said("labour market measures", "arbetsmarknadsåtgärder"),
}

ROLES: Final = {
    "insurance_office": Said("the insurance office", "försäkringskassan"),
    "county_council": Said("the county council", "landstinget"),
    "municipality": Said("the municipality", "kommunen"),
    "employment_service": Said("the employment service", "arbetsförmedlingen"),
}

FORMS: Final = {
    "commissioning_association": Said("a commissioning association", "ett beställarförbund"),
    "local_federation": Said("a local federation", "ett kommunalförbund"),
    "municipal_committee": Said("a municipal committee", "en kommunal nämnd"),
}

CHARTER: Final = {
    "purpose_and_members": Said("purpose and members", "ändamål och medlemmar"),
    "name_and_seat": Said("name and seat", "namn och säte"),
    "duration": Said("duration", "varaktighet"),
    "board": Said("board members and substitutes, in all and per party", "ledamöter och ersättare, totalt och per part"),
    "tasks_and_powers": Said("tasks and powers", "uppgifter och befogenheter"),
    "debt_limits": Said("limits on debt", "gränser för skuldsättning"),
    "asset_shares": Said("shares in assets and liabilities", "andelar i tillgångar och skulder"),
    "notices_and_archive": Said("notice board and archive", "anslagstavla och arkiv"),
    "procedure": Said("rules for board and administration", "regler för styrelse och förvaltning"),
    "liquidation": Said("liquidation", "likvidation"),
    "remaining_assets": Said("division of remaining assets", "skifte av återstående tillgångar"),
    "economic_relations": Said("other economic relations", "övriga ekonomiska förhållanden"),
}

APPLICATION: Final = {
    "parties": Said("parties", "deltagande parter"),
    "design_and_duration": Said("design and duration", "utformning och tid"),
    "money_in_frame": Said("money in the frame", "medel i ramen"),
    "flow_of_money": Said("flow of money", "ekonomiskt flöde"),
    "frame_shares": Said("shares of the frame", "andelar av ramen"),
    "result_shares": Said("shares of surplus and deficit", "andelar av över- och underskott"),
    "time_of_distribution": Said("time of distribution", "tidpunkt för fördelning"),
    "indexation": Said("how the frame is indexed", "uppräkning av ramen"),
    "tasks_of_body": Said("tasks of the body", "ledningsorganets uppgifter"),
    "consultation": Said("what was agreed on consultation", "samrådsskyldighet m.m."),
    "evaluation_plan": Said("plan for evaluation", "plan för uppföljning och utvärdering"),
}
"""The eleven things that an application had to show (PM “Ansökningsförfarandet”), in its order."""

AUTHORITIES: Final = {
    "rfv": Said("Riksförsäkringsverket", "Riksförsäkringsverket"),
    "socialstyrelsen": Said("Socialstyrelsen", "Socialstyrelsen"),
}

SEATS: Final = {"members": Said("member", "ledamot"), "substitutes": Said("substitute", "ersättare")}
ALL_SEATS: Final = {"members": Said("members", "ledamöter"), "substitutes": Said("substitutes", "ersättare")}
