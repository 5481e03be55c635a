"""The cipher: the published one, refusing every other key, nonce, binding and text."""

import pytest

from fiel.core.errors import Tampered
from fiel.keys.cipher import AES_GCM_SIV

KEY = bytes.fromhex("01" + "00" * 31)
NONCE = bytes.fromhex("03" + "00" * 11)


@pytest.mark.parametrize(
    ("plain", "bound", "sealed"),
    [
        ("", "", "07f5f4169bbf55a8400cd47ea6fd400f"),
        ("0100000000000000", "", "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28"),
        ("0200000000000000", "01", "1de22967237a813291213f267e3b452f02d01ae33e4ec854"),
    ],
)
def test_the_published_vectors_hold(plain: str, bound: str, sealed: str) -> None:
    """The cipher is AES-256-GCM-SIV as RFC 8452 (appendix C.2) has it."""
    made = AES_GCM_SIV.seal(KEY, bytes.fromhex(plain), nonce=NONCE, bound=bytes.fromhex(bound))
    assert made.hex() == sealed
    assert AES_GCM_SIV.open(KEY, made, nonce=NONCE, bound=bytes.fromhex(bound)) == bytes.fromhex(plain)


def test_what_differs_in_anything_is_refused() -> None:
    """Another key, nonce or binding, a changed bit anywhere, a cut and an empty text each raise, and never answer."""
    sealed = AES_GCM_SIV.seal(KEY, b"plain", nonce=NONCE, bound=b"here")
    changed = [sealed[:n] + bytes([sealed[n] ^ 1]) + sealed[n + 1 :] for n in range(len(sealed))]
    cut = [sealed[:n] for n in range(len(sealed))]
    attempts = [(KEY, each, NONCE, b"here") for each in [*changed, *cut, sealed + b"\0"]]
    attempts += [(NONCE + bytes(20), sealed, NONCE, b"here"), (KEY, sealed, bytes(12), b"here")]
    attempts += [(KEY, sealed, NONCE, b"there"), (KEY, sealed, NONCE, b"")]
    for key, text, nonce, bound in attempts:
        with pytest.raises(Tampered):
            AES_GCM_SIV.open(key, text, nonce=nonce, bound=bound)
    assert AES_GCM_SIV.open(KEY, sealed, nonce=NONCE, bound=b"here") == b"plain"
