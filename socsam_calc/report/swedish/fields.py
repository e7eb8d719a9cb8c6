"""The fields of the file formats, for the guide: what each docstring of a model says, and the words for what may stand in a field."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    # what may stand there
    "Stands at {paths}.": "Står på {paths}.",
    "Stands at the top of a file of the format {format}.": "Står högst upp i en fil av formatet {format}.",
    "required": "krävs",
    "default {value}": "annars {value}",
    "{first} or {last}": "{first} eller {last}",
    "list of {entries}": "lista av {entries}",
    "{entry}; or a list of these": "{entry}; eller en lista av dessa",
    "entries": "poster",
    "fields of its own": "egna fält",
    "value": "värde",
    "amount of 0 or more": "belopp från 0 och uppåt",
    "amount above 0": "belopp över 0",
    "share": "andel",
    "share, or `rest` for one of them": "andel, eller `rest` för en av dem",
    "percentage": "procent",
    "percentage of the final frame, or amount": "procent av den fastställda ramen, eller belopp",
    "amount, or percentage of the budget": "belopp, eller procent av budgeten",
    "number above 0": "tal över 0",
    "number, with a unit if you like": "tal, med enhet om du vill",
    "number, with a unit if you like, or `months`": "tal, med enhet om du vill, eller `months`",
    "amount or index": "belopp eller index",
    "number of inhabitants": "antal invånare",
    "count": "antal",
    "date": "datum",
    "`true` or `false`": "`true` eller `false`",
    "short name": "kortnamn",
    "dotted name": "namn med punkter",
    "For to_date.remaining.ACTIVITY: around what is expected to remain.": "För to_date.remaining.VERKSAMHET: kring det som väntas återstå.",
    "The standard deviation of what remains: an amount, a percentage of what is expected, or months (that of the months so far, four at least, as if they were independent).": (
        "Standardavvikelsen för det som återstår: ett belopp, en procent av det som väntas, eller months (den som månaderna hittills ger, minst fyra, som om de vore oberoende)."
    ),
    # an agreement
    "The format of this file.": "Filens format.",
    "The area of the trial.": "Försökets område.",
    "The name of the trial.": "Försökets namn.",
    "The unit of every bare amount in the file; kr by default.": "Enheten för alla belopp utan egen enhet i filen.",
    "The smallest amount that is settled; kr by default.": "Det minsta belopp som avräknas.",
    "First and last day of the trial.": "Försökets första och sista dag.",
    "The law that check holds the agreement against; 1994:566 by default.": "Den lag som check prövar avtalet mot.",
    "What is assumed, not known; printed under every result.": "Vad som är antaget, inte känt; skrivs under varje resultat.",
    "Where this is taken from; shown in full output.": "Varifrån detta är hämtat; visas när allt visas.",
    "A remark; shown in full output.": "En anmärkning; visas när allt visas.",
    "Those that put money into the frame, in the order in which they are shown and in which ties are broken.": (
        "De som lägger pengar i ramen, i den ordning som de visas och som lika rester avgörs."
    ),
    "The lines of the frame. Without them every party is one activity of its own, under its id.": (
        "Ramens rader. Utan dem är varje part en egen verksamhet, under sitt kortnamn."
    ),
    "National developments that rows of the frame are adjusted by.": "Utvecklingen i riket, som rader i ramen justeras efter.",
    "How a surplus or a deficit is shared.": "Hur ett överskott eller underskott delas.",
    "Year by year the frame and what it cost.": "År för år ramen och utfallet.",
    "The body that runs the trial, and what it rests on; for check alone.": "Organet som leder försöket, och vad det vilar på; bara för check.",
    "Items of the application that are settled elsewhere, and where; for check alone.": (
        "Punkter i ansökan som är reglerade på annat håll, och var; bara för check."
    ),
    "Rules that check is to pass over in this file, and why.": "Regler som check ska bortse från i filen, och varför.",
    "First day of the trial, year-month-day.": "Försökets första dag, år-månad-dag.",
    "Its full name.": "Hela namnet.",
    "What it is: social insurance office, county council (region), municipality or employment service.": (
        "Vad den är: försäkringskassa, landsting (region), kommun eller arbetsförmedling."
    ),
    "A municipality that belongs to no county council, and is responsible for health care too.": (
        "En kommun som inte hör till något landsting, och svarar också för hälso- och sjukvård."
    ),
    "Its first year, where it came later than the trial.": "Dess första år, om den kom senare än försöket.",
    "Its last year, where it left before the trial ended.": "Dess sista år, om den lämnade innan försöket slutade.",
    "The kind of cost, or a list of kinds; the Act says which may be in the frame.": "Slag av kostnad, eller en lista; lagen säger vilka som får ingå i ramen.",
    "The party that pays it into the frame, unless the year's frame names parties.": (
        "Den part som betalar in den i ramen, om inte årets ram nämner parter."
    ),
    "Who bears the actual cost: a party, or body. The funder by default, or the body where there is none.": (
        "Vem som bär utfallet: en part, eller body (ledningsorganet). Annars finansiären, eller ledningsorganet där ingen finns."
    ),
    "What the frame is adjusted by after year-end: a series, a list of series (their product), or outcome (the frame follows the actual cost). Absent: not at all.": (
        "Vad ramen justeras efter när året är slut: en serie, en lista av serier (deras produkt), eller outcome (ramen följer utfallet). Utelämnat: inte alls."
    ),
    "An index that the parties settle on in advance: its forecast is final, it has no outcome, and no year waits for one.": (
        "Ett index som parterna bestämmer i förväg: dess prognos gäller, det har inget utfall, och inget år väntar på något."
    ),
    "How an activity's cost falls over the year: twelve weights, January to December. Even where absent; for to_date.": (
        "Hur en verksamhets kostnad fördelar sig över året: tolv vikter, januari till december. Jämnt där inget sägs; för to_date."
    ),
    "With a series: what the frame is computed from, a year and its amount, or previous_year.": (
        "Med en serie: vad ramen räknas från, ett år och dess belopp, eller previous_year (året före)."
    ),
    "The base year, whose national outcome the series must hold.": "Basåret, vars riksutfall serien måste ha.",
    "What the whole base year cost.": "Vad hela basåret kostade.",
    "Year by year what it came to; in any unit, only ratios count.": "År för år vad det blev; i valfri enhet, bara kvoter räknas.",
    "Year by year what was expected when the budget was set.": "År för år vad som väntades när budgeten lades.",
    "How much of the result is shared: one share, or a share for each activity with others for the rest; 100 % by default.": (
        "Hur mycket av resultatet som delas: en andel, eller en andel för varje verksamhet med others för resten."
    ),
    "How much of the result is shared: one share, or a share for each activity with others for the rest.": (
        "Hur mycket av resultatet som delas: en andel, eller en andel för varje verksamhet med others för resten."
    ),
    "When the result is paid: yearly, at_end, or a list of years.": "När resultatet betalas: yearly (varje år), at_end (vid slutet), eller en lista av år.",
    "Whether money changes hands during the year (real) or is settled afterwards (notional).": (
        "Om pengar byter ägare under året (real) eller avräknas efteråt (notional)."
    ),
    "How much of the shared result is really shared, by its size; none ends them.": (
        "Hur mycket av det delade resultatet som verkligen delas, efter storlek: en skala. none avslutar den."
    ),
    "How the office's part is divided between the office and the state; none turns it off.": (
        "Hur kassans del fördelas mellan kassan och staten; none stänger av det."
    ),
    "When the result is paid: yearly (the default), at_end, or a list of years.": "När resultatet betalas: yearly (varje år), at_end (vid slutet), eller en lista av år.",
    "Whether money changes hands during the year (real) or is settled afterwards (notional, the default).": (
        "Om pengar byter ägare under året (real) eller avräknas efteråt (notional)."
    ),
    "The bands for a surplus.": "Skalan för överskott.",
    "The bands for a deficit.": "Skalan för underskott.",
    "The upper limit: in percent of the final frame, or an amount. Left out of the last band.": (
        "Övre gräns: i procent av den fastställda ramen, eller ett belopp. Saknas i sista steget."
    ),
    "How much of what lies inside the band is shared.": "Hur mycket som delas av det som ligger inom steget.",
    "The most that the office takes, of what it put in for administration; 10 % by default.": (
        "Det mesta som kassan tar, av vad den lagt in för förvaltning."
    ),
    "Administration's share of the costs; computed from the costs where it is left out.": (
        "Förvaltningens andel av kostnaderna; räknas ur utfallet där den saknas."
    ),
    "The frame by activity: the funder's amount, or an amount for each party.": "Ramen per verksamhet: finansiärens belopp, eller ett belopp för varje part.",
    "The frame's amounts are those of a whole year, and are scaled by the year's months inside the period.": (
        "Ramens belopp gäller ett helt år, och räknas om efter årets månader i perioden."
    ),
    "What each activity cost, 0 where there was none. One of actual, estimate, to_date and result; none of them makes a budget.": (
        "Vad varje verksamhet kostade, 0 där inget fanns. Ett av actual, estimate, to_date och result; inget av dem ger en budget."
    ),
    "What is booked so far in a year that still runs, and what the rest is expected to cost.": (
        "Vad som är bokfört hittills i ett år som pågår, och vad resten väntas kosta."
    ),
    "What each activity is planned to cost. Alone it is settled like an estimate; beside costs it is compared with them.": (
        "Vad varje verksamhet planeras kosta. Ensamt avräknas det som en prognos; bredvid utfall jämförs det med dem."
    ),
    "On which days the parties pay their preliminary contributions in, in equal parts: monthly, quarterly, a list of days, or a plan for each party (one not named pays outside the plan). It changes no claim.": (
        "Vilka dagar parterna betalar in sina preliminära bidrag, i lika delar: monthly (månadsvis), quarterly (kvartalsvis), en lista av dagar, eller en plan för varje part (den som inte nämns betalar utanför planen). Det ändrar ingen fordran."
    ),
    "What each party really received (+) or paid (−) when the year was closed. If its figures are corrected afterwards, the difference is paid in the next year of distribution.": (
        "Vad varje part verkligen fick (+) eller betalade (−) när året avslutades. Rättas årets belopp efteråt betalas skillnaden nästa fördelningsår."
    ),
    "The last day of the month through which the books go.": "Den sista dagen i den månad som bokföringen går till och med.",
    "What is booked for each activity so far, 0 where nothing is.": "Vad som är bokfört på varje verksamhet hittills, 0 där inget är det.",
    "What the remaining months are expected to cost: pace (as the months so far), frame (what the final frame has for them), profile (the months so far, scaled by the activity's profile), or for each activity one of these or an amount. Activities not named: pace.": (
        "Vad de månader som återstår väntas kosta: pace (som månaderna hittills), frame (vad den fastställda ramen har för dem), profile (månaderna hittills, efter verksamhetens profil), eller för varje verksamhet ett av dessa eller ett belopp. Verksamheter som inte nämns: pace."
    ),
    "What each activity is thought to cost, before the books are closed.": "Vad varje verksamhet beräknas kosta, innan böckerna är stängda.",
    "The result, where only the total is known: + surplus, − deficit.": "Resultatet, där bara summan är känd: + överskott, − underskott.",
    "Changes of the frame that the parties agreed on, in this order.": "Ändringar av ramen som parterna kommit överens om, i denna ordning.",
    "Money moved from one row to another, in this order.": "Medel som flyttas från en rad till en annan, i denna ordning.",
    "What of the shared surplus is used in the area.": "Vad av det delade överskottet som används i området.",
    "New terms, for this year and the following ones: each field named replaces the one in force, whole.": (
        "Nya villkor, för detta år och de följande: varje fält som nämns ersätter det gällande helt."
    ),
    "A debt that an association could not pay.": "En skuld som ett förbund inte kunde betala.",
    "Figures that must come out; a mismatch is reported with its line.": "Belopp som ska komma ut; en skillnad visas med sin rad.",
    "The row that is changed.": "Raden som ändras.",
    "The change, with its sign; or percent.": "Ändringen, med tecken; eller percent.",
    "The change in percent of the row; or amount.": "Ändringen i procent av raden; eller amount.",
    "Why.": "Varför.",
    "The parties that agreed to it.": "De parter som gått med på det.",
    "The authorities that were consulted.": "De myndigheter som samrådet skett med.",
    "The row that the money leaves.": "Raden som medlen lämnar.",
    "The row that it enters; one is made where there is none.": "Raden som de går till; en skapas där ingen finns.",
    "How much, above 0.": "Hur mycket, över 0.",
    "What it is used for.": "Vad det används till.",
    "A remark.": "En anmärkning.",
    "The year's preliminary frame.": "Årets preliminära ram.",
    "The year's final frame.": "Årets fastställda ram.",
    "The year's actual cost.": "Årets utfall.",
    "Final frame minus actual cost: + surplus, − deficit.": "Fastställd ram minus utfall: + överskott, − underskott.",
    "What of the result is shared.": "Vad av resultatet som delas.",
    "Result minus shared.": "Resultat minus det som delas.",
    "What each party ends with: + gains, − bears.": "Vad varje part slutar på: + får, − bär.",
    "The figure that must come out.": "Beloppet som ska komma ut.",
    "Why the source is known to be wrong: then this figure must not come out.": "Varför källan är känd för att ha fel: då ska beloppet inte komma ut.",
    # for check alone
    "The form of the body.": "Ledningsorganets form.",
    "Whether the body decides on the whole frame, or on projects alone.": "Om organet råder över hela ramen, eller bara över projekt.",
    "The government's permission.": "Regeringens medgivande.",
    "Whether there is a written agreement with the insurance office.": "Om det finns ett skriftligt avtal med försäkringskassan.",
    "Whether disputes go to arbitration.": "Om tvister avgörs av skiljemän.",
    "The association's board.": "Förbundets styrelse.",
    "The day of the decision.": "Beslutets dag.",
    "Whether the government approved the frame.": "Om regeringen godkände ramen.",
    "How many members in all.": "Antal ledamöter tillsammans.",
    "How many substitutes in all.": "Antal ersättare tillsammans.",
    "Each party's members and substitutes.": "Varje parts ledamöter och ersättare.",
    "How many members.": "Antal ledamöter.",
    "How many substitutes.": "Antal ersättare.",
    "The code of the rule.": "Regelns kod.",
    "Why it does not matter here.": "Varför den saknar betydelse här.",
    # an evaluation
    "The format of the file.": "Filens format.",
    "The trial area.": "Försöksområdet.",
    "The trial's name.": "Försökets namn.",
    "How many people live in the trial area.": "Hur många som bor i försöksområdet.",
    "The year before the trial began. Needed where there are yearly costs.": "Året innan försöket började. Krävs där det finns kostnader år för år.",
    "The years that are evaluated: the first and the last (1997–2000), or a list.": "De år som utvärderas: det första och det sista (1997–2000), eller en lista.",
    "What the parties put in over these years together, or at_least and at_most where only bounds are known.": (
        "Vad parterna lagt in under dessa år tillsammans, eller at_least och at_most där bara gränser är kända."
    ),
    "The municipalities that the trial area is compared with.": "De kommuner som försöksområdet jämförs med.",
    "What is assumed; printed under every evaluation.": "Vad som är antaget; skrivs under varje utvärdering.",
    "The kinds of cost, each under a short name of its own. Health care is not evaluated.": (
        "Slagen av kostnad, vart och ett under ett kortnamn. Hälso- och sjukvård utvärderas inte."
    ),
    "The least that it can have been.": "Det minsta den kan ha varit.",
    "The most that it can have been.": "Det mesta den kan ha varit.",
    "The municipalities, by name.": "Kommunerna, med namn.",
    "transfer for sickness benefit, rehabilitation benefit and social assistance; service for what is care.": (
        "transfer för sjukpenning, rehabiliteringspenning och socialbidrag; service för det som är omsorg."
    ),
    "Year by year what it cost in the trial area, the base year among them.": "År för år vad det kostade i försöksområdet, basåret med.",
    "Year by year what it cost in the control area, or an index of it: only ratios count.": (
        "År för år vad det kostade i kontrollområdet, eller ett index: bara kvoter räknas."
    ),
    "The published evaluation effect of all years together, where the yearly costs are not known.": (
        "Det publicerade utvärderingsresultatet för alla år, där kostnaderna år för år inte är kända."
    ),
    # scenarios
    "What kind of file this is.": "Vad för slags fil detta är.",
    "The agreement's file, named from the folder of this one.": "Avtalets fil, angiven från denna fils mapp.",
    "What the scenarios are about; stands above the result.": "Vad scenarierna handlar om; står över resultatet.",
    "Where the assumptions come from.": "Varifrån antagandena kommer.",
    "Anything a reader should know.": "Vad en läsare bör veta.",
    "Bounds that hold in every case: the agreement as it stands, each scenario, each draw of `socsam simulate`.": (
        "Gränser som gäller i varje fall: avtalet som det är, varje scenario, varje dragning i `socsam simulate`."
    ),
    "The scenarios by their names, in the order in which they are shown.": "Scenarierna med sina namn, i den ordning som de visas.",
    "Uncertain inputs: a dotted name of the agreement file, and how its number is drawn.": (
        "Osäkra uppgifter: avtalsfilens namn med punkter, och hur dess tal dras."
    ),
    "The preliminary frame.": "Den preliminära ramen.",
    "The final frame.": "Den fastställda ramen.",
    "The actual cost.": "Utfallet.",
    "What of the result is not shared.": "Vad av resultatet som inte delas.",
    "What each party ends with.": "Vad varje part slutar på.",
    "Any figure by its path: `2000.totals.result` in that year, `parties.kommun.transfer` in every settled year, `together.totals.result` over all.": (
        "Vilket belopp som helst med sin sökväg: `2000.totals.result` det året, `parties.kommun.transfer` varje avräknat år, `together.totals.result` över alla."
    ),
    "How far it may move from the agreement's own.": "Hur långt det får röra sig från avtalets eget.",
    "The figure minus the agreement's own must be at least this.": "Beloppet minus avtalets eget ska vara minst detta.",
    "The figure minus the agreement's own must be at most this.": "Beloppet minus avtalets eget ska vara högst detta.",
    "In its place: the figure must be at least this: an amount, or a percent of the year's budget.": "I dess ställe: beloppet ska vara minst detta: ett belopp, eller en procent av årets budget.",
    "In its place: the figure must be at most this: an amount, or a percent of the year's budget.": "I dess ställe: beloppet ska vara högst detta: ett belopp, eller en procent av årets budget.",
    "Where it is published, or why it is bounded.": "Var det är publicerat, eller varför det har en gräns.",
    "From where on figures look wrong to check; for check and for a line of settle.": (
        "Varifrån belopp ser fel ut för check; för check och för en rad i settle."
    ),
    "A row's frame, or its cost, from one year to the next; 60 % by default.": "En rads ram, eller dess utfall, från ett år till nästa; annars 60 %.",
    "The whole frame from one year to the next, over the rows that both have; 30 % by default.": (
        "Hela ramen från ett år till nästa, över de rader som båda har; annars 30 %."
    ),
    "A series' outcome from one year to the next, or a forecast whose outcome is not known; 40 % by default.": (
        "En series utfall från ett år till nästa, eller en prognos vars utfall inte är känt; annars 40 %."
    ),
    "A series' outcome against its forecast; 20 % by default.": "En series utfall mot dess prognos; annars 20 %.",
    "A row's result in percent of its frame; 50 % by default.": "En rads resultat i procent av dess ram; annars 50 %.",
    "The whole result in percent of the frame; 15 % by default.": "Hela resultatet i procent av ramen; annars 15 %.",
    "What `rest` comes to in a key of three or more; 50 % by default.": "Vad `rest` blir i en nyckel med tre eller fler; annars 50 %.",
    "Own capital, a claim or a debt that the file begins with, in percent of the first frame that is known; 500 % by default.": (
        "Eget kapital, en fordran eller en skuld som filen börjar med, i procent av den första ram som är känd; annars 500 %."
    ),
    "What a party received or paid when a year was closed, in percent of the year's frame, or of what the figures give where that is more; 200 % by default.": (
        "Vad en part fick eller betalade när ett år stängdes, i procent av årets ram, eller av vad beloppen ger där det är mer; annars 200 %."
    ),
    "How far two costs that are each other's frames are from their own; 25 % by default.": (
        "Hur långt två utfall som är varandras ramar ligger från sina egna; annars 25 %."
    ),
    "How many times as large as the next one the largest row of a year may be; 200 by default.": (
        "Hur många gånger så stor som den näst största ett års största rad får vara; annars 200."
    ),
    "The largest frame that is believed; 50 000 mkr by default.": "Den största ram som är trolig; annars 50 000 mkr.",
    "The figure must be at least this: an amount, or a percent of the year's budget.": "Beloppet ska vara minst detta: ett belopp, eller en procent av årets budget.",
    "The figure must be at most this: an amount, or a percent of the year's budget.": "Beloppet ska vara högst detta: ett belopp, eller en procent av årets budget.",
    "The figure must be just this.": "Beloppet ska vara precis detta.",
    "Why; shown where the bound is missed.": "Varför; visas där gränsen bryts.",
    "What is set: a dotted name of the agreement file, and the value that takes the place of its own.": (
        "Vad som sätts: avtalsfilens namn med punkter, och värdet som tar dess plats."
    ),
    "Another agreement's file, beside this one: its sharing section takes the place of this agreement's.": (
        "Ett annat avtals fil, bredvid denna: dess sharing tar platsen för detta avtals."
    ),
    "Bounds for this scenario.": "Gränser för scenariot.",
    "Shown beside what is set.": "Visas bredvid det som sätts.",
    "Around a mean, either side alike.": "Kring ett medelvärde, lika åt båda håll.",
    "Around a mean, above 0 and with a long upper tail.": "Kring ett medelvärde, över 0 och med lång övre svans.",
    "Every value of a range alike.": "Varje värde i ett intervall lika.",
    "Within a range, most often near one value.": "I ett intervall, oftast nära ett värde.",
    "Taken from a line of a CSV file, together with the other columns.": "Hämtat från en rad i en CSV-fil, tillsammans med de andra kolumnerna.",
    "The mean.": "Medelvärdet.",
    "The standard deviation, above 0; in per cent it is a part of the mean.": "Standardavvikelsen, över 0; i procent är den en del av medelvärdet.",
    "A draw below this is set to it.": "En dragning under detta sätts till det.",
    "A draw above this is set to it.": "En dragning över detta sätts till det.",
    "The mean of the quantity itself, above 0.": "Storhetens eget medelvärde, över 0.",
    "The standard deviation of the quantity itself, above 0; in per cent it is a part of the mean.": (
        "Storhetens egen standardavvikelse, över 0; i procent är den en del av medelvärdet."
    ),
    "The least value.": "Det minsta värdet.",
    "The greatest value.": "Det största värdet.",
    "The most frequent value.": "Det vanligaste värdet.",
    "The CSV file, beside the scenarios.": "CSV-filen, bredvid scenarierna.",
    "The name of the column, as the file's first line has it.": "Kolumnens namn, som filens första rad har det.",
    # keys, own capital and the laws of today
    "How administration's share is computed: trial (of all costs; the default), office (of the office's own) or office_in_trial.": "Hur förvaltningens andel räknas fram: trial (av alla kostnader, om inget sägs), office (av kassans egna) eller office_in_trial.",
    "How much of a deficit own capital covers; 100 % by default.": "Hur mycket av ett underskott som eget kapital täcker; annars 100 %.",
    "How much of a surplus, after uses, is set aside; 100 % by default.": "Hur mycket av ett överskott, efter användningar, som avsätts; annars 100 %.",
    "How much there should be at most: an amount, a percentage of the year's final frame, or steps by the size of that frame.": "Hur mycket det högst bör vara: ett belopp, en procent av årets fastställda ram, eller steg efter ramens storlek.",
    "In the funder's place: the key that divides the activity's frame amount between the parties.": "I stället för finansiär: nyckeln som delar verksamhetens rambelopp mellan parterna.",
    "It covers no deficit below this; 0 by default.": "Under detta täcker det inget underskott; annars 0.",
    "Keys by name, for wherever a key stands: shares, groups, weights, or a word.": "Nycklar med namn, överallt där en nyckel står: andelar, grupper, vikter eller ett ord.",
    "Last day of the trial, year-month-day; left out where it has no end.": "Försökets sista dag, år-månad-dag; utelämnas där det inte har något slut.",
    "Party by party a weight, such as its inhabitants; or such a table for each year from which it holds.": "En vikt för varje part, till exempel dess invånare; eller en sådan tabell för varje år från vilket den gäller.",
    "The body's own capital at the end of the year.": "Ledningsorganets egna kapital vid årets slut.",
    "The body's own capital: what it takes of a surplus and gives for a deficit; none stops both, and the balance stays.": "Ledningsorganets eget kapital: vad det tar av ett överskott och ger vid ett underskott; none stoppar båda, och saldot står kvar.",
    "The body's own capital; below 0 where it is used up and more.": "Ledningsorganets eget kapital; under 0 där mer än allt är förbrukat.",
    "The ceiling for such a frame: in percent of it, or an amount.": "Taket för en sådan ram: i procent av den, eller ett belopp.",
    "The day on which a member that leaves gave notice.": "Dagen då en medlem som lämnar sade upp sig.",
    "The key for a deficit: a word such as frame (by the final contributions), a key's name, or shares, together 100 %.": "Nyckeln för ett underskott: ett ord som frame (efter de fastställda bidragen), namnet på en nyckel, eller andelar, tillsammans 100 %.",
    "The key for a surplus: a word such as frame (by the final contributions), a key's name, or shares, together 100 %.": "Nyckeln för ett överskott: ett ord som frame (efter de fastställda bidragen), namnet på en nyckel, eller andelar, tillsammans 100 %.",
    "The key of the association's assets and liabilities: shares, together 100 %, or any other key.": "Nyckeln för förbundets tillgångar och skulder: andelar, tillsammans 100 %, eller någon annan nyckel.",
    "The key that divides it between them, and names them: shares, weights, or the name of such a key.": "Nyckeln som delar den mellan dem, och nämner dem: andelar, vikter eller namnet på en sådan nyckel.",
    "The key that divides own capital when the period ends; contributed by default.": "Nyckeln som delar eget kapital när perioden slutar; annars contributed.",
    "The largest final frame that this step is for, an amount. Left out of the last step.": "Den största fastställda ram som steget gäller, ett belopp. Utelämnas i det sista steget.",
    "The members whose account in a coordination association has an auditor; one auditor may serve several.": "Medlemmarna för vilkas räkning det finns en revisor i ett samordningsförbund; en revisor kan tjäna flera.",
    "What each party had put in before the first year; for the key `contributed`.": "Vad varje part hade satt in före det första året; för nyckeln `contributed`.",
    "What each party is owed (+) or owes (−) when the first year begins; and the body's own capital.": "Vad varje part har att fordra (+) eller är skyldig (−) när det första året börjar; och ledningsorganets eget kapital.",
    "What falls to them together: a share, or rest.": "Vad som tillfaller dem tillsammans: en andel, eller rest.",
    "Whether what would exceed the ceiling is kept (the default) or divided between the parties by the `surplus` key.": "Om det som skulle överstiga taket behålls (om inget sägs) eller delas mellan parterna efter nyckeln `surplus`.",
    "Which of the law's items the charter states, or all.": "Vilka av lagens punkter som förbundsordningen anger, eller all.",
    # kinds of cost
    "Health care with patient transport (Act 3 §).": "Hälso- och sjukvård med sjuktransporter (lagen 3 §).",
    "Reimbursement of patients' travel (Act 3 §).": "Reseersättning vid sjukresor (lagen 3 §).",
    "Social services and the other tasks of the social committee (Act 3 §).": "Socialtjänst och socialnämndens övriga uppgifter (lagen 3 §).",
    "Social assistance, a part of the social services (Act 3 §).": "Socialbidrag, en del av socialtjänsten (lagen 3 §).",
    "Sickness benefit (Act 3 §).": "Sjukpenning (lagen 3 §).",
    "Sickness benefit for work injuries (Act 3 §).": "Sjukpenning vid arbetsskada (lagen 3 §).",
    "Rehabilitation benefit (Act 3 §).": "Rehabiliteringsersättning (lagen 3 §).",
    "The office's purchase of vocational rehabilitation (Act 3 §).": "Försäkringskassans köp av arbetslivsinriktad rehabilitering (lagen 3 §).",
    "The parties' administration (Act 3 §).": "Parternas administration (lagen 3 §).",
    "Measures that the body runs for all parties.": "Insatser som organet driver för alla parter.",
    "Money from before that the body already holds: set aside earlier, or an earlier trial's.": "Pengar från tidigare som organet redan har: avsatta förut, eller från en tidigare försöksverksamhet.",
    "May not be in the frame: support under LSS and LASS (PM “Vilka medel får omfattas…”).": "Får inte ingå i ramen: stöd enligt LSS och LASS (PM ”Vilka medel får omfattas…”).",
    "May not be in the frame: disability pension (PM “Vilka medel får omfattas…”).": "Får inte ingå i ramen: förtidspension (PM ”Vilka medel får omfattas…”).",
    "May not be in the frame: unemployment benefit (PM “Vilka medel får omfattas…”).": "Får inte ingå i ramen: arbetslöshetsersättning (PM ”Vilka medel får omfattas…”).",
    "May not be in the frame: labour market measures (PM “Vilka medel får omfattas…”).": "Får inte ingå i ramen: arbetsmarknadspolitiska åtgärder (PM ”Vilka medel får omfattas…”).",
}
"""The English text is the key."""
