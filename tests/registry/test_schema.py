"""The schema for editors: the reader's own keys, and the names of one promise."""

import json
from collections.abc import Iterator, Mapping

from fiel.registry import keys, read_texts
from fiel.registry.schema import json_schema
from tests.registry.sound import SOUND


def _keys(schema: object) -> Iterator[frozenset[str]]:
    """The keys of every closed mapping in a schema."""
    if isinstance(schema, Mapping):
        if schema.get("additionalProperties") is False:
            yield frozenset(schema["properties"])
        for part in schema.values():
            yield from _keys(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _keys(part)


def test_the_schema_knows_the_keys_of_the_reader() -> None:
    """Every mapping that the reader knows is in the schema with the same keys."""
    known = {frozenset(value.known) for value in vars(keys).values() if isinstance(value, keys.Keys)}
    assert known <= set(_keys(json_schema()))


def test_the_schema_offers_what_is_declared() -> None:
    """With a promise, only its own areas, attributes, events and groups are completed."""
    text = json.dumps(json_schema(read_texts(SOUND).promise))
    assert '{"enum": ["sales", "service"]}' in text
    assert '{"enum": ["faith", "income", "likes"]}' in text
    assert '{"enum": ["alcohol", "health"]}' in text
    assert '"enum": ["sales"' not in json.dumps(json_schema())
