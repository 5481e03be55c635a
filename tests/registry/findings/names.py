"""Examples of names that lead nowhere, and of texts that are missing."""

from fiel.core.promise.finding import Code
from tests.registry.findings.example import Example
from tests.registry.sound import FILE, added, edited

RECIPIENT = "recipients: [{name: Envíos, via: 'webhook:https://x.example', country: ES, fields: [FIELD], why: WHY}]"
SHIPPING = RECIPIENT.replace("WHY", "{es: Para enviarlo., en: To ship it.}")
OBSERVED_BY_FACTS = ("  observed:\n", "  observed:\n    strategy: facts\n")

EXAMPLES = (
    Example(
        code=Code.UNDECLARED_AREA,
        fails=edited(("area: sales", "area: sale  #!")),
        passes=edited(("area: sales", "area: service")),
    ),
    Example(
        code=Code.UNDECLARED_ATTRIBUTE,
        fails=edited(("attributes: [likes]}", "attributes: [likes, like]}  #!")),
        passes=edited(("attributes: [likes]}", "attributes: [\n    likes]}")),
    ),
    Example(
        code=Code.UNDECLARED_EVENT,
        fails=edited(("      purchase:", "      purchases:  #!")),
        passes=edited(("      purchase:", '      "purchase":')),
    ),
    Example(
        code=Code.UNDECLARED_PROPERTY,
        fails=edited(("properties: [item]", "properties: [item, colour]  #!")),
        passes=edited(OBSERVED_BY_FACTS, ("properties: [item]", "properties: [item, quantity]")),
    ),
    Example(
        code=Code.UNKNOWN_STRATEGY,
        fails=edited(("strategy: rules, attributes: [likes]}", "strategy: ruls, attributes: [likes]}  #!")),
        passes=edited(("strategy: rules", "strategy: facts")),
    ),
    Example(
        code=Code.UNKNOWN_LAW,
        fails=edited(("jurisdiction: eu", "jurisdiction: ue  #!"), file=FILE),
        passes=edited(("jurisdiction: eu\n", ""), file=FILE),
    ),
    Example(
        code=Code.UNDECLARED_GROUP,
        fails=added("explicit: true\ninfers_from: [alcohol, wine]  #!\n"),
        passes=added("explicit: true\ninfers_from: [alcohol]\n"),
    ),
    Example(
        code=Code.UNDECLARED_FIELD,
        fails=added(SHIPPING.replace("FIELD", "item, price") + "  #!\n"),
        passes=added(SHIPPING.replace("FIELD", "item, likes") + "\n"),
    ),
    Example(
        code=Code.MISSING_TRANSLATION,
        fails=edited(
            ("title: {es: Elegir ofertas para ti, en: Choose offers for you}", "title: {es: Elegir ofertas}  #!"),
            ("en: They show what goes with you.}", "en: ' '}  #!"),
        ),
        passes=edited(("{es: Elegir ofertas para ti, en: Choose", "{en: Elegir, es: Choose")),
    ),
    Example(
        code=Code.UNSERVED_LANGUAGE,
        fails=edited(("en: Choose offers for you}", "en: Choose offers for you, fr: Choisir}  #!")),
        passes=edited(("languages: [es, en]", "languages: [en, es]"), file=FILE),
    ),
    Example(
        code=Code.FAINT_THEME,
        fails=edited(("items:", 'theme:\n  accent: "#9fbfc4"  #!\n  dark:\n    ink: "#445055"  #!\nitems:'), file=FILE),
        passes=edited(("items:", 'theme: {accent: "#7a1f3d", dark: {ink: "#ffffff"}}\nitems:'), file=FILE),
    ),
)
