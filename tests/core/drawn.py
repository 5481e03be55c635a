"""Values drawn by chance for the laws of the core: use cases of every shape, agreements, what people do and say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from fiel.core.consent.choice import Attestation, Entry, Standing, Status
from fiel.core.ids import Notice, Position, UseCaseId, Version
from fiel.core.permit import Act, Card, Circumstances, Permit, Subject, agree, authorise
from fiel.core.promise.usecase import (
    Bound,
    EventNeed,
    Grain,
    LegalBasis,
    Level,
    Recipient,
    Rung,
    UseCase,
)
from fiel.core.promise.version import version_of
from fiel.core.text import Scalar
from fiel.testing.builders import a_law, a_place, a_text, a_use_case

NOW: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY: Final = NOW.date()
LEVELS: Final = tuple(level for level in Level if level is not Level.NONE)
CONTEXT: Final = ("item", "page")
ATTRIBUTES: Final = ("age", "likes")
EVENTS: Final = ("purchase", "view")
PROPERTIES: Final = ("item", "quantity", "price")

grains = st.sampled_from(Grain)
days = st.integers(1, 120).map(lambda number: timedelta(days=number))
bounds = st.builds(
    Bound,
    within=st.none() | days,
    or_visits=st.integers(0, 2),
    keep=st.none() | st.integers(1, 5),
    grain=grains,
)
needs = st.builds(
    EventNeed,
    event=st.sampled_from(EVENTS),
    properties=st.frozensets(st.sampled_from(PROPERTIES)),
    bound=bounds,
    why=st.just(a_text("why")),
)
recipients = st.builds(
    Recipient,
    name=st.sampled_from(("mail house", "courier")),
    via=st.sampled_from(("webhook:one", "file")),
    fields=st.frozensets(st.sampled_from(PROPERTIES), min_size=1),
    why=st.just(a_text("why")),
    country=st.sampled_from(("ES", "US")),
)


@st.composite
def rungs(draw: st.DrawFn) -> tuple[Rung, ...]:
    """Levels, least invasive first, each need at one of them or at none."""
    levels = sorted(draw(st.sets(st.sampled_from(LEVELS), min_size=1)))
    at_one = st.none() | st.sampled_from(levels)
    context = {name: draw(at_one) for name in CONTEXT}
    attributes = {name: draw(at_one) for name in ATTRIBUTES}
    events = {name: draw(at_one) for name in EVENTS}
    return tuple(
        Rung(
            level=level,
            strategy="popular",
            context=frozenset(name for name, where in context.items() if where == level),
            attributes=frozenset(name for name, where in attributes.items() if where == level),
            events=tuple(replace(draw(needs), event=name) for name, where in events.items() if where == level),
            history=draw(st.booleans()),
        )
        for level in levels
    )


@st.composite
def use_cases(draw: st.DrawFn, basis: LegalBasis = LegalBasis.CONSENT) -> UseCase:
    """A use case of any shape, always of the same name, area and purpose."""
    case = a_use_case(basis=basis, cap=draw(st.none() | st.integers(1, 60)))
    return replace(
        case,
        learn=case.learn
        and replace(
            case.learn,
            within=draw(st.none() | days),
            attributes=draw(st.frozensets(st.sampled_from(ATTRIBUTES))),
        ),
        rungs=draw(rungs()),
        retention=draw(days),
        consent_lasts=draw(days),
        measure=draw(st.sampled_from((None, a_use_case().measure))),
        recipients=tuple(draw(st.lists(recipients, max_size=2))),
        infers_from=draw(st.frozensets(st.sampled_from(("alcohol", "health")))),
        heeds_gpc=draw(st.booleans()),
    )


def given(use_case: UseCase, level: Level, *, at: datetime = NOW, contributes: bool = True) -> Standing:
    """Somebody who said yes up to that level."""
    return Standing(
        status=Status.GIVEN,
        level=level,
        contributes=contributes,
        version=version_of(use_case),
        at=at,
        since=at,
        position=Position(1),
    )


def permit(use_case: UseCase, *, level: Level | None = None, since: datetime = NOW - timedelta(days=365)) -> Permit:
    """The needle's permit to use, for somebody who said yes at `since`."""
    reached = use_case.highest if level is None else level
    lasting = replace(use_case, consent_lasts=timedelta(days=3650))
    ruling = authorise(
        Subject(place=a_place(), card=Card(language="es", jurisdiction="eu")),
        agree(lasting, lasting, level=reached),
        standing=given(lasting, reached, at=since),
        act=Act.USE,
        circumstances=Circumstances(law=a_law(), now=NOW),
    )
    assert isinstance(ruling, Permit)
    return ruling


def observing(
    *,
    properties: frozenset[str] = frozenset({"item"}),
    bound: Bound = Bound(),  # noqa: B008 - a frozen value
    attributes: frozenset[str] = frozenset({"likes"}),
    history: bool = False,
    events: tuple[str, ...] = ("purchase",),
) -> UseCase:
    """A use case of one level, `observed`, that needs these events so."""
    rung = Rung(
        level=Level.OBSERVED,
        strategy="popular",
        attributes=attributes,
        events=tuple(EventNeed(event=name, properties=properties, bound=bound, why=a_text("why")) for name in events),
        history=history,
    )
    return replace(a_use_case(), rungs=(rung,))


def an_entry(
    status: Status = Status.GIVEN,
    *,
    at: datetime = NOW,
    level: Level | None = Level.OBSERVED,
    contributes: bool = False,
    version: str = "v1",
) -> Entry:
    """One choice."""
    return Entry(
        use_case=UseCaseId("suggestions"),
        status=status,
        at=at,
        version=Version(version),
        notice=Notice("n1"),
        language="es",
        interface="preferences",
        attested_by=Attestation.PERSON,
        level=level,
        contributes=contributes,
    )


entries = st.builds(
    an_entry,
    st.sampled_from(Status),
    at=st.integers(0, 50).map(lambda hours: NOW + timedelta(hours=hours)),
    level=st.none() | st.sampled_from(Level),
    contributes=st.booleans(),
    version=st.sampled_from(("v1", "v2")),
)

scalars: st.SearchStrategy[Scalar] = st.one_of(
    st.text(min_size=1, max_size=5), st.integers(-5, 5), st.floats(-1, 1), st.booleans()
)
properties: st.SearchStrategy[Mapping[str, object]] = st.fixed_dictionaries(
    {"item": st.sampled_from(("tea", "cup", "rice"))},
    optional={
        "quantity": st.integers(1, 9),
        "price": st.floats(0, 9),
        "religion": st.just("canary"),
        "": st.just("canary"),
    },
)


def on(days_ago: int) -> date:
    """The day so many days ago."""
    return TODAY - timedelta(days=days_ago)
