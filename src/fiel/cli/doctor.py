"""`fiel doctor DIR`: what may go wrong here, each with the one thing to do about it."""

import shutil
import stat
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import apsw
import click

from fiel.bootstrap import Opened
from fiel.cli.opening import opened
from fiel.cli.options import as_json, counted, data_folder, promise_folder, tell
from fiel.notices.smtp import SmtpMailer
from fiel.operations.learn import PATIENCE
from fiel.operations.notices.unsent import unsent
from fiel.ports import HOOK

LEAST_ROOM: Final = 256 << 20
"""Bytes of free disk below which it is time to act."""

COPIES_ON_WRITE: Final = frozenset({"btrfs", "zfs", "overlay", "bcachefs"})
"""File systems on which overwriting a key leaves the old one behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One thing looked at: whether it is well, what was seen, and what to do if it is not."""

    what: str
    well: bool
    seen: str
    fix: str = ""


@click.command()
@promise_folder
@data_folder
@as_json
@click.pass_context
def doctor(ctx: click.Context, *, folder: Path, data: Path | None, as_json: bool) -> None:
    """Look at the Fiel of DIR. Exit code 1 if anything needs doing."""
    with opened(folder, data) as fiel:
        looks = list(_looks(fiel))
    if as_json:
        tell({"looks": [asdict(look) for look in looks]})
    else:
        for look in looks:
            mark = click.style("well", fg="green") if look.well else click.style("look", fg="red")
            click.echo(f"{mark}  {look.what}: {look.seen}" + ("" if look.well else f"\n      {look.fix}"))
    ctx.exit(0 if all(look.well for look in looks) else 1)


def _looks(fiel: Opened) -> Iterator[Look]:
    yield Look(what="SQLite", well=True, seen=apsw.sqlite_lib_version())
    yield _root_key(fiel.settings.root_key)
    yield _room(fiel.settings.data)
    yield _file_system(fiel.settings.data)
    yield _clock()
    yield _mail(fiel)
    yield from _endpoints(fiel)
    yield from _lessons(fiel)


def _mail(fiel: Opened) -> Look:
    """Whether the mail server lets us in, if there is one."""
    mailer = fiel.carriers.mailer
    if not isinstance(mailer, SmtpMailer):
        seen = "none is set: people are told nothing by mail, and cannot come in by it"
        return Look(what="mail", well=True, seen=seen)
    wrong = mailer.greet()
    fix = "look at `FIEL_SMTP_URL`: server, port, user, password and its certificate"
    return Look(what="mail", well=not wrong, seen=wrong or "the server lets us in", fix=fix)


def _endpoints(fiel: Opened) -> Iterator[Look]:
    """What every endpoint has not acknowledged yet."""
    waiting = [each for each in unsent(fiel.house) if each.must_stop or each.given_up]
    for target in sorted({HOOK + hook.name for hook in fiel.house.post.hooks} | {each.target for each in waiting}):
        mine = [each for each in waiting if each.target == target]
        seen = counted(len(mine), "notice was not taken", "notices were not taken") if mine else "all was taken"
        name = target or "what cannot be read"
        yield Look(what=name, well=not mine, seen=seen, fix="mend its target, or tell the recipient in another way")


def _root_key(path: Path) -> Look:
    mode = stat.S_IMODE(path.stat().st_mode)
    return Look(
        what="root key",
        well=mode & 0o077 == 0,
        seen=f"{path} ({mode:04o})",
        fix=f"chmod 600 {path}; and keep a copy elsewhere: without it nothing opens again",
    )


def _room(data: Path) -> Look:
    free = shutil.disk_usage(data).free
    return Look(what="disk", well=free > LEAST_ROOM, seen=f"{free >> 20:,} MiB free", fix="make room")


def _file_system(data: Path) -> Look:
    kind = _kind_of(data)
    return Look(
        what="file system",
        well=kind not in COPIES_ON_WRITE,
        seen=kind,
        fix="it copies on write: a zeroed key may survive on the disk; keep the data on ext4 or xfs",
    )


def _kind_of(path: Path) -> str:
    """The file system under a path, by the longest mount that holds it; `unknown` where the system does not say."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "unknown"
    real = path.resolve()
    holding = [(len(mount[1]), mount[2]) for mount in mounts if real.is_relative_to(mount[1])]
    return max(holding)[1] if holding else "unknown"


def _clock() -> Look:
    year = time.gmtime().tm_year
    return Look(what="clock", well=year >= 2026, seen=f"the year {year}", fix="set the clock")  # noqa: PLR2004


def _lessons(fiel: Opened) -> Iterator[Look]:
    house = fiel.house
    now = house.clock.now()
    with house.store.read() as tx:
        for case in house.shelf.now(tx).promise.use_cases.values():
            if case.learn is None:
                continue
            lessons = tx.totals.lessons(case.id)
            overdue = lessons.removal_since is not None and lessons.removal_since + PATIENCE <= now
            teach = counted(lessons.people, "person teaches", "people teach")
            seen = f"{teach}, {lessons.changed} changed since the model was published"
            yield Look(what=f"model of {case.id}", well=not overdue, seen=seen, fix="`fiel learn DIR` withdraws it")
