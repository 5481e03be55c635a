"""Looking for words in every file of a folder, byte by byte: what a thief with the disk would see.

Run as a module it answers one question, `{"folder", "words"}`, on standard output: the server asks it as a process of
its own, since whoever reads and closes a database's file lets go of every lock that their process holds on it.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was looked through, and how often each word was found."""

    files: int
    size: int
    found: Mapping[str, int]


def search(folder: Path, words: Sequence[str]) -> Searched:
    """Count each word in all files below `folder`, as UTF-8 and UTF-16 text, in base64 and in hexadecimal."""
    spelt = {word: spellings(word) for word in words}
    found = dict.fromkeys(words, 0)
    files = size = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        lowered = content.lower()
        files += 1
        size += len(content)
        for word, (as_text, as_code) in spelt.items():
            found[word] += sum(lowered.count(spelling) for spelling in as_text)
            found[word] += sum(content.count(spelling) for spelling in as_code)
    return Searched(files=files, size=size, found=found)


def spellings(word: str) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """The bytes to look for: those whose case does not matter, and those of base64, where it does.

    A word inside a longer base64 text starts at one of three places of a group; its first and last letters are then
    mixed with its neighbours', so they are left out.
    """
    plain = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    hexadecimal = [each.hex().encode() for each in plain]
    as_text = frozenset(each.lower() for each in [*plain, *hexadecimal])
    return as_text, frozenset(inner for each in plain for inner in _inner_base64(each) if inner)


def _inner_base64(raw: bytes) -> list[bytes]:
    inner = []
    for shift in range(3):
        group = b64encode(b"\0" * shift + raw)
        first = -(-shift * 8 // 6)
        last = (shift + len(raw)) * 8 // 6
        inner.append(group[first:last])
    return inner


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(asdict(search(Path(asked["folder"]), asked["words"])), sys.stdout)
