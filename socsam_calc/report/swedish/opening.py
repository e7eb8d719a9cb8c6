"""The sentence that an explanation begins with, and what it leaves out."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "the body": "ledningsorganet",
    "{figure} in {year}: {amount}.": "{figure} {year}: {amount}.",
    "The joint budget of {year} is {amount} before it is adjusted.": "Den gemensamma budgeten för {year} är {amount} innan den justeras.",
    "The joint budget of {year} is {amount}.": "Den gemensamma budgeten för {year} är {amount}.",
    "What the joint budget pays for costs {amount} in {year}.": "Det som den gemensamma budgeten betalar kostar {amount} {year}.",
    "In {year} all activities together cost {amount} less than the joint budget: a surplus.": (
        "År {year} kostar alla verksamheter tillsammans {amount} mindre än den gemensamma budgeten: ett överskott."
    ),
    "In {year} all activities together cost {amount} more than the joint budget: a deficit.": (
        "År {year} kostar alla verksamheter tillsammans {amount} mer än den gemensamma budgeten: ett underskott."
    ),
    "In {year} all activities together cost just what the joint budget has.": (
        "År {year} kostar alla verksamheter tillsammans precis vad den gemensamma budgeten rymmer."
    ),
    "Of the result of {year} the parties share a surplus of {amount}.": "Av resultatet {year} delar parterna ett överskott på {amount}.",
    "Of the result of {year} the parties share a deficit of {amount}.": "Av resultatet {year} delar parterna ett underskott på {amount}.",
    "Of the result of {year} the parties share nothing.": "Av resultatet {year} delar parterna ingenting.",
    "The joint budget of {year} has {amount} for {activity}.": "Den gemensamma budgeten för {year} har {amount} till {activity}.",
    "In {year} {activity} costs {amount}.": "År {year} kostar {activity} {amount}.",
    "The country's development raises what the joint budget of {year} has for {activity} by {amount}.": (
        "Rikets utveckling höjer det som den gemensamma budgeten för {year} har till {activity} med {amount}."
    ),
    "The country's development lowers what the joint budget of {year} has for {activity} by {amount}.": (
        "Rikets utveckling sänker det som den gemensamma budgeten för {year} har till {activity} med {amount}."
    ),
    "The country's development changes nothing in what the joint budget of {year} has for {activity}.": (
        "Rikets utveckling ändrar inget i det som den gemensamma budgeten för {year} har till {activity}."
    ),
    "In {year} {activity} costs {amount} less than the joint budget has for it.": (
        "År {year} kostar {activity} {amount} mindre än den gemensamma budgeten har till det."
    ),
    "In {year} {activity} costs {amount} more than the joint budget has for it.": (
        "År {year} kostar {activity} {amount} mer än den gemensamma budgeten har till det."
    ),
    "In {year} {activity} costs just what the joint budget has for it.": "År {year} kostar {activity} precis vad den gemensamma budgeten har till det.",
    "{party} puts {amount} into the joint budget of {year}.": "{party} lägger {amount} i den gemensamma budgeten för {year}.",
    "{party} pays {amount} for the activities that it carries out in {year}.": "{party} betalar {amount} för de verksamheter som den utför {year}.",
    "Before anything is shared, {party} has spent {amount} less than it put into the joint budget of {year}.": (
        "Innan något delas har {party} gett ut {amount} mindre än den lade i den gemensamma budgeten för {year}."
    ),
    "Before anything is shared, {party} has spent {amount} more than it put into the joint budget of {year}.": (
        "Innan något delas har {party} gett ut {amount} mer än den lade i den gemensamma budgeten för {year}."
    ),
    "Before anything is shared, {party} has spent just what it put into the joint budget of {year}.": (
        "Innan något delas har {party} gett ut precis vad den lade i den gemensamma budgeten för {year}."
    ),
    "Of what is not shared in {year}, {party} keeps a gain of {amount}.": "Av det som inte delas {year} behåller {party} en vinst på {amount}.",
    "Of what is not shared in {year}, {party} bears {amount} by itself.": "Av det som inte delas {year} bär {party} {amount} på egen hand.",
    "Of what is not shared in {year}, nothing falls to {party}.": "Av det som inte delas {year} faller inget på {party}.",
    "Of what is shared in {year}, {party} gains {amount}.": "Av det som delas {year} vinner {party} {amount}.",
    "Of what is shared in {year}, {party} bears {amount}.": "Av det som delas {year} bär {party} {amount}.",
    "Of what is shared in {year}, nothing falls to {party}.": "Av det som delas {year} faller inget på {party}.",
    "For {year} {party} ends with a gain of {amount}.": "För {year} slutar {party} på en vinst på {amount}.",
    "For {year} {party} ends with a burden of {amount}.": "För {year} slutar {party} på en börda på {amount}.",
    "For {year} {party} ends with neither gain nor burden.": "För {year} slutar {party} på varken vinst eller börda.",
    "In the settlement of {year} {party} receives {amount}.": "I avräkningen för {year} får {party} {amount}.",
    "In the settlement of {year} {party} pays {amount}.": "I avräkningen för {year} betalar {party} {amount}.",
    "In the settlement of {year} {party} neither receives nor pays anything.": "I avräkningen för {year} varken får eller betalar {party} något.",
    "After {year} {party} has {amount} yet to receive.": "Efter {year} har {party} {amount} kvar att få.",
    "After {year} {party} has {amount} yet to pay.": "Efter {year} har {party} {amount} kvar att betala.",
    "After {year} {party} has nothing more to receive or to pay.": "Efter {year} har {party} inget mer att få eller betala.",
    "In the settlement of {year} {payer} pays {amount} to {payee}.": "I avräkningen för {year} betalar {payer} {amount} till {payee}.",
    "Over all years the area's costs were {amount} lower than at the pace of the control area.": (
        "Över alla år var områdets kostnader {amount} lägre än i kontrollområdets takt."
    ),
    "Over all years the area's costs were {amount} higher than at the pace of the control area.": (
        "Över alla år var områdets kostnader {amount} högre än i kontrollområdets takt."
    ),
    "{count} deeper step is left out; without --depth it is shown": "{count} djupare steg är utelämnat; utan --depth visas det",
    "{count} deeper steps are left out; without --depth they are shown": "{count} djupare steg är utelämnade; utan --depth visas de",
}
