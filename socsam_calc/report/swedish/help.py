"""The help of commands: what each does, and what the library under them says of its own; the texts of their options stand beside."""

from __future__ import annotations

from typing import Final

OF_OTHERS: Final = {
    "Usage: ": "Användning: ",
    "Arguments": "Argument",
    "Options": "Flaggor",
    "Commands": "Kommandon",
    "[OPTIONS]": "[FLAGGOR]",
    "COMMAND": "KOMMANDO",
    "[ARGS]...": "[ARGUMENT]...",
    "default": "förval",
    "env var": "miljövariabel",
    "Show this message and exit.": "Visa denna hjälp och avsluta.",
    "Install completion for the current shell.": "Ställ in komplettering i skalet som du är i.",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "Visa skalets komplettering, för att kopiera den eller ställa in den på egen hand."
    ),
}
"""What the library under the commands says in their help."""

SWEDISH: Final = OF_OTHERS | {
    "Example:": "Exempel:",
    "Examples:": "Exempel:",
    # --- what commands take
    "FILE": "FIL",
    "PARTS": "DELAR",
    "FILE...": "FIL...",
    "[FIGURE]": "[BELOPP]",
    "[TOPIC]": "[ÄMNE]",
    "[FORMAT]": "[FORMAT]",
    "CODE": "KOD",
    "AREA": "OMRÅDE",
    "PANEL": "PANEL",
    "YEAR": "ÅR",
    "YEAR|all": "ÅR|all",
    "PATH": "SÖKVÄG",
    "PATH=VALUE": "SÖKVÄG=VÄRDE",
    "PATH=A..B": "SÖKVÄG=A..B",
    "PATH[=A..B]": "SÖKVÄG[=A..B]",
    "FIGURE=AMOUNT": "BELOPP=VÄRDE",
    "OTHER.yaml": "ANNAT.yaml",
    "BASE.yaml": "BAS.yaml",
    "BASE,…": "BAS,…",
    "NAME": "NAMN",
    "ID": "NAMN",
    "ID[:ROLE],...": "NAMN[:ROLL],...",
    "FIRST-LAST": "FÖRSTA-SISTA",
    "A-B": "A-B",
    "N": "N",
    "SHARE": "ANDEL",
    "ADDRESS": "ADRESS",
    # --- the program
    "Settle joint budgets between public bodies: financial frames, national adjustment, shares of surplus and deficit.": (
        "Avräkna gemensamma budgetar mellan offentliga huvudmän: finansiella ramar, justering efter riket, delar av överskott och underskott."
    ),
    "The options of completion are for the shell that they are run in, or for bash, zsh or fish by name: --install-completion zsh.": (
        "Flaggorna för komplettering gäller skalet som de körs i, eller bash, zsh eller fish vid namn: --install-completion zsh."
    ),
    "The folder `examples` comes with the program: `socsam init --example all` writes it here.": (
        "Mappen `examples` följer med programmet: `socsam init --example all` skriver den här."
    ),
    "Print the version and exit.": "Skriv ut versionen och avsluta.",
    # --- each command: the sentence of the list, and what its own help says more
    "Settle agreements: frame, result, who is entitled to what, who pays whom.": (
        "Avräkna avtal: ram, resultat, vem som har rätt till vad, vem som betalar vem."
    ),
    "Write settlements as one page of HTML, with tables and charts.": "Skriv avräkningar som en HTML-sida, med tabeller och diagram.",
    "With all that they rest on, for the screen and for A4. The page holds everything it needs: it can be mailed, opened without a network and printed. Needs the extra `report`: pip install 'socsam-calc[report]'.": (
        "Med allt som de vilar på, för skärmen och för A4. Sidan har allt den behöver: den kan skickas, öppnas utan nät och skrivas ut. "
        "Kräver tillägget `report`: pip install 'socsam-calc[report]'."
    ),
    "Hold agreements against the Act, the memorandum and their own figures.": "Granska avtal mot lagen, promemorian och sina egna belopp.",
    "Each finding comes with its place, its rule and the rule's source. The status is 1 when an error is found, with --strict also when a warning is. A file may ignore a rule and say why (`ignore:`, a list of `rule` and `because`).": (
        "Varje anmärkning kommer med sin plats, sin regel och regelns källa. Statuskoden är 1 när ett fel hittas, med --strict också vid en varning. "
        "En fil kan bortse från en regel och säga varför (`ignore:`, en lista av `rule` och `because`)."
    ),
    "List the rules that check knows, or one of them in full.": "Räkna upp reglerna som granskningen känner, eller visa en av dem i sin helhet.",
    "In full means: what the rule asks, why it matters, what to do and where it is written.": (
        "I sin helhet: vad regeln kräver, varför det spelar roll, vad som kan göras och var det står."
    ),
    "Derive a figure step by step, down to the lines of the file.": "Härled ett belopp steg för steg, ned till raderna i filen.",
    "Each step shows its formula, the formula with its numbers, its rule and its source. Without FIGURE the whole year is told in order.": (
        "Varje steg visar sin formel, formeln med sina tal, sin regel och sin källa. Utan BELOPP berättas hela året i ordning."
    ),
    "The evaluation effect: cost development against a control area, not the financial result.": (
        "Det ekonomiska utvärderingsresultatet: kostnadsutveckling mot ett kontrollområde, inte det finansiella resultatet."
    ),
    "Show what an accounting export holds: accounts, months, and the activity that each goes to.": (
        "Visa vad en export ur bokföringen innehåller: konton, månader, och verksamheten som vart och ett går till."
    ),
    "With --agreement also what is mapped to nothing, and what settle would refuse. With --mapping it writes a first mapping of the accounts to activities, to fill in and to put into an agreement.": (
        "Med --agreement också vad som inte hör till något, och vad settle skulle underkänna. Med --mapping skrivs en första koppling av konton till "
        "verksamheter, att fylla i och lägga i ett avtal."
    ),
    "Write a commented agreement file to fill in.": "Skriv en avtalsfil med kommentarer, att fylla i.",
    "It is AREA.yaml in this folder, or what --output names; a file that is there already is left alone. With --workbook the years' amounts go into an .xlsx file of the same name; with --books the activities and their costs come from an accounting export.": (
        "Den blir OMRÅDE.yaml i denna mapp, eller det som --output anger; en fil som redan finns lämnas i fred. Med --workbook läggs årens belopp i en "
        ".xlsx-fil med samma namn; med --books kommer verksamheterna och deras utfall ur en export från bokföringen."
    ),
    "Write the JSON Schema of a file format, for editors.": "Skriv JSON-schemat för ett filformat, för redigerare.",
    "With it (2020-12) an editor completes, explains and checks a file while it is written.": (
        "Med det (2020-12) kompletterar, förklarar och prövar en redigerare filen medan den skrivs."
    ),
    "With --output it also prints the line to put first into an agreement, for the YAML language server (Visual Studio Code, Neovim, Emacs …). The path in it is read from the agreement's folder.": (
        "Med --output skrivs också raden ut som ska stå först i ett avtal, för YAML-språkservern (Visual Studio Code, Neovim, Emacs …). Sökvägen i den "
        "läses från avtalets mapp."
    ),
    "Run a language server, for editors.": "Kör en språkserver, för redigerare.",
    "An editor starts it, and talks to it over standard input and output. It says what is wrong with a file while it is written, in the words of settle and check; completes fields, kinds of cost and the file's own names; and shows what the guide says of a field, and what a figure comes to. `socsam guide editor` says how editors are set up.": (
        "En redigerare startar den, och talar med den över standard in och ut. Den säger vad som är fel i en fil medan den skrivs, med samma ord som settle "
        "och check; kompletterar fält, kostnadsslag och filens egna namn; och visar vad handledningen säger om ett fält, och vad ett belopp blir. "
        "`socsam guide editor` säger hur redigerare ställs in."
    ),
    "Needs the extra `editor`: pip install 'socsam-calc[editor]'.": "Kräver tillägget `editor`: pip install 'socsam-calc[editor]'.",
    "The same agreement under other assumptions or other terms, beside the base case.": (
        "Samma avtal under andra antaganden eller andra villkor, bredvid avtalet som det är."
    ),
    "Who bears the next krona of cost in each activity; who pays for whom.": (
        "Vem som bär nästa krona av kostnaden i varje verksamhet; vem som betalar för vem."
    ),
    "Draw the uncertain inputs many times: how each party's settlement is distributed.": (
        "Dra de osäkra uppgifterna många gånger: hur varje parts avräkning fördelar sig."
    ),
    "Ctrl-C ends it with what is known so far, marked as partial.": "Ctrl-C avslutar med det som är känt hittills, märkt som ofullständigt.",
    "What frames by the country's cost development would have given all areas of a country.": (
        "Vad ramar efter rikets kostnadsutveckling skulle ha gett alla områden i landet."
    ),
    "The guide: first agreement, the files, the arithmetic, the rules, every column and word.": (
        "Handledningen: ett första avtal, filerna, räknereglerna, reglerna, varje kolumn och ord."
    ),
    "Whatever an output or a message cites is found here. A pipe gets the page as Markdown.": (
        "Allt som ett resultat eller ett meddelande hänvisar till finns här. Skickas sidan vidare till ett annat program eller en fil är den Markdown."
    ),
}
