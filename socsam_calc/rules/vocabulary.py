"""The vocabulary of a file in plain words."""

from __future__ import annotations

from typing import Final

from .said import say

COSTS: Final = {
    "health_care": say("health care"),
    "travel_reimbursement": say("travel reimbursement"),
    "social_services": say("social services"),
    "social_assistance": say("social assistance"),
    "sickness_benefit": say("sickness benefit"),
    "work_injury_benefit": say("work-injury sickness benefit"),
    "rehabilitation_benefit": say("rehabilitation benefit"),
    "rehabilitation_services": say("purchased rehabilitation"),
    "administration": say("administration"),
    "joint_measures": say("joint measures"),
    "opening_balance": say("opening balance"),
    "disability_support": say("disability support (LSS, LASS)"),
    "disability_pension": say("disability pension"),
    "unemployment_benefit": say("unemployment benefit"),
    "labour_market_measures": say("labour market measures"),
}

ROLES: Final = {
    "insurance_office": say("the insurance office"),
    "county_council": say("the county council"),
    "municipality": say("the municipality"),
    "employment_service": say("the employment service"),
}

MEMBERS: Final = {
    "insurance_office": say("Försäkringskassan"),
    "employment_service": say("Arbetsförmedlingen"),
    "county_council": say("a region"),
    "municipality": say("a municipality"),
}
"""The four kinds of members of a coordination association (lag 2003:1210, 3 §)."""

FORMS: Final = {
    "commissioning_association": say("a commissioning association"),
    "local_federation": say("a local federation"),
    "municipal_committee": say("a municipal committee"),
    "coordination_association": say("a coordination association"),
}

CHARTER: Final = {
    "purpose_and_members": say("purpose and members"),
    "name_and_seat": say("name and seat"),
    "duration": say("duration"),
    "board": say("board members and substitutes, in all and per party"),
    "tasks_and_powers": say("tasks and powers"),
    "debt_limits": say("limits on debt"),
    "asset_shares": say("shares in assets and liabilities"),
    "notices_and_archive": say("notice board and archive"),
    "procedure": say("rules for board and administration"),
    "liquidation": say("liquidation"),
    "remaining_assets": say("division of remaining assets"),
    "economic_relations": say("other economic relations"),
}
"""The twelve items of a commissioning association's charter (lag 1994:566, 8 §)."""

CHARTER_OF_TODAY: Final = {
    "name_and_seat": say("name and seat"),
    "purpose_and_members": say("purpose and members"),
    "organisation": say("organisation"),
    "board": say("board: members and substitutes, representation, terms"),
    "tasks_and_powers": say("tasks and powers"),
    "raising_matters": say("right to raise matters"),
    "qualified_majority": say("qualified majority"),
    "notices": say("where notices stand"),
    "asset_shares": say("shares in assets, liabilities and costs"),
    "debt_limits": say("limits on debt"),
    "insight": say("the members' control and insight"),
    "budget_process": say("budget process"),
    "auditors": say("auditors' terms and common auditors"),
    "leaving_or_liquidation": say("what happens when a member leaves, or on liquidation"),
}
"""The items of a coordination association's charter (lag 2003:1210, 9 §), grouped in fourteen."""

APPLICATION: Final = {
    "parties": say("parties"),
    "design_and_duration": say("design and duration"),
    "money_in_frame": say("money in the frame"),
    "flow_of_money": say("flow of money"),
    "frame_shares": say("shares of the frame"),
    "result_shares": say("shares of surplus and deficit"),
    "time_of_distribution": say("time of distribution"),
    "indexation": say("how the frame is indexed"),
    "tasks_of_body": say("tasks of the body"),
    "consultation": say("what was agreed on consultation"),
    "evaluation_plan": say("plan for evaluation"),
}
"""The eleven things that an application had to show (PM “Ansökningsförfarandet”), in its order."""

AUTHORITIES: Final = {
    "rfv": say("Riksförsäkringsverket"),
    "socialstyrelsen": say("Socialstyrelsen"),
}

SEATS: Final = {"members": say("member"), "substitutes": say("substitute")}
ALL_SEATS: Final = {"members": say("members"), "substitutes": say("substitutes")}
