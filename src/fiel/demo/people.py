"""Who the demo's people are and what they chose: made up, by one table and a hash of the customer's number.

The purchases are real (see `data/README.md`), the choices are not: nobody in the data was ever asked. What the program
tells about these choices is therefore attested as an import, never as a person's own word.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from fiel.core.consent.choice import Status
from fiel.core.ids import Identifier, IdentifierKind, UseCaseId
from fiel.core.promise.usecase import Level
from fiel.core.text import Value

ASKED: Final = 0.40
"""The share of customers who were ever asked; of all others nothing is known, and unknown means no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to one use case, and the share (0 to 1) of those asked who gave it."""

    status: Status
    share: float = 0.0
    level: Level | None = None
    teaches: bool = False


SUGGESTIONS: Final = UseCaseId("suggestions")
BUY_AGAIN: Final = UseCaseId("buy_again")
NEWSLETTER: Final = UseCaseId("newsletter_picks")
GIFTS: Final = UseCaseId("gift_ideas")
ARRIVALS: Final = UseCaseId("new_arrivals")
ORDERS: Final = UseCaseId("order_help")

_YES: Final = Status.GIVEN
_NO: Final = Status.REFUSED

SHARES: Final[Mapping[UseCaseId, tuple[Answer, ...]]] = {
    SUGGESTIONS: (
        Answer(status=_NO, share=0.25),
        Answer(status=_YES, share=0.08, level=Level.CONTEXT),
        Answer(status=_YES, share=0.17, level=Level.DECLARED),
        Answer(status=_YES, share=0.12, level=Level.OBSERVED),
        Answer(status=_YES, share=0.28, level=Level.OBSERVED, teaches=True),
    ),
    BUY_AGAIN: (
        Answer(status=_NO, share=0.30),
        Answer(status=_YES, share=0.15, level=Level.DECLARED),
        Answer(status=_YES, share=0.40, level=Level.OBSERVED),
    ),
    NEWSLETTER: (
        Answer(status=_NO, share=0.45),
        Answer(status=_YES, share=0.15, level=Level.DECLARED),
        Answer(status=_YES, share=0.05, level=Level.OBSERVED),
        Answer(status=_YES, share=0.15, level=Level.OBSERVED, teaches=True),
    ),
    GIFTS: (
        Answer(status=_NO, share=0.25),
        Answer(status=_YES, share=0.25, level=Level.DECLARED),
    ),
    ARRIVALS: (Answer(status=Status.OBJECTED, share=0.10, level=Level.NONE),),
    ORDERS: (
        Answer(status=Status.OBJECTED, share=0.02, level=Level.NONE),
        Answer(status=Status.OBJECTED, share=0.04, level=Level.DECLARED),
    ),
}
"""What those asked answered, use case by use case; whoever is left over did not answer and stays undecided.

Four use cases rest on consent. `new_arrivals` rests on legitimate interest and `order_help` on contract: there nobody
is asked, some object, and an objection may be partial (`order_help` down to what they told us).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One of the three people of the page: a customer of the data under a made-up name."""

    key: str
    name: str
    customer: int
    answers: Mapping[UseCaseId, Answer]
    told: Mapping[str, Value]

    @property
    def identifier(self) -> Identifier:
        """How the shop knows them."""
        return Identifier(IdentifierKind.USER, self.key)


ALMA: Final = Character(
    key="alma",
    name="Alma",
    customer=12598,
    answers={
        SUGGESTIONS: Answer(status=_YES, level=Level.OBSERVED, teaches=True),
        BUY_AGAIN: Answer(status=_YES, level=Level.OBSERVED),
        NEWSLETTER: Answer(status=_YES, level=Level.DECLARED),
    },
    told={
        "favourite_categories": ("children", "kitchen"),
        "gift_occasions": ("party", "christmas"),
        "preferred_language": "es",
        "preferred_contact": "e-mail",
    },
)
"""Said yes: to suggestions as far as her purchases, which may teach the shared model; is undecided about presents."""

BRUNO: Final = Character(
    key="bruno",
    name="Bruno",
    customer=12528,
    answers={
        SUGGESTIONS: Answer(status=_NO),
        BUY_AGAIN: Answer(status=_NO),
        NEWSLETTER: Answer(status=_NO),
        GIFTS: Answer(status=_NO),
        ARRIVALS: Answer(status=Status.OBJECTED, level=Level.NONE),
    },
    told={},
)
"""Said no to all that one can say no to, and objects to the rest but for help with his orders."""

CARMEN: Final = Character(key="carmen", name="Carmen", customer=12664, answers={}, told={})
"""Was never asked, and has said nothing."""

CHARACTERS: Final = (ALMA, BRUNO, CARMEN)
"""The people of the page, by a rule that `tests/demo/test_people.py` recomputes from the data.

All three came for the first time 200 to 330 days before the last day and for the last time within its two last weeks.
Alma came on 6 to 8 days, bought ten products or more on three days or more, and of her last 90 days' products there are
20 to 60, a sensitive one among them. Bruno and Carmen came on 5 days or more and bought 8 to 20 lines in their last 60
days. Of all who fit they have the lowest numbers.
"""

_BY_CUSTOMER: Final = {character.customer: character for character in CHARACTERS}


def identifier_of(customer: int) -> Identifier:
    """How the shop knows a customer: by name on the page's three, else by the number of the data."""
    character = _BY_CUSTOMER.get(customer)
    return character.identifier if character else Identifier(IdentifierKind.USER, str(customer))


def was_asked(customer: int) -> bool:
    """Whether this customer was ever asked anything."""
    character = _BY_CUSTOMER.get(customer)
    return bool(character.answers) if character else draw(customer, "asked") < ASKED


def answers_of(customer: int) -> Mapping[UseCaseId, Answer]:
    """What a customer answered; a use case that is missing was not asked about, or not answered."""
    if customer in _BY_CUSTOMER:
        return _BY_CUSTOMER[customer].answers
    if not was_asked(customer):
        return {}
    return dict(_answered(customer))


def told_by(customer: int, favourites: tuple[str, ...]) -> Mapping[str, Value]:
    """What a customer told the shop, in the demo: nothing, unless they said yes to some use of it.

    `favourites` are the sections they buy most from over the year, as if they had named these when they were asked.
    """
    if customer in _BY_CUSTOMER:
        return _BY_CUSTOMER[customer].told
    answers = answers_of(customer)
    reached = {name for name, answer in answers.items() if answer.level is not None and answer.level >= Level.DECLARED}
    told: dict[str, Value] = {}
    if reached & {SUGGESTIONS, BUY_AGAIN, NEWSLETTER}:
        told["favourite_categories"] = favourites
    if GIFTS in reached:
        told["gift_occasions"] = favourites[:1]
    return told


def draw(customer: int, about: str) -> float:
    """A number from 0 up to 1 that is always the same for the same customer and question."""
    digest = sha256(f"fiel demo / {about} / {customer}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def _answered(customer: int) -> Iterator[tuple[UseCaseId, Answer]]:
    for use_case, answers in SHARES.items():
        place = draw(customer, use_case)
        for answer in answers:
            if place < answer.share:
                yield use_case, answer
                break
            place -= answer.share
