"""A promise in which every text of the company carries markup, by the schema: a new field is planted by itself."""

from collections.abc import Iterator, Mapping
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree
from typing import Final

from ruamel.yaml import YAML

from fiel.cli.sandbox import Sandbox
from fiel.core.ids import ItemId, UseCaseId
from fiel.core.items import Item
from fiel.core.promise.usecase import ValueType
from fiel.core.text import Value
from fiel.core.use.gate import Event, Traits
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.stock import stock
from fiel.registry.schema import TEXT, json_schema

PAYLOAD: Final = '"\'><i data-planted="1">x</i><script>window.planted = 1</script>{{ 7 * 7 }}'
"""Ends an attribute, makes an element, runs a script, and asks a template for a sum."""

RECIPIENT: Final = {
    "name": "Imprenta",
    "via": "webhook:print",
    "fields": ["item"],
    "why": {"es": "Imprime el catálogo.", "en": "It prints the catalogue."},
    "country": "ES",
}

Where = tuple[str, ...]


def planted(folder: Path) -> set[Where]:
    """Write the demo's promise with markup in every text into a folder; answers where it was put."""
    with as_file(files("fiel.demo") / "promise") as shipped:
        copytree(shipped, folder)
    yaml, found = YAML(), set[Where]()
    schema = json_schema()
    for path in sorted(folder.rglob("*.yaml")):
        document = yaml.load(path)
        if document.get("use_case") == "newsletter_picks":
            document["recipients"] = [RECIPIENT]
        found |= set(_plant(document, schema["then" if "use_case" in document else "else"], ()))
        for name in document.get("controller", {}):
            document["controller"][name] += PAYLOAD
        yaml.dump(document, path)
    return found


def texts_of(schema: object, at: Where = ()) -> Iterator[Where]:
    """Where the schema has a text in each language; `*` for a name that the company chooses."""
    if schema == TEXT:
        yield at
    elif isinstance(schema, Mapping):
        for name, part in schema.get("properties", {}).items():
            yield from texts_of(part, (*at, name))
        yield from texts_of(schema.get("additionalProperties"), (*at, "*"))
        yield from texts_of(schema.get("items"), (*at, "*"))


def live_with_it(box: Sandbox) -> None:
    """Let the resident tell and do things whose words are markup, among items whose titles are, and be decided for."""
    house, who, now = box.fiel.house, box.resident, box.fiel.house.clock.now()
    with house.store.read() as tx:
        promise = house.shelf.now(tx).promise
    items = [
        Item(
            id=ItemId(f"markup-{number}"),
            title=dict.fromkeys(promise.languages, f"{number} {PAYLOAD}"),
            groups=frozenset({PAYLOAD, "group-1"}),
        )
        for number in range(3)
    ]
    stock(house, items).result()
    words: dict[ValueType, Value] = {ValueType.STRING: PAYLOAD, ValueType.STRINGS: (PAYLOAD, "group-1")}
    told = {name: words[each.type] for name, each in promise.attributes.items() if each.type in words}
    messages = [Message(id="markup", subject=who, content=Traits(at=now, values=told))]
    for name, kind in promise.events.items():
        done = {each: PAYLOAD if of is ValueType.STRING else 1 for each, of in kind.properties.items()}
        for number, item in enumerate(("markup-0", PAYLOAD)):
            content = Event(name=name, at=now, properties={**done, "item": item})
            messages.append(Message(id=f"markup-{name}-{number}", subject=who, content=content))
    collect(house, messages).result()
    for case in promise.use_cases:
        decide(house, Ask(use_case=UseCaseId(case), subject=who, context={"item": "markup-0"}, limit=5)).release()


def _plant(document: object, schema: object, at: Where) -> Iterator[Where]:
    """Put markup into each text of a document, by the schema; where it was."""
    if not isinstance(schema, Mapping):
        return
    if schema == TEXT and isinstance(document, dict):
        for language in document:
            document[language] += PAYLOAD
        yield at
    elif isinstance(document, dict):
        for name, part in document.items():
            known = schema.get("properties", {})
            below = known.get(name, schema.get("additionalProperties"))
            yield from _plant(part, below, (*at, name if name in known else "*"))
    elif isinstance(document, list):
        for part in document:
            yield from _plant(part, schema.get("items"), (*at, "*"))
