"""Examples of benefits, special categories, recipients, separation and legal bases that do not hold."""

from fiel.core.promise.finding import Code
from tests.registry.findings.example import Example
from tests.registry.sound import COMPANY, FILE, OFFERS, SOUND, added, edited

BALANCING = "balancing: {es: Sopesamos lo tuyo y lo nuestro., en: We weighed yours and ours.}\n"
INTEREST = (("basis: consent", "basis: legitimate_interest"), ("consent_lasts: 24 months\n", BALANCING))
CONTRACT = (("basis: consent", "basis: contract"), ("consent_lasts: 24 months\n", ""))
HELP = OFFERS.replace("use_case: offers", "use_case: help")
ELSEWHERE = HELP.replace("area: sales", "area: service")
MANY = {f"use_cases/n{number:02}.yaml": OFFERS.replace(": offers", f": n{number:02}", 1) for number in range(12)}
CALIFORNIA = {FILE: COMPANY.replace("jurisdiction: eu", "jurisdiction: us-ca")}
PERSON = "  person: {es: Ves antes lo que buscas., en: You see sooner what you look for.}\n"


COMPARED = "measure:\n  why: {es: Medimos., en: We measure.}\n  control: 2%"
RECIPIENT = """\
recipients:
  - name: Envíos
    via: webhook:https://x.example
    why: {es: Para enviarlo., en: To ship it.}
"""


EXAMPLES = (
    Example(
        code=Code.NO_BENEFIT,
        fails=edited(("benefit:", "benefit:  #!"), (PERSON, "")),
        passes=edited((PERSON, PERSON.replace("Ves antes lo que buscas.", "Pierdes menos tiempo."))),
    ),
    Example(
        code=Code.COPIED_BENEFIT,
        fails=edited((PERSON, "  person: {es: '¡Vendemos más!', en: You see sooner what you look for.}  #!\n")),
        passes=edited((PERSON, "  person: {es: Te vendemos más barato., en: We sell you more for less.}\n")),
    ),
    Example(
        code=Code.HARMFUL_CONTROL,
        fails=edited(
            ("  observed:\n", "  observed:\n    strategy: facts\n"), ("retention:", f"{COMPARED}  #!\nretention:")
        ),
        passes=added(f"{COMPARED}\n"),
    ),
    Example(
        code=Code.SPECIAL_CATEGORY,
        fails=edited(
            ("attributes: [likes]}", "attributes: [likes, faith]}  #!"), ("      purchase:", "      visit:  #!")
        ),
        passes=edited(
            ("attributes: [likes]}", "attributes: [likes, faith]}"), ("retention:", "explicit: true\nretention:")
        ),
    ),
    Example(
        code=Code.SENSITIVE_GROUPS,
        fails=added("infers_from: [alcohol]  #!\n"),
        passes=added("infers_from: [alcohol]\nexplicit: true\n"),
    ),
    Example(
        code=Code.NO_COUNTRY,
        fails=added(RECIPIENT.replace("Envíos", "Envíos  #!") + "    fields: [item]\n"),
        passes=added(RECIPIENT + "    fields: [item]\n    country: ES\n"),
    ),
    Example(
        code=Code.NO_FIELDS,
        fails=added(RECIPIENT + "    country: ES\n    fields: []  #!\n"),
        passes=added("recipients: []\n"),
    ),
    Example(
        code=Code.COMBINATION,
        fails=edited(("endations\n", "endations  #!\n")) | {"use_cases/help.yaml": ELSEWHERE},
        passes=SOUND | {"use_cases/help.yaml": HELP},
    ),
    Example(
        code=Code.CROWDED_AREA,
        fails=SOUND | MANY | {FILE: COMPANY.replace("en: Sales}}", "en: Sales}}  #!")},
        passes=MANY | {FILE: COMPANY},
    ),
    Example(
        code=Code.NO_BALANCING,
        fails=edited(("basis: consent", "basis: legitimate_interest  #!"), ("consent_lasts: 24 months\n", "")),
        passes=edited(*INTEREST),
    ),
    Example(
        code=Code.FALSE_TOGGLE,
        fails=edited(
            ("basis: consent", "basis: contract"),
            ("consent_lasts: 24 months", "consent_lasts: 24 months  #!\nexplicit: true  #!"),
        ),
        passes=edited(*CONTRACT),
    ),
    Example(
        code=Code.USED_WITHOUT_CHOICE,
        fails=added("without_choice: context  #!\n"),
        passes=edited(*INTEREST, ("retention:", "without_choice: context\nretention:")),
    ),
    Example(
        code=Code.SIGNAL_IGNORED,
        fails=added("signals: {gpc: ignore}  #!\n") | CALIFORNIA,
        passes=added("signals: {gpc: auto}\n") | CALIFORNIA,
    ),
)
