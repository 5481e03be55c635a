"""How old somebody is, as far as a law needs it: a band of years, never a date of birth (GDPR art. 5(1)(c), 8)."""

from enum import IntEnum

from fiel.core.law import Ages


class AgeBand(IntEnum):
    """The bands between the ages that laws name, each by its first year."""

    CHILD = 0
    FROM_12 = 12
    FROM_13 = 13
    FROM_14 = 14
    FROM_16 = 16
    ADULT = 18

    @property
    def word(self) -> str:
        """The band as it is written: its first and its last year."""
        return _WORDS[self]

    @classmethod
    def named(cls, word: str) -> "AgeBand":
        """The band of that word; raises `ValueError`."""
        for band, known in _WORDS.items():
            if known == word:
                return band
        raise ValueError(word)


_WORDS = {
    AgeBand.CHILD: "0-11",
    AgeBand.FROM_12: "12",
    AgeBand.FROM_13: "13",
    AgeBand.FROM_14: "14-15",
    AgeBand.FROM_16: "16-17",
    AgeBand.ADULT: "18+",
}


def needs_guardian(band: AgeBand | None, ages: Ages, *, sensitive: bool) -> bool:
    """Whether somebody of that age does not decide alone; nobody is taken for a child whose age is not known.

    An age that falls within a band counts for all of it: whoever may be too young is.
    """
    age = ages.sensitive.value if sensitive else ages.consent.value
    return band is not None and age is not None and band < age


def is_barred(band: AgeBand | None, ages: Ages) -> bool:
    """Whether nobody makes advertising profiles of somebody of that age, whoever agrees."""
    age = ages.advertising.value
    return band is not None and age is not None and band < age
