"""Signed notes: what others signed opens here, what is signed here opens elsewhere, what was touched opens nowhere."""

from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fiel.core.consent.checkpoint import (
    LONGEST_NOTE,
    MOST_SIGNATURES,
    NotOpened,
    key_hash,
    open_note,
    sign_note,
    signed_body,
)
from fiel.core.errors import Malformed
from tests.core.consent.signers import HEAD, NOTE, ORIGIN, PUBLIC, SECRET, STRANGER, opened, signed, trusting

# The worked examples of golang.org/x/mod/sumdb/note (its documentation) and of C2SP signed-note.
PETER_SEED = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PETER_KEY = b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
PETER_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_KEY = b64decode("ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")[1:]
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
FOO_KEY = b64decode("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")[1:]
FOO_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)

BODY, LINE = NOTE.split("\n\n")[0] + "\n\n", NOTE.split("\n\n")[1]
WITNESS_LINE = signed(HEAD.body(), name="witness.example", secret=STRANGER).split("\n\n")[1]
# The trusted name and key hash over someone else's signature, and over one of the wrong length.
FORGED_LINE = f"— {ORIGIN} {b64encode(key_hash(ORIGIN, PUBLIC) + STRANGER.sign(HEAD.body())).decode()}\n"
SHORT_LINE = f"— {ORIGIN} {b64encode(key_hash(ORIGIN, PUBLIC) + SECRET.sign(HEAD.body())[:-1]).decode()}\n"


@pytest.mark.parametrize(
    ("name", "key", "hashed"),
    [
        ("PeterNeumann", PETER_KEY, "c74f20a3"),
        ("EnochRoot", ENOCH_KEY, "af0cfe78"),
        ("example.com/foo", FOO_KEY, "530d903a"),
    ],
)
def test_key_hashes_are_the_published_ones(name: str, key: bytes, hashed: str) -> None:
    """A signer's key has the four bytes that the format's other implementations give it."""
    assert key_hash(name, key).hex() == hashed


def test_a_note_is_signed_as_others_sign_it() -> None:
    """Ed25519 is deterministic, so the published text and key give the published note, byte for byte."""
    note = signed(PETER_TEXT.encode(), name="PeterNeumann", secret=Ed25519PrivateKey.from_private_bytes(PETER_SEED))
    assert note == PETER_TEXT + "\n" + PETER_LINE


