"""Every way we know to bend a receipt: by whoever passes it on, and by the holder of the key that signed it.

Also verifiers that are wrong in a known way, made from the source of the one under test: each must believe some of it.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from fiel.core.canonical import Plain
from fiel.core.consent.choice import Status
from fiel.core.consent.leaf import commitment, entry_of
from fiel.core.consent.ledger import leaf_hash
from fiel.core.consent.receipt import Genuine, NotGenuine, issue, proof
from fiel.core.consent.receipt.record import stated
from fiel.core.consent.receipt.terms import Term
from fiel.core.ids import Position
from fiel.core.promise.usecase import Level
from tests.core.consent.receipts import chosen, evidence, receipt, shown
from tests.core.consent.signers import PUBLIC, SECRET, STRANGER, trusting

Json = dict[str, "Plain"]
Verifier = Callable[[object], Genuine | NotGenuine]


def held(document: Json | None = None) -> Json:
    """A receipt as it is read back from a file."""
    read = json.loads(json.dumps(document or receipt(), ensure_ascii=False))
    assert isinstance(read, dict)
    return read


def bent_by_strangers(*, places: int = 3) -> Iterator[tuple[str, Json]]:
    """Each receipt in which one value or one member is another, at any depth; a text in `places` places or more."""
    whole = held()
    other = held(receipt(entry=chosen(shown(), Status.REFUSED), position=9))
    for member in ("text", "record", "entry", "signature", "proof"):
        yield f"{member} of another receipt", {**whole, member: other[member]}
    for path in [(), ("proof",), *_objects(whole)]:
        yield f"something added to {_named(path)}", _with(whole, (*path, "extra"), "unsigned")
    for path in _members(whole):
        yield f"{_named(path)} taken out", _without(whole, path)
    for path, value in reversed(list(_leaves(whole))):
        near = 32 if path[0] in {"proof", "signature", "salt"} else places
        for number, changed in enumerate(_others(value, places=near)):
            if type(changed) is not type(value) or changed != value:
                yield f"{_named(path)} changed ({number})", _with(whole, path, changed)


def bent_by_the_signer() -> Iterator[tuple[str, Json]]:
    """Lies that the holder of the key signs: about what was chosen, by whom, and where it stands in the ledger."""
    whole = receipt()
    entry = entry_of(_object(whole["entry"]))
    text, record, true = str(whole["text"]), _object(held()["record"]), evidence(entry)
    for name, lie in {
        "a no made a yes": replace(entry, status=Status.REFUSED, level=None),
        "a level raised": replace(entry, level=Level.ACQUIRED),
        "a time moved": replace(entry, at=entry.at.replace(year=2020)),
        "an interface renamed": replace(entry, interface="somewhere else"),
    }.items():
        told = deepcopy(record)
        records = told[Term.HAS_RECORD]
        assert isinstance(records, list)
        facts = stated(lie, tag=true.tag, commitment=commitment(lie, true.salt))
        records[0] = {**records[0], **held(facts)}
        yield name, held(issue(text=text, record=told, entry=lie, evidence=true, sign=SECRET.sign))
    for member in ("fiel:status", "fiel:level", "fiel:attested_by", "dct:created", Term.HAS_DATA_SUBJECT, "@id"):
        told = deepcopy(record)
        records = told[Term.HAS_RECORD]
        assert isinstance(records, list)
        records[0][str(member)] = ["another"]
        name = f"a record that says another {member}"
        yield name, held(issue(text=text, record=told, entry=entry, evidence=true, sign=SECRET.sign))
    moved = replace(true, position=Position(true.position - 1))
    stranger = replace(true, inclusion=(leaf_hash(b"x"), *true.inclusion[1:]))
    for name, other in {"another place": moved, "another path": stranger}.items():
        yield name, held(issue(text=text, record=record, entry=entry, evidence=other, sign=SECRET.sign))


def believed_by(verifier: Verifier, mutants: Iterable[tuple[str, Json]]) -> Iterator[str]:
    """The bent receipts that a verifier takes for genuine."""
    return (name for name, document in mutants if isinstance(verifier(document), Genuine))


def true_verifier(document: object) -> Genuine | NotGenuine:
    """The verifier under test, trusting the ledger's key."""
    return proof.verify_receipt(document, public_key=PUBLIC, verify=trusting(PUBLIC))


