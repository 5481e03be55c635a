"""Checkpoints: read strictly, believed only when signed, and the one way to a size and a root."""

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.consent.checkpoint import (
    LARGEST_SIZE,
    Checkpoint,
    NotOpened,
    extends,
    includes,
    key_hash,
    open_note,
    parse_checkpoint,
    sign_checkpoint,
    signed_body,
)
from fiel.core.consent.ledger import EMPTY, leaf_hash, prove_consistency, prove_inclusion, root
from fiel.core.errors import Malformed
from fiel.core.ids import Digest, Position
from tests.core.consent.signers import HEAD, LEAVES, NOTE, ORIGIN, PUBLIC, SECRET, TREE, opened, trusting

# A head that a public ledger of software signed and published, with its public key.
SUM_KEY = b64decode("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")[1:]
SUM_NOTE = (
    "go.sum database tree\n15368405\n/g9am3I6YWNKaZX/jkne1fqd9zEyjss+JXyPXG0WfkY=\n\n— sum.golang.org "
    "Az3grqJGUaSGukG9p8nI2vKgiFn7qGHxn0W+mrwyI6Gz3F0t1J3LzmWk/p96Ybf295EjwdSwlzgijq5WA9d1Ded7owM=\n"
)

ROOT = b64encode(HEAD.root).decode()


def test_a_published_head_is_read() -> None:
    """A public ledger's signed head has its size and root; its origin is not its key's name, so nothing opens."""
    assert key_hash("sum.golang.org", SUM_KEY).hex() == "033de0ae"
    body = signed_body(SUM_NOTE, name="sum.golang.org", public_key=SUM_KEY, verify=trusting(SUM_KEY))
    assert isinstance(body, bytes)
    head = parse_checkpoint(body)
    assert isinstance(head, Checkpoint)
    assert (head.origin, head.size, head.root[:2].hex()) == ("go.sum database tree", 15368405, "fe0f")
    told = open_note(SUM_NOTE, name="sum.golang.org", public_key=SUM_KEY, verify=trusting(SUM_KEY))
    assert told is NotOpened.FOREIGN


@given(
    st.text(min_size=1).filter(lambda text: not any(character < " " for character in text)),
    st.integers(0, LARGEST_SIZE),
    st.binary(min_size=32, max_size=32),
)
def test_a_checkpoint_survives_its_text(origin: str, size: int, digest: bytes) -> None:
    """Writing and reading a checkpoint gives the same one back."""
    head = Checkpoint(origin=origin, size=size, root=Digest(digest))
    assert parse_checkpoint(head.body()) == head


@given(st.data())
def test_a_text_is_read_in_one_way_only(data: st.DataObject) -> None:
    """Bytes that are read as a checkpoint are the bytes it is written in: no two texts say the same."""
    body = bytearray(HEAD.body())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    read = parse_checkpoint(bytes(body))
    assert isinstance(read, NotOpened) or read.body() == bytes(body)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", NotOpened.MALFORMED),
        (f"{ORIGIN}\n13\n{ROOT}".encode(), NotOpened.MALFORMED),
        (f"{ORIGIN}\r\n13\r\n{ROOT}\r\n".encode(), NotOpened.MALFORMED),
        (f"\x00{ORIGIN}\n13\n{ROOT}\n".encode(), NotOpened.MALFORMED),
        (f"{ORIGIN}\n13\n{ROOT}\n".encode("utf-16"), NotOpened.MALFORMED),
        (f"\n13\n{ROOT}\n".encode(), NotOpened.BAD_ORIGIN),
        (f"{ORIGIN}\n".encode(), NotOpened.BAD_SIZE),
        *(
            (f"{ORIGIN}\n{size}\n{ROOT}\n".encode(), NotOpened.BAD_SIZE)
            for size in (
                "",
                "-1",
                "+1",
                "013",
                "00",
                "1_3",
                " 13",
                "13 ",
                "0xd",
                "١٣",
                "1e1",
                "13.0",
                2**63,
                "9" * 5000,
            )
        ),
        (f"{ORIGIN}\n13\n".encode(), NotOpened.BAD_ROOT),
        *(
            (f"{ORIGIN}\n13\n{text}\n".encode(), NotOpened.BAD_ROOT)
            for text in ("", ROOT[:-1], ROOT + "=", ROOT[:-4], " " + ROOT, ROOT[:-2] + "B=", HEAD.root.hex(), "é" * 44)
        ),
        (HEAD.body() + b"extra\n", NotOpened.EXTENDED),
        (HEAD.body() + b"\n", NotOpened.EXTENDED),
    ],
)
def test_what_is_no_checkpoint_says_where_it_fails(body: bytes, why: NotOpened) -> None:
    """A text that is no checkpoint is refused by the line at fault, signed or not."""
    assert parse_checkpoint(body) is why


@pytest.mark.parametrize("size", [0, 1, LARGEST_SIZE])
def test_sizes_reach_from_nothing_to_the_largest(size: int) -> None:
    """A checkpoint may speak of an empty ledger and of the largest there can be."""
    head = Checkpoint(origin=ORIGIN, size=size, root=EMPTY)
    assert opened(sign_checkpoint(head, public_key=PUBLIC, sign=SECRET.sign)) == head


@pytest.mark.parametrize(
    ("origin", "size", "digest"),
    [
        ("", 1, EMPTY),
        ("a\nb", 1, EMPTY),
        ("a\tb", 1, EMPTY),
        ("\ud800", 1, EMPTY),
        ("a", -1, EMPTY),
        ("a", LARGEST_SIZE + 1, EMPTY),
        ("a", 1, Digest(b"short")),
    ],
)
def test_no_checkpoint_says_the_impossible(origin: str, size: int, digest: Digest) -> None:
    """A checkpoint that could not be written down cannot be made."""
    with pytest.raises(Malformed):
        Checkpoint(origin=origin, size=size, root=digest)


def test_no_bit_of_a_signed_checkpoint_can_change() -> None:
    """Each single bit of a signed checkpoint matters: with any one flipped it opens no more."""
    raw = NOTE.encode()
    assert opened(NOTE) == HEAD
    for at in range(len(raw) * 8):
        bent = bytearray(raw)
        bent[at // 8] ^= 1 << at % 8
        assert isinstance(opened(bytes(bent).decode(errors="surrogateescape")), NotOpened)


def test_a_checkpoint_includes_its_entries_alone() -> None:
    """An entry is proved by an opened checkpoint and a path; another entry, place or path is not."""
    path = prove_inclusion(Position(5), 13, fetch=TREE.fetch)
    assert includes(HEAD, LEAVES[5], index=Position(5), path=path)
    assert not includes(HEAD, LEAVES[6], index=Position(5), path=path)
    assert not includes(HEAD, LEAVES[5], index=Position(6), path=path)
    assert not includes(HEAD, LEAVES[5], index=Position(5), path=path[1:])
    assert not includes(HEAD, leaf_hash(b"new"), index=Position(13), path=())


def test_a_checkpoint_extends_its_own_past_alone() -> None:
    """A later head extends an earlier one of the same ledger; not a rewritten one, not a later one, not another's."""
    path = prove_consistency(8, 13, fetch=TREE.fetch)
    past = Checkpoint(origin=ORIGIN, size=8, root=root(8, TREE.fetch))
    assert extends(HEAD, past, path=path)
    assert not extends(past, HEAD, path=path)
    assert not extends(HEAD, Checkpoint(origin=ORIGIN, size=8, root=LEAVES[0]), path=path)
    assert not extends(HEAD, Checkpoint(origin="other.example", size=8, root=past.root), path=path)
