"""A house that tells people and endpoints, with a mail server and endpoints that do as a test says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, UseCaseId
from fiel.operations.house import House
from fiel.operations.notices.contact import confirm_address, give_address
from fiel.operations.notices.deliver import Carriers, Delivered, deliver
from fiel.ports import Event, Hook, Letter, Outcome, Post, Store
from fiel.testing.clock import HandClock
from tests.laws.world import PICKS
from tests.operations.houses import ANA, opened, say

URL = "https://privacy.example"
MINUTE = timedelta(minutes=1)
_LINK = re.compile(r"\?[tm]=([\w=-]+)")


@dataclass(slots=True)
class Letters:
    """A mail server that takes everything, unless told otherwise."""

    taken: list[Letter] = field(default_factory=list)
    outcome: Outcome = Outcome.SENT
    tries: int = 0

    def post(self, letter: Letter) -> Outcome:
        """Take a letter, or not."""
        self.tries += 1
        if self.outcome is Outcome.SENT:
            self.taken.append(letter)
        return self.outcome


@dataclass(slots=True)
class Ears:
    """Endpoints that acknowledge everything, unless told otherwise; each by its name."""

    heard: list[tuple[str, Event]] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    tries: int = 0

    def tell(self, endpoint: str, event: Event) -> Outcome:
        """Hear an event, or not."""
        self.tries += 1
        outcome = self.outcomes.get(endpoint, Outcome.SENT)
        if outcome is Outcome.SENT:
            self.heard.append((endpoint, event))
        return outcome

    @property
    def types(self) -> list[str]:
        """What was heard, in order."""
        return [event.type for _, event in self.heard]


@dataclass(slots=True)
class Office:
    """A house and its channels."""

    house: House
    clock: HandClock
    mail: Letters = field(default_factory=Letters)
    ears: Ears = field(default_factory=Ears)

    def go(self, by: timedelta = 3 * MINUTE) -> Delivered:
        """Let time pass, and send what is due then."""
        self.clock.turn(by)
        return deliver(self.house, Carriers(hooks=self.ears, mailer=self.mail))

    def subjects(self) -> list[str]:
        """What the letters are called."""
        return [letter.subject for letter in self.mail.taken]

    def proved(self, who: Identifier = ANA, address: str = "ana@example.com", *, language: str = "es") -> None:
        """Somebody gives an address and says that it is theirs; nothing of that is left behind."""
        give_address(self.house, who, address=address, language=language, by=Attestation.PERSON)
        self.go()
        confirm_address(self.house, token_in(self.mail.taken[-1]))
        self.mail.taken.clear()

    def choose(
        self, status: Status, who: Identifier = ANA, *, use_case: UseCaseId = PICKS, language: str = "es"
    ) -> None:
        """Somebody chooses."""
        say(self.house, who, status, use_case=use_case, language=language)


def an_office(
    *hooks: str, store: Store | None = None, cases: Mapping[str, frozenset[UseCaseId]] | None = None
) -> Office:
    """A house with mail and endpoints of these names; `cases` limits what an endpoint hears."""
    heard = cases or {}
    post = Post(
        mail=True, url=URL, hooks=tuple(Hook(name=name, use_cases=heard.get(name, frozenset())) for name in hooks)
    )
    house = replace(opened(store), post=post)
    assert isinstance(house.clock, HandClock)
    return Office(house=house, clock=house.clock)


def token_in(letter: Letter, *, nth: int = 0) -> str:
    """The token of a link of a letter."""
    links = [found.group(1) for line in letter.lines if (found := _LINK.search(line.address))]
    return links[nth]


def told(letter: Letter) -> str:
    """All that a letter says."""
    return "\n".join(line.text for line in letter.lines)
