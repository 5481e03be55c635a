"""The keys of the promise's files: the one table that the reader and the schema both follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fiel.core.promise.finding import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys one mapping knows. `missing`: the code and the hint for a required one, where it has its own."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    missing: Mapping[str, tuple[Code, str]] = field(default_factory=dict)

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return self.required + self.optional


COMPANY: Final = Keys(
    required=("controller", "languages", "areas"), optional=("jurisdiction", "attributes", "events", "items", "theme")
)
CONTROLLER: Final = Keys(required=("name", "contact", "address"), optional=("dpo",))
AREA: Final = Keys(required=("title",))
ATTRIBUTE: Final = Keys(required=("type", "category", "source", "title"))
EVENT: Final = Keys(required=("properties", "category", "title"))
PROPERTY: Final = Keys(required=("type",))
ITEMS: Final = Keys(required=("sensitive",), optional=("groups",))
COLOURS: Final = Keys(optional=("paper", "ink", "accent", "line", "soft"))
THEME: Final = Keys(optional=(*COLOURS.optional, "radius", "dark"))

USE_CASE: Final = Keys(
    required=("use_case", "area", "purpose", "basis", "title", "why", "benefit", "levels", "retention"),
    optional=(
        "strategy",
        "learn",
        "measure",
        "without_choice",
        "consent_lasts",
        "attention",
        "recipients",
        "signals",
        "balancing",
        "explicit",
        "infers_from",
        "compatible_with",
        "mode",
    ),
    missing={
        "benefit": (Code.NO_BENEFIT, "say under `benefit: {person: …}` what they gain, or drop the use case"),
        "retention": (Code.NO_RETENTION, "say when all of it goes, for example `retention: 400d`"),
    },
)
BENEFIT: Final = Keys(required=("company",), optional=("person",))
RUNG: Final = Keys(optional=("strategy", "context", "attributes", "events", "history"))
NEED: Final = Keys(required=("properties", "why"), optional=("within", "or_visits", "keep", "time"))
LEARN: Final = Keys(required=("why", "cap"), optional=("within", "attributes"))
MEASURE: Final = Keys(required=("why",), optional=("control",))
ATTENTION: Final = Keys(optional=("at_most", "min_relevance"))
RECIPIENT: Final = Keys(required=("name", "via", "why"), optional=("fields", "country"))
SIGNALS: Final = Keys(optional=("gpc",))
