"""Everything that the needle weighs as one value, so that a test changes one thing of it."""

from dataclasses import dataclass
from datetime import datetime

from fiel.core.age import AgeBand
from fiel.core.consent.choice import Standing
from fiel.core.law import Jurisdiction, Signal
from fiel.core.permit import (
    Act,
    Agreement,
    Card,
    Circumstances,
    Permit,
    Refusal,
    Refused,
    Subject,
    agree,
    authorise,
    reach,
)
from fiel.core.promise.usecase import Level, UseCase
from fiel.testing.builders import a_law, a_place, a_use_case
from tests.core import drawn
from tests.core.drawn import NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """Everything that the needle weighs, by default all in favour of a yes."""

    use_case: UseCase = a_use_case()  # noqa: RUF009 - a frozen value
    agreed: UseCase | None = None
    standing: Standing = drawn.given(a_use_case(), Level.OBSERVED)  # noqa: RUF009 - as above
    act: Act = Act.USE
    suppressed: bool = False
    under_age: bool = False
    signals: frozenset[Signal] = frozenset()
    law: Jurisdiction = a_law()  # noqa: RUF009 - as above
    now: datetime = NOW

    @property
    def agreement(self) -> Agreement:
        """What is left of what was agreed to."""
        return agree(self.agreed or self.use_case, self.use_case, level=reach(self.use_case, self.standing))

    @property
    def ruling(self) -> Permit | Refusal:
        """What the needle says."""
        card = Card(language="es", jurisdiction="eu", age=AgeBand.CHILD if self.under_age else None)
        return authorise(
            Subject(place=a_place(), card=card, suppressed=self.suppressed),
            self.agreement,
            standing=self.standing,
            act=self.act,
            circumstances=Circumstances(law=self.law, now=self.now, signals=self.signals),
        )

    @property
    def why(self) -> Refused | None:
        """Why the needle says no, None for a yes."""
        return self.ruling.why if isinstance(self.ruling, Refusal) else None
