"""Who works out sums: this process, others on this machine, or a Dask cluster. None of them is told whose they are."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Final

from fiel.core.errors import SettingsInvalid, Unavailable

PATIENCE: Final = "10s"
"""How long a scheduler may take to answer."""


@contextmanager
def working(*, workers: int | None, dask: str | None) -> Iterator[Executor | None]:
    """The executor that was asked for; None for nobody but this process. Raises `SettingsInvalid`, `Unavailable`."""
    if dask is not None:
        with _on_dask(dask) as cluster:
            yield cluster
    elif workers is not None:
        # Begun anew and not forked, so that no key lies in the memory of a worker.
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool
    else:
        yield None


@contextmanager
def _on_dask(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise SettingsInvalid("`--dask` needs Dask, which is not installed", hint="pip install 'fiel[dask]'") from error
    try:
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        hint = "name the address of its scheduler, as in `--dask tcp://127.0.0.1:8786`"
        raise Unavailable(f"no Dask scheduler answers at `{address}`", hint=hint) from error
    with client, client.get_executor() as cluster:  # type: ignore[no-untyped-call]
        yield cluster
