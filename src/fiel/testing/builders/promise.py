"""A promise, its use cases and the law around it, with sensible defaults."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from fiel.core.deadline import Term, Unit
from fiel.core.ids import (
    AreaId,
    Digest,
    UseCaseId,
)
from fiel.core.law import Ages, Cited, Jurisdiction, Mode, Reply, Right, Signal
from fiel.core.promise.usecase import (
    Area,
    Attribute,
    Benefit,
    Bound,
    Controller,
    EventKind,
    EventNeed,
    Grain,
    Learning,
    LegalBasis,
    Level,
    Measuring,
    Promise,
    Rung,
    Source,
    UseCase,
    ValueType,
)
from fiel.core.promise.version import version_of
from fiel.core.text import Text
from fiel.ports import PublishedVersion
from fiel.testing.clock import NOON


def a_digest(of: str) -> Digest:
    """The digest of a word."""
    return Digest(sha256(of.encode()).digest())


def a_text(words: str) -> Text:
    """The same words in the languages of `a_promise`."""
    return {"es": f"{words} (es)", "en": f"{words} (en)"}


def a_use_case(
    name: str = "suggestions", *, area: str = "sales", basis: LegalBasis = LegalBasis.CONSENT, cap: int | None = 50
) -> UseCase:
    """A use case of three levels: an item in context, favourite categories, purchases of 90 days or the last visit."""
    purchases = EventNeed(
        event="purchase",
        properties=frozenset({"item"}),
        bound=Bound(within=timedelta(days=90), or_visits=1, keep=200, grain=Grain.MONTH),
        why=a_text("what you bought says what you may need"),
    )
    return UseCase(
        id=UseCaseId(name),
        area=AreaId(area),
        purpose="dpv:ProvideProductRecommendations",
        basis=basis,
        title=a_text(f"title of {name}"),
        why=a_text(f"why {name}"),
        benefit=Benefit(person=a_text("you see it first"), company=a_text("we sell better")),
        rungs=(
            Rung(level=Level.CONTEXT, strategy="similar_items", context=frozenset({"item"})),
            Rung(level=Level.DECLARED, strategy="rules", attributes=frozenset({"favourite_categories"})),
            Rung(level=Level.OBSERVED, strategy="similar_items", events=(purchases,)),
        ),
        retention=timedelta(days=400),
        consent_lasts=timedelta(days=730),
        learn=None if cap is None else Learning(why=a_text("others see it too"), cap=cap),
        measure=Measuring(why=a_text("we count what helps"), control=0.02),
        balancing=a_text("weighed") if basis is LegalBasis.LEGITIMATE_INTEREST else None,
    )


def wider(use_case: UseCase) -> UseCase:
    """A version of the use case that asks for more: it keeps data ten days longer."""
    return replace(use_case, retention=use_case.retention + timedelta(days=10))


def a_promise(*use_cases: UseCase) -> Promise:
    """The promise of a shop with these use cases, or with `a_use_case()` alone."""
    cases = use_cases or (a_use_case(),)
    names = dict.fromkeys(case.area for case in cases)
    favourites, purchase = "favourite_categories", "purchase"
    return Promise(
        controller=Controller(name="Almacén Sur S.A.", contact="privacidad@example.com", address="Calle Sur 1"),
        jurisdiction="eu",
        languages=("es", "en"),
        areas={name: Area(id=name, title=a_text(name)) for name in names},
        attributes={
            favourites: Attribute(
                name=favourites,
                type=ValueType.STRINGS,
                category="pd:Preference",
                source=Source.DECLARED,
                title=a_text(favourites),
            )
        },
        events={
            purchase: EventKind(
                name=purchase,
                properties={"item": ValueType.STRING, "quantity": ValueType.INTEGER, "price": ValueType.NUMBER},
                category="pd:Purchase",
                title=a_text(purchase),
            )
        },
        sensitive=frozenset({"alcohol", "tobacco"}),
        use_cases={case.id: case for case in cases},
    )


def a_published_version(use_case: UseCase | None = None, *, ordinal: int = 1, at: datetime = NOON) -> PublishedVersion:
    """A use case as it was published."""
    case = use_case or a_use_case()
    return PublishedVersion(
        version=version_of(case), ordinal=ordinal, use_case=case, at=at, approved_by=("dpo@example.com",)
    )


def a_law(code: str = "eu") -> Jurisdiction:
    """A law as data; its figures are an example's and not to be relied on."""
    month = Reply(within=Term(1, Unit.MONTHS), extension=Term(2, Unit.MONTHS))
    return Jurisdiction(
        code=code,
        name=a_text("the union's law"),
        dpv="https://w3id.org/dpv/loc#EU",
        authority=a_text("the authority"),
        calendar=None,
        zone=None,
        since=Cited(date(2018, 5, 25), "art. 99"),
        mode=Cited(Mode.OPT_IN, "art. 7"),
        replies=dict.fromkeys(Right, Cited(month, "art. 12(3)")),
        last_day_moves=Cited(value=True, article="art. 3(4)"),
        ages=Ages(
            consent=Cited(16, "art. 8(1)"), sensitive=Cited(16, "art. 8(1)"), advertising=Cited(None, "art. 8(1)")
        ),
        blocks=Cited(value=False, article="art. 17"),
        blocks_within=Cited(None, "art. 18"),
        asks_again=Cited(None, "art. 7"),
        honours=Cited(frozenset({Signal.GPC}), "art. 21(5)"),
        breach_hours=Cited(72, "art. 33(1)"),
        complaint=Cited(None, "art. 77"),
    )
