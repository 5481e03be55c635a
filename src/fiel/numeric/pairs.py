"""The half of a strategy that learns which items go together, from the weighed pairs that people add.

Not the other half: what is made of the model for one person is for each strategy to say.
"""

from typing import ClassVar, Final

from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import PERSON, Cells, share
from fiel.numeric.ease import Neighbours, Tuning, decode, encode, fit
from fiel.numeric.noise import Noise, blurred

NOISE: Final = Noise(together=1.0, spread=0.5, person=PERSON)
"""The least with which comparing two publications told no more than looking at one (ADR 3)."""


class LearnsPairs:
    """What is added, fitted and kept; a strategy that takes this over says with which `tuning` and how blurred."""

    __slots__ = ()

    formula: ClassVar[str] = "pairs over the root of items, in thousandths"

    tuning: Tuning
    noise: Noise

    def contribution(self, lesson: Lesson) -> Cells:
        """The person's weight for every pair of distinct items, and for every item with itself."""
        return share(lesson.items)

    def fit(self, total: Cells) -> Neighbours:
        """The nearest items of every item and how many choose it; ValueError for a total that no people add up to."""
        return fit(total, self.tuning)

    def release(self, model: Neighbours, total: Cells, *, seed: int) -> Neighbours:
        """Without pairs that few people share, and with chance on what all others weigh."""
        return blurred(model, total, self.noise, seed=seed)

    def pack(self, model: Neighbours) -> bytes:
        """The arrays and a digest over them."""
        return encode(model)

    def unpack(self, packed: bytes) -> Neighbours:
        """The model; ValueError for bytes that were cut short, altered or are none."""
        return decode(packed)
