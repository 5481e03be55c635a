"""Passwords are hashed slowly, each with a salt of its own, and a name that is none takes the same work."""

from fiel.keys.passwords import HashedPasswords
from fiel.testing.passwords import MemoryPasswords

QUICK = HashedPasswords(memory=64, passes=1)


def test_a_password_fits_its_hash_alone() -> None:
    """The password fits, any other does not, and neither does a hash that is none."""
    hashed = QUICK.hashed("seven calm herons wade")
    assert QUICK.fits("seven calm herons wade", hashed)
    assert not QUICK.fits("seven calm herons wades", hashed)
    assert not QUICK.fits("seven calm herons wade", None)
    assert not QUICK.fits("seven calm herons wade", "no hash")


def test_equal_passwords_have_unequal_hashes() -> None:
    """A salt of its own: two accounts with one password do not show it."""
    assert QUICK.hashed("seven calm herons wade") != QUICK.hashed("seven calm herons wade")


def test_a_hash_says_how_it_was_made() -> None:
    """The parameters stand in the hash, so that older ones are still understood when they change."""
    assert HashedPasswords().hashed("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_double_works_for_nobody_as_well() -> None:
    """The work is done whether there is a hash or not."""
    double = MemoryPasswords()
    hashed = double.hashed("a")
    asked = double.asked
    double.fits("a", hashed)
    double.fits("a", None)
    assert double.asked == asked + 2
