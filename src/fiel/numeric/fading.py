"""How much of something is left after some days: an event fades when it is ranked by, so nothing is stored or undone.

Not a bound: what has faded is still held until it expires. To hold less is for the promise to say.
"""

from typing import Final

_LEAST: Final = 2.0**-60
"""What has faded altogether still weighs more than what never was."""


def faded(days: int, half_life: float | None) -> float:
    """What is left of 1 after so many days: a half after `half_life` days, all of it if there is none.

    Never zero, and 1 for a day that is yet to come.
    """
    return 1.0 if half_life is None else max(0.5 ** (max(days, 0) / half_life), _LEAST)
