"""What `fiel check` finds: one code for each rule, and where in a promise or in its files the rule is broken.

Not the rules (`lint`, `fiel.registry`), and not how findings are printed. Each code is explained in
docs/reference/findings.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

Where: TypeAlias = tuple[str, ...]
"""A place in a promise: ("use_cases", "suggestions", "levels", "observed", "events", "purchase")."""


class Severity(StrEnum):
    """An error keeps a promise from being published and served; a warning only asks for a second thought."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """The rules, each with its stable code. A code is never given to another rule."""

    # Files and spelling.
    UNREADABLE = "FIEL001"
    NOT_YAML = "FIEL002"
    DUPLICATE_KEY = "FIEL003"
    TOO_MUCH = "FIEL004"
    FILE_NOT_READ = "FIEL005"
    UNKNOWN_KEY = "FIEL011"
    MISSING_KEY = "FIEL012"
    WRONG_TYPE = "FIEL013"
    NOT_ONE_OF = "FIEL014"
    OUT_OF_RANGE = "FIEL015"
    BAD_DURATION = "FIEL016"
    BAD_SHARE = "FIEL017"
    BAD_ATTENTION = "FIEL018"
    BAD_NAME = "FIEL019"
    SAID_TWICE = "FIEL020"
    BAD_COLOUR = "FIEL021"
    # References that lead nowhere.
    UNDECLARED_AREA = "FIEL101"
    UNDECLARED_ATTRIBUTE = "FIEL102"
    UNDECLARED_EVENT = "FIEL103"
    UNDECLARED_PROPERTY = "FIEL104"
    UNKNOWN_STRATEGY = "FIEL105"
    UNKNOWN_LAW = "FIEL106"
    UNDECLARED_GROUP = "FIEL107"
    UNDECLARED_FIELD = "FIEL108"
    # Texts.
    MISSING_TRANSLATION = "FIEL201"
    UNSERVED_LANGUAGE = "FIEL202"
    # Look.
    FAINT_THEME = "FIEL211"
    # What the person gains.
    NO_BENEFIT = "FIEL301"
    COPIED_BENEFIT = "FIEL302"
    CONTRADICTED_BENEFIT = "FIEL303"
    HARMFUL_CONTROL = "FIEL304"
    # Needs and levels.
    UNREAD_NEED = "FIEL401"
    UNDECLARED_READ = "FIEL402"
    LEVELS_OUT_OF_ORDER = "FIEL403"
    NO_GENTLER_LEVEL = "FIEL404"
    LEVEL_BELOW_ITS_DATA = "FIEL405"
    NOTHING_TO_LEARN = "FIEL406"
    NEED_NAMED_TWICE = "FIEL407"
    IDLE_LEVEL = "FIEL408"
    UNEARNED_LEVEL = "FIEL409"
    TAUGHT_BEYOND_NEED = "FIEL410"
    UNTAUGHT_READ = "FIEL411"
    # Bounds and retention.
    NO_BOUND = "FIEL501"
    BOUND_BY_COUNT = "FIEL502"
    NO_RETENTION = "FIEL503"
    RETENTION_TOO_LONG = "FIEL504"
    # Special categories.
    SPECIAL_CATEGORY = "FIEL601"
    SENSITIVE_GROUPS = "FIEL602"
    # Recipients.
    NO_COUNTRY = "FIEL701"
    NO_FIELDS = "FIEL702"
    # Separation.
    COMBINATION = "FIEL801"
    CROWDED_AREA = "FIEL802"
    # Legal basis.
    NO_BALANCING = "FIEL901"
    FALSE_TOGGLE = "FIEL902"
    USED_WITHOUT_CHOICE = "FIEL903"
    SIGNAL_IGNORED = "FIEL904"
    WIDER_THAN_COMPATIBLE = "FIEL905"

    @property
    def severity(self) -> Severity:
        """Whether a promise that breaks this rule may be served."""
        return Severity.WARNING if self in WARNINGS else Severity.ERROR


WARNINGS: Final = frozenset(
    {
        Code.FILE_NOT_READ,
        Code.NO_GENTLER_LEVEL,
        Code.BOUND_BY_COUNT,
        Code.CONTRADICTED_BENEFIT,
        Code.UNEARNED_LEVEL,
    }
)
"""The rules whose breach may have a good reason, which only the controller can know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A rule broken at a place of the promise, before anybody knows in which file and line that place is written."""

    code: Code
    where: Where
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule broken in a file: `line` and `column` count from 1, `length` is how many characters to underline.

    The message says what, in the author's own words in backticks; the hint says what to do. A promise holds no personal
    data, and so neither does a finding.
    """

    code: Code
    file: str
    line: int
    column: int
    length: int
    message: str
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """Whether the promise may be served nevertheless."""
        return self.code.severity
