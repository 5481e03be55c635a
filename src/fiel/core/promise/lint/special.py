"""Special categories: never without the explicit consent of whom they are about (GDPR art. 9(2)(a)).

Article 9 knows other grounds; none of them serves personalisation, so none is offered here.
"""

from collections.abc import Iterator
from typing import Final

from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.lint.grounds import Grounds
from fiel.core.promise.usecase import LegalBasis, UseCase

SPECIAL: Final = frozenset(
    f"pd:{term}"
    for term in (
        # Racial or ethnic origin. The vocabulary leaves `Ethnicity` unmarked; the article does not.
        "Race", "Ethnicity", "EthnicOrigin",
        # Political opinions, religious or philosophical beliefs, trade union membership.
        "PoliticalAffiliation", "PoliticalOpinion", "Religion", "ReligiousBelief", "PhilosophicalBelief",
        "TradeUnionMembership",
        # Genetic and biometric data.
        "Genetic", "DNACode", "Biometric", "FacialExpression", "FacialPrint", "Fingerprint", "Retina",
        # Health.
        "Health", "HealthHistory", "HealthRecord", "FamilyHealthHistory", "IndividualHealthHistory", "MedicalHealth",
        "MentalHealth", "PhysicalHealth", "BloodType", "Disability", "DrugTestResult", "Prescription",
        # Sex life and sexual orientation.
        "Sexual", "SexualHistory", "SexualPreference", "Fetish", "Proclivity",
    )
)  # fmt: skip
"""The terms of art. 9(1): those that the W3C's Personal Data extension of DPV (version 2.2) types as
`dpv:SpecialCategoryPersonalData`, and `pd:Ethnicity`."""

IRI: Final = "https://w3id.org/dpv/pd#"
"""What the prefix `pd:` stands for."""


def special_category(grounds: Grounds) -> Iterator[Remark]:
    """Data of a special category need consent, and explicitly."""
    promise = grounds.promise
    for where, use_case, rung in grounds.rungs():
        if is_explicit(use_case):
            continue
        for name in sorted(rung.attributes):
            attribute = promise.attributes.get(name)
            if attribute and is_special(attribute.category):
                yield _unasked((*where, "attributes", name), name, attribute.category)
        for need in rung.events:
            kind = promise.events.get(need.event)
            if kind and is_special(kind.category):
                yield _unasked((*where, "events", need.event), need.event, kind.category)


def sensitive_groups(grounds: Grounds) -> Iterator[Remark]:
    """What is concluded from alcohol, medicine and the like is as telling as a special category itself."""
    for where, use_case in grounds.use_cases():
        if is_explicit(use_case):
            continue
        for group in sorted(use_case.infers_from):
            yield Remark(
                code=Code.SENSITIVE_GROUPS,
                where=(*where, "infers_from", group),
                message=f"concludes from `{group}`, a sensitive item group, without explicit consent",
                hint="leave it out, or ask for it: `basis: consent` and `explicit: true`",
            )


def is_special(category: str) -> bool:
    """Whether a category of personal data is a special one, written with its prefix or in full."""
    return category.replace(IRI, "pd:") in SPECIAL


def is_explicit(use_case: UseCase) -> bool:
    """Whether people are asked for their explicit consent."""
    return use_case.basis is LegalBasis.CONSENT and use_case.explicit


def _unasked(where: tuple[str, ...], name: str, category: str) -> Remark:
    return Remark(
        code=Code.SPECIAL_CATEGORY,
        where=where,
        message=f"`{name}` is of a special category, `{category}`, and is used without explicit consent",
        hint="leave it out, or ask for it: `basis: consent` and `explicit: true` (GDPR art. 9(2)(a))",
    )


RULES = (special_category, sensitive_groups)
