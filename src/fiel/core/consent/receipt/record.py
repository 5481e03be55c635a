"""The receipt for machines: JSON-LD in terms of DPV 2.3, aligned with ISO/IEC TS 27560 through DPV's own guide.

Aligned, not conformant: the standard's text is not public. Unlike the guide's examples, every repeated property is a
list, every term is a node and not a word, and every term exists (`terms`).
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from fiel.core.canonical import Plain
from fiel.core.consent.choice import Attestation, Entry, Status
from fiel.core.consent.receipt.needs import data_nodes, node, said, span_node
from fiel.core.consent.receipt.shown import Noted, Shown, in_language, reach_of
from fiel.core.consent.receipt.terms import (
    CONTEXT,
    EXERCISED,
    GDPR_RIGHTS,
    GDPR_RIGHTS_BY_BASIS,
    RECEIPT_PROFILE,
    RECORD_PROFILE,
    Term,
    basis_terms,
    is_gdpr,
    status_term,
)
from fiel.core.ids import LedgerTag
from fiel.core.promise.usecase import LegalBasis, Level, Recipient

_UUID_VERSION = 8
"""A UUID of our own making (RFC 9562 §5.8): it comes from the commitment, so that it is the same every time."""


def record_of(noted: Noted, shown: Shown) -> dict[str, Plain]:
    """The receipt as JSON-LD: who, what, since when, and the record of the choice that it is a copy of."""
    on_consent = shown.use_case.basis is LegalBasis.CONSENT
    record = {
        **stated(noted.entry, tag=noted.tag, commitment=noted.commitment),
        "@type": [Term.CONSENT_RECORD if on_consent else Term.RIGHT_RECORD],
        Term.HAS_NOTICE: [_notice(noted.entry, on_consent=on_consent)],
        Term.HAS_PROCESS: [_process(noted, shown)],
        Term.HAS_CONSENT_STATUS if on_consent else Term.HAS_STATUS: [_event(noted, shown)],
    }
    receipt: dict[str, Plain] = {
        "@context": CONTEXT,
        "@id": _urn(noted.commitment[16:]),
        "@type": [Term.CONSENT_RECEIPT if on_consent else Term.RIGHT_RECORD],
        Term.HAS_IDENTIFIER: [_urn(noted.commitment[16:])],
        "dct:created": [_moment(noted.entry)],
        "dct:language": [noted.entry.language],
        Term.HAS_RECORD: [record],
    }
    if on_consent:
        record["dct:conformsTo"] = [node(RECORD_PROFILE)]
        receipt["dct:conformsTo"] = [node(RECEIPT_PROFILE)]
    return receipt


def stated(entry: Entry, *, tag: LedgerTag, commitment: bytes) -> dict[str, Plain]:
    """The members of the record that follow from the entry alone: a verifier computes them again and compares."""
    return {
        "@id": _urn(commitment[:16]),
        Term.HAS_IDENTIFIER: [_urn(commitment[:16])],
        Term.HAS_DATA_SUBJECT: [{"@type": [Term.SUBJECT], Term.HAS_IDENTIFIER: [tag.hex()]}],
        "dct:created": [_moment(entry)],
        "dct:language": [entry.language],
        "fiel:status": [entry.status.value],
        "fiel:level": [entry.level.word] if entry.level is not None else [],
        "fiel:contributes": [entry.contributes],
        "fiel:attested_by": [entry.attested_by.value],
    }


def _event(noted: Noted, shown: Shown) -> Plain:
    """What happened: which state, when, by whom, in which way, for how long."""
    entry, status = noted.entry, status_term(noted.entry, shown.use_case, renewed=noted.renewed)
    event: dict[str, Plain] = {
        "@type": [status],
        Term.IS_INDICATED_AT_TIME: [_moment(entry)],
        Term.IS_INDICATED_BY: [_speaker(noted, shown)],
        Term.HAS_INDICATION_METHOD: [entry.interface],
        Term.HAS_DURATION: [{"@type": [Term.UNTIL_EVENT]}],
    }
    if entry.status is Status.GIVEN:
        lasts = shown.use_case.consent_lasts
        event[Term.HAS_DURATION] = [span_node(lasts)]
        event["dct:valid"] = [f"{_utc(entry.at)}/{_utc(entry.at + lasts)}"]
    if entry.status in EXERCISED and is_gdpr(shown.law):
        event[Term.HAS_RIGHT] = [node(EXERCISED[entry.status])]
    return event


def _speaker(noted: Noted, shown: Shown) -> Plain:
    if noted.entry.attested_by is Attestation.PERSON:
        return {"@type": [Term.SUBJECT], Term.HAS_IDENTIFIER: [noted.tag.hex()]}
    return {"@type": [Term.CONTROLLER], Term.HAS_NAME: [shown.controller.name]}


def _notice(entry: Entry, *, on_consent: bool) -> Plain:
    return {
        "@type": [Term.CONSENT_NOTICE if on_consent else Term.PRIVACY_NOTICE],
        "@id": f"urn:sha256:{entry.notice}",
        Term.HAS_IDENTIFIER: [entry.notice],
        "dct:hasVersion": [entry.version],
        "dct:language": [entry.language],
    }


def _process(noted: Noted, shown: Shown) -> Plain:
    case, entry = shown.use_case, noted.entry
    title = said(in_language(case.title, entry.language), entry.language)
    return {
        "@type": [Term.PROCESS],
        "dct:identifier": [case.id],
        "dct:title": [title],
        "dct:description": [said(in_language(case.why, entry.language), entry.language)],
        Term.HAS_PURPOSE: [
            {"@type": [Term.PURPOSE], "skos:broader": [node(case.purpose)], "dct:description": [title]},
        ],
        Term.HAS_CONTEXT: [
            {
                "dct:identifier": [case.area],
                "dct:title": [said(in_language(shown.area.title, entry.language), entry.language)],
            }
        ],
        Term.HAS_LEGAL_BASIS: [node(term) for term in basis_terms(entry, case, law=shown.law)],
        Term.HAS_CONSEQUENCE: [
            {
                "@type": [Term.CONSEQUENCE],
                "dct:description": [said(in_language(case.benefit.person, entry.language), entry.language)],
            }
        ],
        **_parties(noted, shown),
        **_handling(noted, shown),
        **_remedies(noted, shown),
    }


def _parties(noted: Noted, shown: Shown) -> dict[str, Plain]:
    controller = shown.controller
    party: dict[str, Plain] = {
        "@type": [Term.CONTROLLER, Term.LEGAL_ENTITY],
        Term.HAS_IDENTIFIER: [controller.name],
        Term.HAS_NAME: [controller.name],
        Term.HAS_CONTACT: [controller.contact],
        Term.HAS_ADDRESS: [controller.address],
    }
    if controller.dpo:
        party[Term.HAS_OFFICER] = [{"@type": [Term.OFFICER], Term.HAS_CONTACT: [controller.dpo]}]
    language = noted.entry.language
    recipients = [_recipient(each, language) for each in shown.use_case.recipients]
    own: Plain = {"@type": [Term.RECIPIENT, Term.CONTROLLER], Term.HAS_NAME: [controller.name]}
    return {
        Term.HAS_DATA_CONTROLLER: [party],
        Term.HAS_RECIPIENT: recipients or [own],
        Term.HAS_AUTHORITY: [
            {"@type": [Term.AUTHORITY], Term.HAS_NAME: [said(in_language(shown.law.authority, language), language)]}
        ],
    }


def _recipient(recipient: Recipient, language: str) -> Plain:
    return {
        "@type": [Term.RECIPIENT, Term.THIRD_PARTY],
        Term.HAS_NAME: [recipient.name],
        Term.HAS_LOCATION: [node(f"loc:{recipient.country}")],
        Term.HAS_PERSONAL_DATA: [
            {"@type": [Term.DATA], "dct:identifier": [field]} for field in sorted(recipient.fields)
        ],
        Term.HAS_PROCESSING: [node(Term.TRANSMIT)],
        Term.HAS_INDICATION_METHOD: [recipient.via],
        "dct:description": [said(in_language(recipient.why, language), language)],
    }


def _handling(noted: Noted, shown: Shown) -> dict[str, Plain]:
    """Which data, and what is done with them, where, for how long."""
    case, language, phrases = shown.use_case, noted.entry.language, shown.phrases
    controller = shown.controller.name
    reach = reach_of(noted, case)
    processing = [Term.COLLECT, Term.STORE, Term.USE]
    if reach >= Level.OBSERVED:
        processing.append(Term.PROFILING)
    countries = ", ".join(sorted({recipient.country for recipient in case.recipients}))
    limits = phrases["receipt.transfer" if countries else "receipt.no_transfer"]
    return {
        Term.HAS_PERSONAL_DATA: data_nodes(noted, shown),
        Term.HAS_PROCESSING: [node(term) for term in processing],
        Term.HAS_AUTOMATION_LEVEL: [node(Term.FULL_AUTOMATION)],
        Term.HAS_ALGORITHMIC_LOGIC: [
            {"@type": [Term.LOGIC], "dct:identifier": [name]}
            for name in dict.fromkeys(rung.strategy for rung in case.rungs if rung.level <= reach)
        ],
        Term.HAS_STORAGE_CONDITION: [
            {
                "@type": [Term.STORAGE_PLACE],
                Term.HAS_JURISDICTION: [node(shown.law.dpv)],
                "dct:description": [said(phrases["receipt.storage"].format(controller=controller), language)],
            },
            {"@type": [Term.STORAGE_DURATION], Term.HAS_DURATION: [span_node(case.retention)]},
            {"@type": [Term.DELETION], Term.HAS_DURATION: [span_node(case.retention)]},
        ],
        Term.HAS_JURISDICTION: [node(shown.law.dpv)],
        Term.HAS_LOCATION: [node(shown.law.dpv)],
        Term.HAS_RULE: [
            {
                "@type": [Term.PROHIBITION],
                "dct:description": [said(limits.format(controller=controller, countries=countries), language)],
            }
        ],
    }


def _remedies(noted: Noted, shown: Shown) -> dict[str, Plain]:
    language, phrases = noted.entry.language, shown.phrases
    at: Plain = [said(phrases["receipt.preferences"].format(controller=shown.controller.name), language)]
    remedies: dict[str, Plain] = {
        Term.HAS_RIGHT: [{"@type": types, Term.IS_EXERCISED_AT: at} for types in _rights(shown)],
    }
    if shown.use_case.basis is LegalBasis.CONSENT:
        how = said(phrases["receipt.withdraw"], language)
        remedies[Term.HAS_CONSENT_CONTROL] = [
            {"@type": [Term.WITHDRAW], Term.IS_EXERCISED_AT: at, "dct:description": [how]}
        ]
    return remedies


def _rights(shown: Shown) -> Iterator[list[Plain]]:
    if not is_gdpr(shown.law):
        yield [Term.RIGHT]
        return
    for right in (*GDPR_RIGHTS_BY_BASIS[shown.use_case.basis], *GDPR_RIGHTS):
        yield [Term.RIGHT, right]


def _moment(entry: Entry) -> Mapping[str, Plain]:
    return {"@type": "xsd:dateTime", "@value": _utc(entry.at)}


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _urn(seed: bytes) -> str:
    """The name of a thing, from 16 bytes that stand for it: a UUID of version 8, variant 10 (RFC 9562)."""
    number = int.from_bytes(seed, "big")
    number = number & ~(0xF << 76) | (_UUID_VERSION << 76)
    number = number & ~(0x3 << 62) | (0x2 << 62)
    digits = f"{number:032x}"
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
