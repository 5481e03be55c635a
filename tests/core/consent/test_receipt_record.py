"""The receipt for machines: terms that exist, lists instead of repeated keys, and every field that is asked for."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fiel.core.canonical import canonical
from fiel.core.consent.choice import Attestation, Status
from fiel.core.consent.receipt import record_of
from fiel.core.consent.receipt.terms import CONTEXT, Term
from fiel.core.promise.usecase import Attribute, LegalBasis, Level, Recipient, Source, UseCase, ValueType
from fiel.testing.builders import a_text, a_use_case
from tests.core.consent.receipts import chosen, noted, shown

LISTED = (Path(__file__).parent / "dpv-2.3-terms.txt").read_text(encoding="utf-8").split("\n")
TERMS = {line for line in LISTED if line and not line.startswith("#")}

# Words of the guide that the vocabulary does not have.
ABSENT = {
    "dpv:ConsentTerminated", "dpv:hasLegalName", "dpv:WithdrawingFromActivity", "dpv:hasAutomation",
    "dpv:hasProcessingAutomation", "dpv:hasDataStorageCondition", "dpv:AutomationOfProcessing",
}  # fmt: skip

RECIPIENT = Recipient(
    name="Correo S.L.", via="webhook:mail", fields=frozenset({"item"}), why=a_text("to send it"), country="FR"
)
SITUATIONS = [(status, basis) for status in Status for basis in LegalBasis]


def written(
    status: Status = Status.GIVEN,
    *,
    use_case: UseCase | None = None,
    level: Level | None = None,
    by: Attestation = Attestation.PERSON,
    renewed: bool = False,
) -> Any:  # noqa: ANN401 - JSON of any shape
    """The JSON-LD of a receipt as it is read back."""
    seen = shown(use_case)
    entry = replace(chosen(seen, status, level=level), attested_by=by)
    return json.loads(canonical(record_of(noted(entry, renewed=renewed), seen)))


def record(receipt: Any) -> Any:  # noqa: ANN401 - as above
    """The one record that a receipt is a copy of."""
    [found] = receipt["dpv:hasRecordOfActivity"]
    return found


def process(receipt: Any) -> Any:  # noqa: ANN401 - as above
    """The one process that a record is about."""
    [found] = record(receipt)["dpv:hasProcess"]
    return found


def words(value: object) -> Iterator[str]:
    """Every key and every text within a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)
    elif isinstance(value, str):
        yield value


def test_every_term_exists() -> None:
    """Each term of the table stands in DPV 2.3; none of the guide's inventions does."""
    assert set(Term) - TERMS == set()
    assert ABSENT.isdisjoint(TERMS)


@pytest.mark.parametrize(("status", "basis"), SITUATIONS)
def test_no_other_term_is_written(status: Status, basis: LegalBasis) -> None:
    """Whatever is written under a prefix of the vocabulary is in the table, whoever chose what on which basis."""
    case = replace(a_use_case(basis=basis), recipients=(RECIPIENT,))
    for by in Attestation:
        found = {word for word in words(written(status, use_case=case, by=by)) if word.startswith(("dpv:", "eu-gdpr:"))}
        assert found - TERMS - {"dpv:ProvideProductRecommendations"} == set()
        assert "dpv:ProvideProductRecommendations" in found


@pytest.mark.parametrize(("status", "basis"), SITUATIONS)
def test_every_property_is_a_list(status: Status, basis: LegalBasis) -> None:
    """A property with one value today may have two tomorrow: it is a list from the start, and no key comes twice."""
    for value in objects(written(status, use_case=a_use_case(basis=basis))):
        own = [key for key in value if not key.startswith("@")]
        assert {key for key in own if not isinstance(value[key], list)} - set(CONTEXT) == set()


@pytest.mark.parametrize(("status", "basis"), SITUATIONS)
def test_every_prefix_is_explained(status: Status, basis: LegalBasis) -> None:
    """Every key of the graph has a prefix of the context: a reader of JSON-LD loses nothing."""
    receipt = written(status, use_case=a_use_case(basis=basis))
    context = receipt.pop("@context")
    keys = {key for value in objects(receipt) for key in value if not key.startswith("@")}
    assert {key for key in keys if key.partition(":")[0] not in context} == set()


@pytest.mark.parametrize(
    "field",
    [
        "dct:conformsTo", "@id", "dpv:hasIdentifier", "dpv:hasDataSubject", "dpv:hasNotice", "dct:language",
        "dct:created", "dpv:hasProcess", "dpv:hasConsentStatus",
    ],
)  # fmt: skip
def test_the_record_has_what_is_mandatory(field: str) -> None:
    """Schema version, ids, subject, notice, language, time and state stand in the record."""
    assert record(written())[field]


