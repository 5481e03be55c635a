"""The half of a strategy that learns nothing from anybody: it adds nothing, and its model is None."""

from typing import ClassVar

from fiel.core.use.decision import Cells
from fiel.core.use.lesson import Lesson


class Untaught:
    """What is asked of every strategy about learning, answered for one that does none."""

    __slots__ = ()

    formula: ClassVar[str] = "nothing"

    def contribution(self, lesson: Lesson) -> Cells:  # noqa: ARG002 - no lesson teaches it anything
        """Nothing."""
        return {}

    def fit(self, total: Cells) -> None:
        """No model, whatever the total."""

    def release(self, model: None, total: Cells, *, seed: int) -> None:
        """No model, and nothing to keep back."""

    def pack(self, model: None) -> bytes:  # noqa: ARG002 - there is none
        """No bytes."""
        return b""

    def unpack(self, packed: bytes) -> None:
        """No model; ValueError for any bytes at all."""
        if packed:
            raise ValueError("this strategy has no model, and these bytes are not its own")
