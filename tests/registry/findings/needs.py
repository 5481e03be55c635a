"""Examples of needs, levels, bounds and retention that are more than the use case needs."""

from fiel.core.promise.finding import Code
from tests.registry.findings.example import Example
from tests.registry.sound import SOUND, added, edited

ONLY_OBSERVED = ("  context: {context: [item]}\n  declared: {strategy: rules, attributes: [likes]}\n", "")
ONLY_DECLARED = (
    """\
  context: {context: [item]}
  declared: {strategy: rules, attributes: [likes]}
  observed:
    events:
      purchase:
        properties: [item]
        within: 90d
        why: {es: Muestran qué va contigo., en: They show what goes with you.}
""",
    "  declared: {strategy: rules, attributes: [likes]}\n",
)
LEARN = "learn: {cap: 50, why: {es: Enseña qué se compra junto., en: It teaches what is bought together.}}"
TAUGHT = LEARN.replace("cap: 50,", "cap: 50, attributes: [likes],")
BY_TASTE = ("strategy: rules", "strategy: by_taste")

EXAMPLES = (
    Example(
        code=Code.UNREAD_NEED,
        fails=edited(
            ("properties: [item]", "properties: [item, quantity]  #!"),
            ("{context: [item]}", "{context: [item, page]}  #!"),
        ),
        passes=edited(
            ("  observed:\n", "  observed:\n    strategy: by_pieces\n"),
            ("properties: [item]", "properties: [item, quantity]"),
        ),
    ),
    Example(
        code=Code.UNDECLARED_READ,
        fails=edited(("  observed:\n", "  observed:\n    strategy: by_pieces  #!\n")),
        passes=edited(("  observed:\n", "  observed:\n    strategy: facts\n")),
    ),
    Example(
        code=Code.LEVELS_OUT_OF_ORDER,
        fails=edited(
            ("  context: {context: [item]}\n", ""), ("[likes]}\n", "[likes]}\n  context: {context: [item]}  #!\n")
        ),
        passes=SOUND,
    ),
    Example(
        code=Code.NO_GENTLER_LEVEL,
        fails=edited(ONLY_OBSERVED, ("  observed:\n", "  observed:  #!\n"), ("retention: 400d", "retention: 90d")),
        passes=edited(
            ("  declared: {strategy: rules, attributes: [likes]}\n", ""), ("retention: 400d", "retention: 90d")
        ),
    ),
    Example(
        code=Code.LEVEL_BELOW_ITS_DATA,
        fails=edited(("attributes: [likes]}", "attributes: [likes, income]}  #!")),
        passes=edited(("retention:", "  acquired: {strategy: rules, attributes: [income]}\nretention:")),
    ),
    Example(
        code=Code.NOTHING_TO_LEARN,
        fails=edited(ONLY_DECLARED, ("retention:", f"{LEARN}  #!\nretention:")),
        passes=added(f"{LEARN}\n"),
    ),
    Example(
        code=Code.TAUGHT_BEYOND_NEED,
        fails=added(f"{TAUGHT.replace('likes', 'income')}  #!\n"),
        passes=edited(BY_TASTE, ("retention:", f"{TAUGHT}\nretention:")),
    ),
    Example(
        code=Code.UNTAUGHT_READ,
        fails=edited(("strategy: rules, attributes: [likes]}", "strategy: by_taste, attributes: [likes]}  #!")),
        passes=edited(BY_TASTE, ("retention:", f"{TAUGHT}\nretention:")),
    ),
    Example(
        code=Code.NEED_NAMED_TWICE,
        fails=edited(
            ("  observed:\n", "  observed:\n    attributes: [likes]  #!\n"),
            ("similar_items", "facts"),
            ("  context: {context: [item]}\n", ""),
        ),
        passes=edited(("similar_items", "facts"), ("  context: {context: [item]}\n", "")),
    ),
    Example(
        code=Code.IDLE_LEVEL,
        fails=edited(("  context: {context: [item]}", "  context: {strategy: popular}  #!")),
        passes=edited(("retention:", "  inferred: {strategy: facts}\nretention:")),
    ),
    Example(
        code=Code.NO_BOUND,
        fails=edited(("        within: 90d\n", ""), ("      purchase:", "      purchase:  #!")),
        passes=edited(("        within: 90d\n", "        or_visits: 3\n")),
    ),
    Example(
        code=Code.BOUND_BY_COUNT,
        fails=edited(("        within: 90d\n", "        keep: 200  #!\n")),
        passes=edited(("        within: 90d\n", "        keep: 200\n        or_visits: 1\n")),
    ),
    Example(
        code=Code.NO_RETENTION,
        fails=edited(("retention: 400d\n", ""), ("use_case: offers", "use_case: offers  #!")),
        passes=edited(("retention: 400d", "retention: 1 year")),
    ),
    Example(
        code=Code.RETENTION_TOO_LONG,
        fails=edited(
            ("  declared: {strategy: rules, attributes: [likes]}\n", ""), ("retention: 400d", "retention: 91d  #!")
        ),
        passes=edited(
            ("  declared: {strategy: rules, attributes: [likes]}\n", ""), ("retention: 400d", "retention: 90d")
        ),
    ),
)