@pytest.mark.parametrize(
    "field",
    [
        "dpv:hasPurpose", "dpv:hasLegalBasis", "dpv:hasPersonalData", "dpv:hasDataController", "dpv:hasProcessing",
        "dpv:hasAutomationLevel", "dpv:hasAlgorithmicLogic", "dpv:hasStorageCondition", "dpv:hasLocation",
        "dpv:hasRule", "dpv:hasJurisdiction", "dpv:hasRecipient", "dpv:hasConsentControl", "dpv:hasRight",
        "dpv:hasAuthority", "dpv:hasConsequence", "dpv:hasContext",
    ],
)  # fmt: skip
def test_the_process_has_what_is_mandatory(field: str) -> None:
    """What ISO/IEC TS 27560 or the GDPR makes mandatory of the processing stands there, also when it is nobody."""
    assert process(written())[field]


def test_the_receipt_names_profiles_and_record() -> None:
    """A receipt is aligned with the receipt profile, its record with the record profile, and the two have own names."""
    receipt = written()
    assert receipt["dct:conformsTo"] == [{"@id": "https://w3id.org/dpv/schema/dpv-27560#receipt"}]
    assert record(receipt)["dct:conformsTo"] == [{"@id": "https://w3id.org/dpv/schema/dpv-27560#record"}]
    assert receipt["@id"] != record(receipt)["@id"]
    for name in (receipt["@id"], record(receipt)["@id"]):
        assert name.startswith("urn:uuid:")
        assert (name[23], name[28] in "89ab") == ("8", True)


@pytest.mark.parametrize("basis", [basis for basis in LegalBasis if basis is not LegalBasis.CONSENT])
def test_no_other_basis_is_dressed_as_consent(basis: LegalBasis) -> None:
    """An objection is the exercise of a right: its record claims no consent and no profile for consents."""
    receipt = written(Status.OBJECTED, use_case=a_use_case(basis=basis))
    assert "dct:conformsTo" not in receipt
    assert receipt["@type"] == record(receipt)["@type"] == ["dpv:RightExerciseRecord"]
    assert "dpv:hasConsentStatus" not in record(receipt)
    assert "dpv:hasConsentControl" not in process(receipt)
    [event] = record(receipt)["dpv:hasStatus"]
    assert event["dpv:hasRight"] == [{"@id": "eu-gdpr:A21"}]


@pytest.mark.parametrize(
    ("status", "term"),
    [
        (Status.UNKNOWN, "dpv:ConsentUnknown"),
        (Status.REQUESTED, "dpv:ConsentRequested"),
        (Status.REFUSED, "dpv:ConsentRefused"),
        (Status.GIVEN, "dpv:ConsentGiven"),
        (Status.WITHDRAWN, "dpv:ConsentWithdrawn"),
        (Status.EXPIRED, "dpv:ConsentExpired"),
        (Status.INVALIDATED, "dpv:ConsentInvalidated"),
        (Status.ERASED, "dpv:ConsentStatusInvalidForProcessing"),
    ],
)
def test_each_status_has_its_term(status: Status, term: str) -> None:
    """The state of a consent is said in the vocabulary's own word."""
    [event] = record(written(status))["dpv:hasConsentStatus"]
    assert event["@type"] == [term]


def test_a_yes_after_a_yes_is_renewed() -> None:
    """A yes that follows a yes is a renewed one, and nothing else is."""
    [event] = record(written(renewed=True))["dpv:hasConsentStatus"]
    assert event["@type"] == ["dpv:RenewedConsentGiven"]
    [refused] = record(written(Status.REFUSED, renewed=True))["dpv:hasConsentStatus"]
    assert refused["@type"] == ["dpv:ConsentRefused"]


def test_only_the_persons_own_word_is_called_expressed() -> None:
    """What the controller or a file says a person chose is a consent of unknown form."""
    assert process(written())["dpv:hasLegalBasis"][0] == {"@id": "dpv:ExpressedConsent"}
    for by in (Attestation.CONTROLLER, Attestation.IMPORT):
        told = written(by=by)
        assert process(told)["dpv:hasLegalBasis"][0] == {"@id": "dpv:Consent"}
        [event] = record(told)["dpv:hasConsentStatus"]
        assert event["dpv:isIndicatedBy"] == [{"@type": ["dpv:DataController"], "dpv:hasName": ["Almacén Sur S.A."]}]
        assert record(told)["fiel:attested_by"] == [by.value]


