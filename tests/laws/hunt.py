"""Run the machine once, as a program: exit 0 if nothing was found, 1 with what was found.

python -m tests.laws.hunt memory 400 50
"""

import sys

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.laws.stores import OnMemory, OnSqlite

MACHINES = {"memory": OnMemory, "sqlite": OnSqlite}


def hunt(store: str, *, examples: int, steps: int) -> None:
    """Let the machine run; raises what it finds, unshrunk."""
    run_state_machine_as_test(
        MACHINES[store],
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


if __name__ == "__main__":
    hunt(sys.argv[1], examples=int(sys.argv[2]), steps=int(sys.argv[3]))
