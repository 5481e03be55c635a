"""The unexpected. Expected outcomes (a refusal, a drop, a finding) are values, never exceptions.

No message holds personal data: it says what, where and what to do, in words that may stand in a log.
"""


class FielError(Exception):
    """Something did not go as it must."""

    code = "error"

    def __init__(self, what: str, *, hint: str = "") -> None:
        """Say `what` went wrong in one clause, and in `hint` what to do about it."""
        super().__init__(what)
        self.what = what
        self.hint = hint


class Malformed(FielError):
    """What came in cannot be read as what it should be."""

    code = "malformed"


class Unknown(FielError):
    """A use case, item, entry or file of that name does not exist."""

    code = "unknown"


class Conflict(FielError):
    """The act contradicts what is already recorded: a stale notice, a reused key, a forbidden transition."""

    code = "conflict"


class NotAllowed(FielError):
    """The caller's key or token does not cover this act."""

    code = "not_allowed"


class NotAuthenticated(FielError):
    """There is no valid key or token."""

    code = "not_authenticated"


class KeyMissing(FielError):
    """A key is not there, is destroyed, or may be read by others."""

    code = "key_missing"


class Tampered(FielError):
    """Stored or presented bytes are not what was sealed, signed or chained."""

    code = "tampered"


class TooMany(FielError):
    """It was asked for too often; later it may be asked for again."""

    code = "too_many"


class Unavailable(FielError):
    """The store, the disk or the clock cannot do what is asked now; nothing acknowledged was lost."""

    code = "unavailable"


class SettingsInvalid(FielError):
    """The way Fiel was set up does not let it start."""

    code = "settings_invalid"
