"""The search of the page of attempts finds a word wherever and however it lies: otherwise finding none says nothing."""

from base64 import b64encode
from pathlib import Path

import pytest

from fiel.demo.aside import ask_aside
from fiel.demo.search import search

WORD = "zoroastrismo"
SPELLINGS = {
    "text": WORD.encode(),
    "other case": WORD.upper().encode(),
    "UTF-16, low byte first": WORD.encode("utf-16-le"),
    "UTF-16, high byte first": WORD.encode("utf-16-be"),
    "hexadecimal": WORD.encode().hex().encode(),
    "hexadecimal in capitals": WORD.encode().hex().upper().encode(),
    "base64": b64encode(WORD.encode()),
    "base64, one letter on": b64encode(b"x" + WORD.encode() + b"yz"),
    "base64, two letters on": b64encode(b"xx" + WORD.encode() + b"y"),
    "UTF-16 in base64": b64encode(WORD.encode("utf-16-le")),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_word_is_found_however_it_is_spelt(spelling: str, tmp_path: Path) -> None:
    """Each way in which a word can lie in a file is found, in a folder below and amid other bytes."""
    file = tmp_path / "below" / "file.db"
    file.parent.mkdir()
    file.write_bytes(bytes(range(256)) + SPELLINGS[spelling] + b"\0" * 99)
    found = search(tmp_path, [WORD])
    assert found.found[WORD] >= 1
    assert (found.files, found.size) == (1, file.stat().st_size)


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    """A folder without the word has none of it."""
    (tmp_path / "file.db").write_bytes(bytes(range(256)) * 99 + WORD[:-1].encode())
    assert search(tmp_path, [WORD]).found[WORD] == 0


def test_the_search_answers_from_a_process_of_its_own(tmp_path: Path) -> None:
    """Asked aside, it tells the same as it does here."""
    (tmp_path / "file.db").write_bytes(SPELLINGS["text"])
    answer = ask_aside("fiel.demo.search", {"folder": str(tmp_path), "words": [WORD]})
    assert answer == {"files": 1, "size": len(WORD), "found": {WORD: 1}}
