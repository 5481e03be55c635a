"""Asking a module of the demo in a process of its own: a question as JSON in, an answer as JSON out."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

from fiel.core.errors import Unavailable

PATIENCE: Final = 120
"""Seconds after which an answer is no longer waited for."""


def ask_aside(module: str, question: Mapping[str, object]) -> Mapping[str, object]:
    """The answer of `python -m module`; raises `Unavailable` if it gives none."""
    command = [sys.executable, "-m", module]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, our own interpreter
            command, input=json.dumps(question), capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        answer: Mapping[str, object] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise Unavailable("this could not be looked at in a process of its own") from error
    return answer
