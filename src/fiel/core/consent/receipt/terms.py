"""Every term of the Data Privacy Vocabulary (DPV 2.3) that a receipt uses, in one table, and what calls for which.

Held against the published vocabulary by a list beside the tests. Fiel's own words stand under `fiel:` and are few:
DPV has none for a level, for teaching a model, or for who attests a choice.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from fiel.core.canonical import Plain
from fiel.core.consent.choice import Attestation, Entry, Status
from fiel.core.law import Jurisdiction
from fiel.core.promise.lint.special import is_explicit
from fiel.core.promise.usecase import LegalBasis, Source, UseCase

CONTEXT: Final[Mapping[str, Plain]] = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "fiel": "tag:fiel,2026:",
    "loc": "https://w3id.org/dpv/loc#",
    "pd": "https://w3id.org/dpv/pd#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""What the prefixes stand for (JSON-LD 1.1 §4.1). No document is fetched to read a receipt."""

RECORD_PROFILE: Final = "https://w3id.org/dpv/schema/dpv-27560#record"
"""The profile that consent records are aligned with: ISO/IEC TS 27560 as DPV's guide reads it (2026-02-15)."""

RECEIPT_PROFILE: Final = "https://w3id.org/dpv/schema/dpv-27560#receipt"
"""The profile that consent receipts are aligned with."""


