"""A ledger of thirteen entries, its key, a stranger's key, and what someone who trusts the first reads in a note."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fiel.core.consent.checkpoint import Checkpoint, NotOpened, Verify, open_note, sign_checkpoint, sign_note
from fiel.core.consent.ledger import root
from tests.core.consent.naive_tree import KeptTree, NaiveTree, numbered

ORIGIN = "shop.example/fiel"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = SECRET.public_key().public_bytes_raw()
LEAVES = NaiveTree(numbered(13)).leaves
TREE = KeptTree(LEAVES)
HEAD = Checkpoint(origin=ORIGIN, size=13, root=root(13, TREE.fetch))
NOTE = sign_checkpoint(HEAD, public_key=PUBLIC, sign=SECRET.sign)


def trusting(public_key: bytes) -> Verify:
    """The injected verification, as the vault does it."""

    def verify(message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


def signed(body: bytes, *, name: str = ORIGIN, secret: Ed25519PrivateKey = SECRET) -> str:
    """A note about any body, signed by any key."""
    return sign_note(body, name=name, public_key=secret.public_key().public_bytes_raw(), sign=secret.sign)


def opened(note: str) -> Checkpoint | NotOpened:
    """What someone who trusts this ledger's key reads in a note."""
    return open_note(note, name=ORIGIN, public_key=PUBLIC, verify=trusting(PUBLIC))
