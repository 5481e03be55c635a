"""What is not about people, as JSON in the clear: the promise, its versions, items, keys of callers, figures.

Bytes are the same for equal values, whatever the order in which a set came out of memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

import msgspec

from fiel.core.errors import Tampered
from fiel.core.items import Item
from fiel.core.promise.measured import Measured
from fiel.core.promise.usecase import Promise
from fiel.ports import ApiKey, PublishedVersion

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


class Paper(Generic[T]):
    """One kind of document."""

    def __init__(self, kind: type[T]) -> None:
        self._encoder = msgspec.json.Encoder(order="deterministic")
        self._decoder = msgspec.json.Decoder(kind)

    def write(self, value: T) -> bytes:
        """The value as JSON."""
        return self._encoder.encode(value)

    def read(self, document: bytes) -> T:
        """The value again; `Tampered` if the bytes are not such a document."""
        try:
            return self._decoder.decode(document)
        except msgspec.MsgspecError as cause:
            raise Tampered("a document in the store cannot be read", hint="restore the store from a back-up") from cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A promise with the order of its parts: people are shown them as the company wrote them down."""

    promise: Promise
    areas: tuple[str, ...]
    attributes: tuple[str, ...]
    events: tuple[str, ...]
    use_cases: tuple[str, ...]

    @classmethod
    def of(cls, promise: Promise) -> "Ordered":
        """The promise with its order noted."""
        return cls(
            promise=promise,
            areas=tuple(promise.areas),
            attributes=tuple(promise.attributes),
            events=tuple(promise.events),
            use_cases=tuple(promise.use_cases),
        )

    def restored(self) -> Promise:
        """The promise with its parts in order."""
        return replace(
            self.promise,
            areas=_sorted(self.promise.areas, self.areas),
            attributes=_sorted(self.promise.attributes, self.attributes),
            events=_sorted(self.promise.events, self.events),
            use_cases=_sorted(self.promise.use_cases, self.use_cases),
        )


PROMISE: Final = Paper(Ordered)
VERSION: Final = Paper(PublishedVersion)
ITEM: Final = Paper(Item)
API_KEY: Final = Paper(ApiKey)
MEASURED: Final = Paper(Measured)


def _sorted(parts: Mapping[K, V], order: tuple[str, ...]) -> dict[K, V]:
    places = {name: place for place, name in enumerate(order)}
    return dict(sorted(parts.items(), key=lambda part: places.get(str(part[0]), len(places))))