class Term(StrEnum):
    """The terms, classes before properties."""

    AUTHORITY = "dpv:DataProtectionAuthority"
    COLLECT = "dpv:Collect"
    CONSENT = "dpv:Consent"
    CONSENT_EXPIRED = "dpv:ConsentExpired"
    CONSENT_GIVEN = "dpv:ConsentGiven"
    CONSENT_INVALIDATED = "dpv:ConsentInvalidated"
    CONSENT_NOTICE = "dpv:ConsentNotice"
    CONSENT_RECEIPT = "dpv:ConsentReceipt"
    CONSENT_RECORD = "dpv:ConsentRecord"
    CONSENT_REFUSED = "dpv:ConsentRefused"
    CONSENT_REQUESTED = "dpv:ConsentRequested"
    CONSENT_UNKNOWN = "dpv:ConsentUnknown"
    CONSENT_UNUSABLE = "dpv:ConsentStatusInvalidForProcessing"
    CONSENT_WITHDRAWN = "dpv:ConsentWithdrawn"
    CONSEQUENCE = "dpv:ConsequenceOfSuccess"
    CONTRACT = "dpv:Contract"
    CONTROLLER = "dpv:DataController"
    CONTROLLER_SOURCE = "dpv:DataControllerDataSource"
    DATA = "dpv:PersonalData"
    DELETION = "dpv:StorageDeletion"
    EXPLICIT_CONSENT = "dpv:ExplicitlyExpressedConsent"
    EXPRESSED_CONSENT = "dpv:ExpressedConsent"
    FULL_AUTOMATION = "dpv:FullAutomation"
    GIVEN_DATA = "dpv:ProvidedPersonalData"
    INFER = "dpv:Infer"
    INFERRED_DATA = "dpv:InferredPersonalData"
    INTEREST = "dpv:LegitimateInterestOfController"
    INTEREST_OBJECTED = "dpv:LegitimateInterestObjected"
    LEGAL_ENTITY = "dpv:LegalEntity"
    LOGIC = "dpv:AlgorithmicLogic"
    OBLIGATION = "dpv:LegalObligation"
    OBSERVE = "dpv:Observe"
    OBSERVED_DATA = "dpv:ObservedPersonalData"
    OFFICER = "dpv:DataProtectionOfficer"
    OPTIONAL = "dpv:Optional"
    ACQUIRE = "dpv:Acquire"
    PRIVACY_NOTICE = "dpv:PrivacyNotice"
    PROCESS = "dpv:Process"
    PROFILING = "dpv:Profiling"
    PROHIBITION = "dpv:Prohibition"
    PUBLIC_INTEREST = "dpv:PublicInterest"
    PUBLIC_INTEREST_OBJECTED = "dpv:PublicInterestObjected"
    PURPOSE = "dpv:Purpose"
    RECIPIENT = "dpv:Recipient"
    RENEWED = "dpv:RenewedConsentGiven"
    REQUEST_ACCEPTED = "dpv:RequestAccepted"
    REQUEST_FULFILLED = "dpv:RequestFulfilled"
    REQUIRED = "dpv:Required"
    RIGHT = "dpv:DataSubjectRight"
    RIGHT_RECORD = "dpv:RightExerciseRecord"
    SPECIAL_DATA = "dpv:SpecialCategoryPersonalData"
    STORAGE_DURATION = "dpv:StorageDuration"
    STORAGE_PLACE = "dpv:StorageLocation"
    STORE = "dpv:Store"
    SUBJECT = "dpv:DataSubject"
    SUBJECT_SOURCE = "dpv:DataSubjectDataSource"
    THIRD_PARTY = "dpv:ThirdParty"
    THIRD_PARTY_SOURCE = "dpv:ThirdPartyDataSource"
    TIME_SPAN = "dpv:TemporalDuration"
    TRANSMIT = "dpv:Transmit"
    UNTIL_EVENT = "dpv:UntilEventDuration"
    USE = "dpv:Use"
    VITAL_INTEREST = "dpv:VitalInterest"
    VITAL_INTEREST_OBJECTED = "dpv:VitalInterestObjected"
    WITHDRAW = "dpv:WithdrawConsent"

    HAS_ADDRESS = "dpv:hasAddress"
    HAS_ALGORITHMIC_LOGIC = "dpv:hasAlgorithmicLogic"
    HAS_AUTHORITY = "dpv:hasAuthority"
    HAS_AUTOMATION_LEVEL = "dpv:hasAutomationLevel"
    HAS_CONSENT_CONTROL = "dpv:hasConsentControl"
    HAS_CONSENT_STATUS = "dpv:hasConsentStatus"
    HAS_CONSEQUENCE = "dpv:hasConsequence"
    HAS_CONTACT = "dpv:hasContact"
    HAS_CONTEXT = "dpv:hasContext"
    HAS_DATA_CONTROLLER = "dpv:hasDataController"
    HAS_DATA_SOURCE = "dpv:hasDataSource"
    HAS_DATA_SUBJECT = "dpv:hasDataSubject"
    HAS_DURATION = "dpv:hasDuration"
    HAS_IDENTIFIER = "dpv:hasIdentifier"
    HAS_INDICATION_METHOD = "dpv:hasIndicationMethod"
    HAS_JURISDICTION = "dpv:hasJurisdiction"
    HAS_LEGAL_BASIS = "dpv:hasLegalBasis"
    HAS_LOCATION = "dpv:hasLocation"
    HAS_NAME = "dpv:hasName"
    HAS_NECESSITY = "dpv:hasNecessity"
    HAS_NOTICE = "dpv:hasNotice"
    HAS_OFFICER = "dpv:hasDataProtectionOfficer"
    HAS_PERSONAL_DATA = "dpv:hasPersonalData"
    HAS_PROCESS = "dpv:hasProcess"
    HAS_PROCESSING = "dpv:hasProcessing"
    HAS_PURPOSE = "dpv:hasPurpose"
    HAS_RECIPIENT = "dpv:hasRecipient"
    HAS_RECORD = "dpv:hasRecordOfActivity"
    HAS_RIGHT = "dpv:hasRight"
    HAS_RULE = "dpv:hasRule"
    HAS_STATUS = "dpv:hasStatus"
    HAS_STORAGE_CONDITION = "dpv:hasStorageCondition"
    IS_EXERCISED_AT = "dpv:isExercisedAt"
    IS_INDICATED_AT_TIME = "dpv:isIndicatedAtTime"
    IS_INDICATED_BY = "dpv:isIndicatedBy"

    GDPR_ACCESS = "eu-gdpr:A15"
    GDPR_AUTOMATED = "eu-gdpr:A22"
    GDPR_COMPLAINT = "eu-gdpr:A77"
    GDPR_CONSENT = "eu-gdpr:A6-1-a"
    GDPR_CONTRACT = "eu-gdpr:A6-1-b"
    GDPR_ERASURE = "eu-gdpr:A17"
    GDPR_EXPLICIT_CONSENT = "eu-gdpr:A9-2-a"
    GDPR_INTEREST = "eu-gdpr:A6-1-f"
    GDPR_NOTICE_TO_RECIPIENTS = "eu-gdpr:A19"
    GDPR_OBJECTION = "eu-gdpr:A21"
    GDPR_OBLIGATION = "eu-gdpr:A6-1-c"
    GDPR_PORTABILITY = "eu-gdpr:A20"
    GDPR_PUBLIC_TASK = "eu-gdpr:A6-1-e"
    GDPR_RECTIFICATION = "eu-gdpr:A16"
    GDPR_RESTRICTION = "eu-gdpr:A18"
    GDPR_TO_BE_INFORMED = "eu-gdpr:A13"
    GDPR_VITAL_INTEREST = "eu-gdpr:A6-1-d"
    GDPR_WITHDRAWAL = "eu-gdpr:A7-3"


CONSENT_STATUS: Final[Mapping[Status, Term]] = {
    Status.UNKNOWN: Term.CONSENT_UNKNOWN,
    Status.REQUESTED: Term.CONSENT_REQUESTED,
    Status.REFUSED: Term.CONSENT_REFUSED,
    Status.GIVEN: Term.CONSENT_GIVEN,
    Status.WITHDRAWN: Term.CONSENT_WITHDRAWN,
    Status.EXPIRED: Term.CONSENT_EXPIRED,
    Status.INVALIDATED: Term.CONSENT_INVALIDATED,
    # DPV has no state of its own for these; that no consent can be relied on is true of each.
    Status.OBJECTED: Term.CONSENT_UNUSABLE,
    Status.RESTRICTED: Term.CONSENT_UNUSABLE,
    Status.BLOCKED: Term.CONSENT_UNUSABLE,
    Status.ERASED: Term.CONSENT_UNUSABLE,
}
"""What each status is called where consent is the basis."""

