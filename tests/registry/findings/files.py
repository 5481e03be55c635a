"""Examples of what is found while the files are opened and their YAML is read."""

from fiel.core.promise.finding import Code
from tests.registry.findings.example import Example
from tests.registry.sound import FILE, OFFERS, SOUND, USE_CASE, added, edited

EXAMPLES = (
    Example(
        code=Code.UNREADABLE,
        fails={USE_CASE: OFFERS.encode("utf-16")},
        at=((FILE, 1), (USE_CASE, 1)),
        passes=SOUND | {USE_CASE: b"\xef\xbb\xbf" + OFFERS.encode()},
    ),
    Example(
        code=Code.NOT_YAML,
        fails=edited(("area: sales", "area: sales: all  #!")),
        passes=edited(("{es: Ponemos primero lo que te interesa.", "{es: 'Primero: lo que te interesa.'")),
    ),
    Example(
        code=Code.DUPLICATE_KEY,
        fails=added("retention: 2 years  #!\n"),
        passes=added("# retention: 2 years\n"),
    ),
    Example(
        code=Code.TOO_MUCH,
        fails=added("\nx: " + "[" * 30 + "]" * 30 + "  #!\n"),
        passes=added("# " + "[" * 30 + "]" * 30 + "\n"),
    ),
    Example(
        code=Code.FILE_NOT_READ,
        fails=SOUND | {"use_cases/more.yml": OFFERS},
        at=(("use_cases/more.yml", 1),),
        passes=SOUND | {"compose.yml": "services: {}"},
    ),
    Example(
        code=Code.UNKNOWN_KEY,
        fails=edited(("retention: 400d", "retention: 400d\nretenton: 400d  #!")),
        passes=edited(("retention: 400d", "mode: enforce\nretention: 400d")),
    ),
    Example(
        code=Code.MISSING_KEY,
        fails=edited(
            ("      purchase:\n", "      purchase:  #!\n"), ("        why: {es: Muestran", "        # {es: Muestran")
        ),
        passes=edited(
            ("strategy: similar_items\n", ""),
            ("{context:", "{strategy: similar_items, context:"),
            ("  observed:\n", "  observed:\n    strategy: similar_items\n"),
        ),
    ),
    Example(
        code=Code.WRONG_TYPE,
        fails=edited(("        properties: [item]", "        properties: item  #!")),
        passes=edited(("        properties: [item]", "        properties:\n          - item")),
    ),
    Example(
        code=Code.NOT_ONE_OF,
        fails=edited(("basis: consent", "basis: consnt  #!")),
        passes=edited(("basis: consent\n", "basis: public_task\n"), ("consent_lasts: 24 months\n", "")),
    ),
    Example(
        code=Code.OUT_OF_RANGE,
        fails=edited(("        within: 90d\n", "        within: 90d\n        keep: -3  #!\n")),
        passes=edited(("        within: 90d\n", "        within: 90d\n        keep: 3\n        or_visits: 0\n")),
    ),
    Example(
        code=Code.BAD_DURATION,
        fails=edited(("within: 90d", "within: 90 minutes  #!"), ("24 months", "never  #!")),
        passes=edited(("within: 90d", "within: 12 weeks"), ("24 months", "2 years")),
    ),
    Example(
        code=Code.BAD_SHARE,
        fails=added("measure: {control: 200%, why: {es: Medimos., en: We measure.}}  #!\n"),
        passes=added("measure: {control: 2.5%, why: {es: Medimos., en: We measure.}}\n"),
    ),
    Example(
        code=Code.BAD_ATTENTION,
        fails=added("attention: {at_most: three a day}  #!\n"),
        passes=added("attention: {at_most: 3 per day, min_relevance: 0.05}\n"),
    ),
    Example(
        code=Code.BAD_NAME,
        fails=edited(("use_case: offers", "use_case: Ofertas de hoy  #!")),
        passes=edited(("use_case: offers", "use_case: offers_of-today2")),
    ),
    Example(
        code=Code.SAID_TWICE,
        fails=SOUND | {"use_cases/second.yaml": OFFERS.replace("offers", "offers  #!", 1)},
        passes=SOUND | {"use_cases/second.yaml": OFFERS.replace("offers", "second", 1)},
    ),
    Example(
        code=Code.BAD_COLOUR,
        fails=edited(
            ("items:", 'theme:\n  accent: "url(x)"  #!\n  radius: 99px  #!\n  dark: {ink: "#12"}  #!\nitems:'),
            file=FILE,
        ),
        passes=edited(("items:", 'theme: {accent: "#0B5C6B", radius: 6px, dark: {ink: "#FFF"}}\nitems:'), file=FILE),
    ),
)
