"""What a link in a letter carries: a sealed token that says what one button of one page may do, for whom, how long.

A link that is opened does nothing: mail is read by machines before it is read by people (RFC 8058 §1).
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from fiel.core.errors import Malformed, NotAuthenticated
from fiel.core.ids import Identifier, UseCaseId
from fiel.operations.house import House


class Does(StrEnum):
    """What the button behind a link does: prove an address, let somebody in, end mails or a use case."""

    CONFIRM = "confirm"
    ENTER = "enter-by-mail"
    STOP = "stop"


LASTS: Final = {Does.CONFIRM: timedelta(days=7), Does.ENTER: timedelta(minutes=15), Does.STOP: timedelta(days=400)}
"""How long each is good: a way out for longer than any letter is kept for a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a token says. `address` is the tag of the one that it was sent to; `use_case` None for all letters."""

    does: Does
    who: Identifier
    address: bytes
    use_case: UseCaseId | None = None


def linked(house: House, link: Link) -> str:
    """The token for a link that is sent now."""
    who = f"{link.who.kind.value}:{link.who.value}"
    now = house.clock.now().timestamp()
    fields = [link.does.value, who, link.address.hex(), link.use_case, now, house.names.new_record().hex()]
    return house.tokens.seal(json.dumps(fields).encode())


def followed(house: House, token: str, does: Does) -> Link:
    """What a link says; raises `NotAuthenticated` for one of another kind, one that is over, and what is none."""
    try:
        kind, who, address, use_case, made, _ = json.loads(house.tokens.open(token))
        found = Link(
            does=does,
            who=Identifier.parse(who),
            address=bytes.fromhex(address),
            use_case=None if use_case is None else UseCaseId(use_case),
        )
        age = house.clock.now() - datetime.fromtimestamp(made, UTC)
    except (Malformed, TypeError, ValueError):
        raise NotAuthenticated("the link is not good") from None
    if kind != does.value or not timedelta() <= age <= LASTS[does]:
        raise NotAuthenticated("the link is over, or for something else")
    return found
