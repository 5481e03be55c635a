"""Receipts to look at: any choice about any use case, in a small ledger with a key of its own."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files

from fiel.core.canonical import Plain
from fiel.core.consent.checkpoint import Checkpoint, sign_checkpoint
from fiel.core.consent.choice import Entry, Status
from fiel.core.consent.leaf import choice_leaf, commitment
from fiel.core.consent.ledger import leaf_hash, prove_inclusion, root
from fiel.core.consent.receipt import Evidence, Noted, Shown, human_text, issue, record_of
from fiel.core.ids import Position
from fiel.core.promise.usecase import Level, UseCase
from fiel.core.promise.version import notice_of, version_of
from fiel.jurisdictions.eu import LAW
from fiel.testing.builders import a_digest, a_promise, a_tag, a_use_case, an_entry
from tests.core.consent.naive_tree import KeptTree
from tests.core.consent.signers import ORIGIN, PUBLIC, SECRET

SALT = a_digest("a salt")


def phrases(language: str) -> Mapping[str, str]:
    """Fiel's own sentences in one language, by dotted key."""
    return dict(_flat(tomllib.loads((files("fiel") / "locales" / f"{language}.toml").read_text(encoding="utf-8"))))


def shown(use_case: UseCase | None = None, *, language: str = "es") -> Shown:
    """A use case of the shop as somebody could read it."""
    case = use_case or a_use_case()
    promise = a_promise(case)
    return Shown(
        use_case=case,
        area=promise.areas[case.area],
        controller=promise.controller,
        law=LAW,
        attributes=promise.attributes,
        events=promise.events,
        phrases=phrases(language),
    )


def chosen(seen: Shown, status: Status = Status.GIVEN, *, level: Level | None = None, language: str = "es") -> Entry:
    """What somebody chose about exactly what they were shown."""
    notice = notice_of(seen.use_case, seen.area, controller=seen.controller)
    entry = an_entry(status, use_case=seen.use_case.id, level=level)
    return replace(entry, notice=notice, version=version_of(seen.use_case), language=language)


def noted(entry: Entry, *, renewed: bool = False) -> Noted:
    """The entry as the ledger names it."""
    return Noted(entry=entry, tag=a_tag(entry.use_case), commitment=commitment(entry, SALT), renewed=renewed)


def evidence(entry: Entry, *, position: int = 6) -> Evidence:
    """A ledger in which other entries came before, up to and including this one."""
    leaf = leaf_hash(choice_leaf(entry, tag=a_tag(entry.use_case), salt=SALT))
    tree = KeptTree([*(leaf_hash(f"other {number}".encode()) for number in range(position)), leaf])
    size = position + 1
    head = Checkpoint(origin=ORIGIN, size=size, root=root(size, tree.fetch))
    return Evidence(
        salt=SALT,
        tag=a_tag(entry.use_case),
        position=Position(position),
        inclusion=prove_inclusion(Position(position), size, fetch=tree.fetch),
        checkpoint=sign_checkpoint(head, public_key=PUBLIC, sign=SECRET.sign),
    )


def receipt(seen: Shown | None = None, entry: Entry | None = None, *, position: int = 6) -> dict[str, Plain]:
    """A whole receipt."""
    about = seen or shown()
    note = noted(entry or chosen(about))
    return issue(
        text=human_text(note, about),
        record=record_of(note, about),
        entry=note.entry,
        evidence=evidence(note.entry, position=position),
        sign=SECRET.sign,
    )


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            assert isinstance(value, str)
            yield f"{prefix}{key}", value