def strangers_verifier(document: object) -> Genuine | NotGenuine:
    """The verifier under test, trusting another key."""
    public = STRANGER.public_key().public_bytes_raw()
    return proof.verify_receipt(document, public_key=public, verify=trusting(public))


# What a careless verifier would leave out -> the line that does it, and that line without it.
CARELESS = {
    "the signature": ("verify(message, read.signature) else", "True else"),
    "the record's agreement with the entry": ("for step in (_is_signed, _is_stated)", "for step in (_is_signed,)"),
    "the ledger": ("if not includes(", "if False and not includes("),
    "the checkpoint's signature": ("public_key=public_key, verify=verify)\n    except", "KEY)\n    except"),
    "members that nobody signed": ("if not more and not more_proof and", "if"),
    "the signature's header": ("header == _HEADER and raw", "raw"),
    "the one way to write base64": (" and b64encode(raw).decode() == value", ""),
}


def careless_verifier(lacking: str) -> Verifier:
    """The verifier under test without one of its checks."""
    line, instead = CARELESS[lacking]
    source = Path(proof.__file__).read_text(encoding="utf-8")
    assert source.count(line) == 1, line
    instead = instead.replace("KEY", "public_key=public_key, verify=lambda *_: True")
    module = ModuleType("careless")
    exec(compile(source.replace(line, instead), "careless", "exec"), module.__dict__)  # noqa: S102 - our own source

    def verifier(document: object) -> Genuine | NotGenuine:
        found = module.verify_receipt(document, public_key=PUBLIC, verify=trusting(PUBLIC))
        if isinstance(found, module.Genuine):
            return Genuine(text=found.text, entry=found.entry, position=found.position, checkpoint=found.checkpoint)
        return NotGenuine(proof.NotProved(found.why))

    return verifier


BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def _others(value: object, *, places: int) -> Iterator[object]:
    """Other values in the place of one: near to it where they can be, and of another kind."""
    yield from (None, [], {}, "", 0)
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1, -value, value + 2**64)
    elif isinstance(value, str) and value:
        yield from (value + " ", value[:-1], value.upper() if value != value.upper() else value.lower())
        last = len(value) - 1
        for at in sorted({*range(0, len(value), max(1, len(value) // places)), max(0, last - 1), last}):
            yield value[:at] + _neighbour(value[at]) + value[at + 1 :]


def _neighbour(letter: str) -> str:
    """A letter that differs in the last bit of what it stands for in base64, so that text stays well formed."""
    return BASE64[BASE64.index(letter) ^ 1] if letter in BASE64 else "A"


def _leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    for key, inner in _inside(value):
        if isinstance(inner, dict | list) and inner:
            yield from _leaves(inner, (*path, key))
        else:
            yield (*path, key), inner


def _members(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for key, inner in _inside(value):
        yield (*path, key)
        yield from _members(inner, (*path, key))


def _objects(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for key, inner in _inside(value):
        if isinstance(inner, dict):
            yield (*path, key)
        yield from _objects(inner, (*path, key))


def _inside(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _with(whole: Json, path: tuple[str | int, ...], value: object) -> Json:
    copy = deepcopy(whole)
    _at(copy, path[:-1])[path[-1]] = value
    return copy


def _without(whole: Json, path: tuple[str | int, ...]) -> Json:
    copy = deepcopy(whole)
    del _at(copy, path[:-1])[path[-1]]
    return copy


def _at(value: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - JSON of any shape
    for key in path:
        value = value[key]
    return value


def _object(value: Plain) -> Json:
    assert isinstance(value, dict)
    return value


def _named(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path)) or "the receipt"