OBJECTED: Final[Mapping[LegalBasis, Term]] = {
    LegalBasis.LEGITIMATE_INTEREST: Term.INTEREST_OBJECTED,
    LegalBasis.PUBLIC_TASK: Term.PUBLIC_INTEREST_OBJECTED,
    LegalBasis.VITAL_INTEREST: Term.VITAL_INTEREST_OBJECTED,
}
"""What an objection is called on the bases that have a word for it; on others it is a request that was fulfilled."""

EXERCISED: Final[Mapping[Status, Term]] = {
    Status.OBJECTED: Term.GDPR_OBJECTION,
    Status.RESTRICTED: Term.GDPR_RESTRICTION,
    Status.ERASED: Term.GDPR_ERASURE,
}
"""The right that a status exercises."""

BASES: Final[Mapping[LegalBasis, tuple[Term, Term]]] = {
    LegalBasis.CONSENT: (Term.CONSENT, Term.GDPR_CONSENT),
    LegalBasis.CONTRACT: (Term.CONTRACT, Term.GDPR_CONTRACT),
    LegalBasis.LEGITIMATE_INTEREST: (Term.INTEREST, Term.GDPR_INTEREST),
    LegalBasis.LEGAL_OBLIGATION: (Term.OBLIGATION, Term.GDPR_OBLIGATION),
    LegalBasis.VITAL_INTEREST: (Term.VITAL_INTEREST, Term.GDPR_VITAL_INTEREST),
    LegalBasis.PUBLIC_TASK: (Term.PUBLIC_INTEREST, Term.GDPR_PUBLIC_TASK),
}
"""Each legal basis, in general and as the GDPR's article."""

ORIGINS: Final[Mapping[Source, tuple[Term, Term, Term]]] = {
    Source.DECLARED: (Term.GIVEN_DATA, Term.SUBJECT_SOURCE, Term.COLLECT),
    Source.OBSERVED: (Term.OBSERVED_DATA, Term.SUBJECT_SOURCE, Term.OBSERVE),
    Source.INFERRED: (Term.INFERRED_DATA, Term.CONTROLLER_SOURCE, Term.INFER),
    Source.ACQUIRED: (Term.DATA, Term.THIRD_PARTY_SOURCE, Term.ACQUIRE),
}
"""How data arrive: what kind of data they are, from whom, by which processing."""

GDPR_RIGHTS: Final = (
    Term.GDPR_TO_BE_INFORMED,
    Term.GDPR_ACCESS,
    Term.GDPR_RECTIFICATION,
    Term.GDPR_ERASURE,
    Term.GDPR_RESTRICTION,
    Term.GDPR_NOTICE_TO_RECIPIENTS,
    Term.GDPR_AUTOMATED,
    Term.GDPR_COMPLAINT,
)
"""The rights of the person under the GDPR, whatever the basis."""

GDPR_RIGHTS_BY_BASIS: Final[Mapping[LegalBasis, tuple[Term, ...]]] = {
    LegalBasis.CONSENT: (Term.GDPR_WITHDRAWAL, Term.GDPR_PORTABILITY),
    LegalBasis.CONTRACT: (Term.GDPR_PORTABILITY,),
    LegalBasis.LEGITIMATE_INTEREST: (Term.GDPR_OBJECTION,),
    LegalBasis.LEGAL_OBLIGATION: (),
    LegalBasis.VITAL_INTEREST: (),
    LegalBasis.PUBLIC_TASK: (Term.GDPR_OBJECTION,),
}
"""The rights that go with a basis (GDPR art. 7(3), 20(1)(a), 21(1))."""

_GDPR: Final = frozenset({"eu"})


def is_gdpr(law: Jurisdiction) -> bool:
    """Whether the articles of the GDPR are this law's own."""
    return law.code in _GDPR


def status_term(entry: Entry, use_case: UseCase, *, renewed: bool) -> Term:
    """What the vocabulary calls the state that an entry leaves; `renewed` for a yes that follows a yes."""
    if use_case.basis is LegalBasis.CONSENT:
        return Term.RENEWED if renewed and entry.status is Status.GIVEN else CONSENT_STATUS[entry.status]
    if entry.status is Status.OBJECTED and use_case.basis in OBJECTED:
        return OBJECTED[use_case.basis]
    return Term.REQUEST_ACCEPTED if entry.status is Status.BLOCKED else Term.REQUEST_FULFILLED


def basis_terms(entry: Entry, use_case: UseCase, *, law: Jurisdiction) -> tuple[Term, ...]:
    """The legal basis, and how it was expressed as far as that is known: only the person can attest an expression."""
    general, article = BASES[use_case.basis]
    if use_case.basis is LegalBasis.CONSENT and entry.attested_by is Attestation.PERSON:
        general = Term.EXPLICIT_CONSENT if is_explicit(use_case) else Term.EXPRESSED_CONSENT
    articles = (article, Term.GDPR_EXPLICIT_CONSENT) if is_explicit(use_case) else (article,)
    return (general, *articles) if is_gdpr(law) else (general,)