def test_special_categories_are_marked() -> None:
    """Data of a special category are called so, and rest on an explicit consent."""
    case = replace(a_use_case(), explicit=True)
    seen = shown(case)
    health = Attribute(
        name="favourite_categories", type=ValueType.STRING, category="pd:Health", source=Source.DECLARED, title={}
    )
    seen = replace(seen, attributes={health.name: health})
    found = process(json.loads(canonical(record_of(noted(chosen(seen)), seen))))
    marked = [data for data in found["dpv:hasPersonalData"] if "dpv:SpecialCategoryPersonalData" in data["@type"]]
    assert [data["dct:identifier"] for data in marked] == [["favourite_categories"]]
    terms = ("dpv:ExplicitlyExpressedConsent", "eu-gdpr:A6-1-a", "eu-gdpr:A9-2-a")
    assert found["dpv:hasLegalBasis"] == [{"@id": term} for term in terms]


def test_necessity_source_and_level_of_each_datum() -> None:
    """The lowest level's data are required and those of higher ones optional; each says whence it comes."""
    found = {data["dct:identifier"][0]: data for data in process(written())["dpv:hasPersonalData"]}
    told = {
        name: (data["dpv:hasNecessity"][0]["@id"], data["@type"][0], data["fiel:level"][0])
        for name, data in found.items()
    }
    assert told == {
        "item": ("dpv:Required", "dpv:ObservedPersonalData", "context"),
        "favourite_categories": ("dpv:Optional", "dpv:ProvidedPersonalData", "declared"),
        "purchase": ("dpv:Optional", "dpv:ObservedPersonalData", "observed"),
    }
    assert found["purchase"]["skos:broader"] == [{"@id": "pd:Purchase"}]


@pytest.mark.parametrize("source", Source)
def test_every_source_has_its_words(source: Source) -> None:
    """Told, observed, concluded or bought: each is another kind of data, from another source."""
    seen = shown()
    attribute = replace(seen.attributes["favourite_categories"], source=source)
    seen = replace(seen, attributes={attribute.name: attribute})
    found = process(json.loads(canonical(record_of(noted(chosen(seen)), seen))))
    [data] = [each for each in found["dpv:hasPersonalData"] if each["dct:identifier"] == ["favourite_categories"]]
    assert (data["@type"][0], data["dpv:hasDataSource"][0]["@type"][0]) == {
        Source.DECLARED: ("dpv:ProvidedPersonalData", "dpv:DataSubjectDataSource"),
        Source.OBSERVED: ("dpv:ObservedPersonalData", "dpv:DataSubjectDataSource"),
        Source.INFERRED: ("dpv:InferredPersonalData", "dpv:DataControllerDataSource"),
        Source.ACQUIRED: ("dpv:PersonalData", "dpv:ThirdPartyDataSource"),
    }[source]


def test_a_yes_has_an_end() -> None:
    """A yes says for how long it counts, and any other choice holds until something happens."""
    [event] = record(written())["dpv:hasConsentStatus"]
    assert event["dct:valid"] == ["2026-11-24T12:00:00+00:00/2028-11-23T12:00:00+00:00"]
    assert event["dpv:hasDuration"][0]["rdf:value"] == [{"@type": "xsd:duration", "@value": "P730D"}]
    [refused] = record(written(Status.REFUSED))["dpv:hasConsentStatus"]
    assert refused["dpv:hasDuration"] == [{"@type": ["dpv:UntilEventDuration"]}]


def test_profiling_is_called_so() -> None:
    """What is concluded from what a person does is profiling; an order by what they said is not."""
    profiling = {"@id": "dpv:Profiling"}
    assert profiling in process(written())["dpv:hasProcessing"]
    assert profiling not in process(written(level=Level.DECLARED))["dpv:hasProcessing"]


def test_recipients_come_with_country_and_fields() -> None:
    """Each recipient is named with its country and what it gets, and the limits name the country too."""
    found = process(written(use_case=replace(a_use_case(), recipients=(RECIPIENT,))))
    [recipient] = found["dpv:hasRecipient"]
    assert recipient["dpv:hasLocation"] == [{"@id": "loc:FR"}]
    assert recipient["dpv:hasPersonalData"] == [{"@type": ["dpv:PersonalData"], "dct:identifier": ["item"]}]
    assert "FR" in found["dpv:hasRule"][0]["dct:description"][0]["@value"]


def test_another_law_cites_no_article_of_the_gdpr() -> None:
    """Under a law that is not the GDPR no article of it is cited."""
    seen = shown()
    seen = replace(seen, law=replace(seen.law, code="cl", dpv="https://w3id.org/dpv/loc#CL"))
    found = record_of(noted(chosen(seen)), seen)
    assert [word for word in words(json.loads(canonical(found))) if word.startswith("eu-gdpr:")] == []


def objects(value: object) -> Iterator[dict[str, Any]]:
    """Every object within a value."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)