@pytest.mark.parametrize(
    ("note", "name", "key"),
    [
        (PETER_TEXT + "\n" + PETER_LINE + ENOCH_LINE, "PeterNeumann", PETER_KEY),
        (PETER_TEXT + "\n" + PETER_LINE + ENOCH_LINE, "EnochRoot", ENOCH_KEY),
        (FOO_NOTE, "example.com/foo", FOO_KEY),
    ],
)
def test_published_notes_open(note: str, name: str, key: bytes) -> None:
    """What others signed opens under their key, also beside a signer whom nobody asked about."""
    body = signed_body(note, name=name, public_key=key, verify=trusting(key))
    assert body == note.partition("\n\n")[0].encode() + b"\n"


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("", NotOpened.MALFORMED),
        (LINE, NotOpened.MALFORMED),
        (BODY, NotOpened.MALFORMED),
        (BODY[:-1], NotOpened.MALFORMED),
        (BODY[:-1] + LINE, NotOpened.MALFORMED),
        (BODY + LINE[:-1], NotOpened.MALFORMED),
        (BODY + LINE + "\n", NotOpened.MALFORMED),
        (BODY + LINE + "more\n", NotOpened.MALFORMED),
        (BODY + "more\n" + LINE, NotOpened.MALFORMED),
        (BODY + LINE.replace("—", "-"), NotOpened.MALFORMED),
        (BODY + LINE.replace("— ", "—"), NotOpened.MALFORMED),
        (BODY + LINE.replace(ORIGIN, "two words"), NotOpened.MALFORMED),
        (BODY + LINE.replace(ORIGIN, "a+b"), NotOpened.MALFORMED),
        (BODY + LINE.replace(ORIGIN, ""), NotOpened.MALFORMED),
        (BODY + f"— {ORIGIN} AAAA\n", NotOpened.MALFORMED),
        (BODY + f"— {ORIGIN} AAAAAA==\n", NotOpened.MALFORMED),
        (BODY + f"— {ORIGIN} \n", NotOpened.MALFORMED),
        (BODY + LINE.replace("\n", "\r\n"), NotOpened.MALFORMED),
        (NOTE + "\x7f\x01", NotOpened.MALFORMED),
        (NOTE + LINE * MOST_SIGNATURES, NotOpened.MALFORMED),
        ("x" * LONGEST_NOTE + NOTE, NotOpened.MALFORMED),
        (BODY + WITNESS_LINE, NotOpened.UNSIGNED),
        (BODY + LINE.replace(ORIGIN, "other.example"), NotOpened.UNSIGNED),
        (signed(HEAD.body(), secret=STRANGER), NotOpened.UNSIGNED),
        (BODY + FORGED_LINE, NotOpened.FORGED),
        (BODY + LINE + FORGED_LINE, NotOpened.FORGED),
        (BODY + SHORT_LINE, NotOpened.FORGED),
        (NOTE.replace("\n13\n", "\n12\n"), NotOpened.FORGED),
        (signed(b"\n13\n"), NotOpened.BAD_ORIGIN),
        (signed(f"{ORIGIN}\n".encode()), NotOpened.BAD_SIZE),
        (signed(f"{ORIGIN}\n13\n".encode()), NotOpened.BAD_ROOT),
        (signed(HEAD.body() + b"more\n"), NotOpened.EXTENDED),
        (signed(HEAD.body().replace(b"shop", b"shed")), NotOpened.FOREIGN),
    ],
)
def test_what_does_not_open_says_why(note: str, why: NotOpened) -> None:
    """Every way in which a note can fail is told apart, and none of them gives a checkpoint."""
    assert opened(note) is why


def test_cosigned_checkpoints_open() -> None:
    """Witnesses may add their lines before or after the ledger's own, up to the limit, and it may stand there twice."""
    witnessed = BODY + WITNESS_LINE + LINE + LINE + WITNESS_LINE * (MOST_SIGNATURES - 3)
    assert opened(witnessed) == HEAD


def test_a_note_may_be_long_but_not_longer() -> None:
    """A note opens up to the limit of its length, with as many signatures as the format wants, and not beyond."""
    assert MOST_SIGNATURES >= 16
    fill = "x" * (LONGEST_NOTE - len(signed(b"\n")))
    longest = signed(f"{fill}\n".encode())
    assert len(longest) == LONGEST_NOTE
    assert opened(longest) is NotOpened.BAD_SIZE
    assert opened(signed(f"x{fill}\n".encode())) is NotOpened.MALFORMED


def test_a_signature_covers_the_text_alone() -> None:
    """Who verifies is shown exactly the bytes that were signed, the message first, and decides alone."""
    shown = []

    def verify(message: bytes, signature: bytes) -> bool:
        shown.append((message, len(signature)))
        return False

    assert open_note(NOTE, name=ORIGIN, public_key=PUBLIC, verify=verify) is NotOpened.FORGED
    assert shown == [(HEAD.body(), 64)]


@pytest.mark.parametrize("body", [b"", b"no newline", b"\xff\n", b"tab\tbed\n", b"\x00\n"])
def test_only_text_is_signed(body: bytes) -> None:
    """What could not be read back is not signed."""
    with pytest.raises(Malformed):
        signed(body)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u00a0b", "a\nb"])
def test_only_a_readable_name_signs(name: str) -> None:
    """A name that would break the signature line is refused before anything is signed."""
    with pytest.raises(Malformed):
        signed(HEAD.body(), name=name)


def test_keys_and_signatures_have_their_length() -> None:
    """A key or a signature of another algorithm's length is refused, never cut or filled."""
    with pytest.raises(Malformed):
        key_hash(ORIGIN, PUBLIC[:-1])
    with pytest.raises(Malformed):
        sign_note(HEAD.body(), name=ORIGIN, public_key=PUBLIC, sign=lambda _: b"short")
