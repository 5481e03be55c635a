"""The tables of a balance as plain texts: for the terminal and the page alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from fiel.core.promise.measured import ENOUGH_PEOPLE
from fiel.operations.balance.values import Balance, BoundScore, LevelScore, Since, Telling
from fiel.web.balance.wording import Wording

MOST_ROWS = 12
"""Bounds that are told; all of them are in the JSON."""

KNOWS = 5
"""Of what an attacker knows, the figure that is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table; `marked`: the least that is enough."""

    cells: tuple[str, ...]
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A heading and its lines."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def telling(found: Balance, *, counted: bool = True) -> tuple[BoundScore, ...]:
    """The bounds worth telling: those better than all that keep less, what is declared, and what suffices least.

    `counted`: also those that are bound by a count of events more tightly than is declared.
    """
    best, chosen = 0.0, []
    most = found.declared.keep if found.declared else None
    scores = [score for score in found.bounds if counted or score.bound.keep == most]
    for score in sorted(scores, key=lambda each: (each.stored, -each.share.mean)):
        kept = score.bound in {found.declared, *(each.bound for each in (found.smallest, found.least) if each)}
        if score.share.mean > best or kept:
            chosen.append((score, kept))
            best = max(best, score.share.mean)
    spare = [score for score, kept in chosen if not kept]
    drop = set(map(id, spare[: max(len(chosen) - MOST_ROWS, 0)]))
    return tuple(score for score, _ in chosen if id(score) not in drop)


def bounds_table(found: Balance, wording: Wording) -> Table:
    """The bounds: what each keeps, how relevant it is, who pays and who is singled out."""
    heads = ("bound", "stored", "share", "worst", "lost", "known")
    return Table(
        heads=tuple(wording.say(f"column.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    wording.bound(score.bound, grain=True),
                    wording.part(score.stored),
                    wording.share(score.in_store or score.share),
                    wording.part(score.quarters[0]),
                    wording.part(score.lost),
                    wording.part(score.known[KNOWS]),
                ),
                marked=score == found.smallest,
            )
            for score in telling(found)
        ),
    )


def levels_table(found: Balance, scores: Sequence[LevelScore], wording: Wording) -> Table:
    """The levels with one size of basket."""
    heads = (
        wording.say("column.level"),
        wording.say("column.ndcg", k=found.k),
        wording.say("column.hit"),
        wording.say("column.right"),
    )
    rows = (
        (
            wording.phrases[f"level.{score.level.word}"],
            wording.scored(score.ndcg),
            wording.part(score.hit.mean),
            wording.ten(score.right),
        )
        for score in scores
    )
    return Table(heads=heads, rows=tuple(Row(cells=cells) for cells in rows))


def paying_table(score: BoundScore, wording: Wording) -> Table:
    """Who pays for a bound: what is left of the relevance, and who loses, by length of history."""
    return Table(
        heads=tuple(wording.say(f"column.{head}") for head in ("quarter", "share", "lost")),
        rows=tuple(
            Row(cells=(wording.say(f"quarter.{place}"), wording.part(left), wording.part(score.losers[place])))
            for place, left in enumerate(score.quarters)
        ),
    )


def telling_table(told: Telling, wording: Wording) -> Table:
    """Attribute by attribute: what they bring together, and how many people they tell from everybody else."""
    scores = [*told.steps, *([] if told.whole.attributes == tuple(sorted(told.smallest.attributes)) else [told.whole])]
    return Table(
        heads=tuple(wording.say(f"column.{head}") for head in ("told", "share", "unique")),
        rows=tuple(
            Row(
                cells=(
                    wording.named(score.attributes),
                    wording.share(score.share),
                    wording.part(score.unique, digits=1),
                ),
                marked=score is told.smallest,
            )
            for score in scores
        ),
    )


def methods_table(found: Balance, wording: Wording) -> Table:
    """Every method on everything kept, the best first."""
    ordered = sorted(found.strategies.items(), key=lambda pair: -pair[1].mean)
    return Table(
        heads=(wording.say("column.method"), wording.say("column.ndcg", k=found.k)),
        rows=tuple(Row(cells=(name, wording.scored(score))) for name, score in ordered),
    )


def since_table(since: Since, wording: Wording) -> Table:
    """Both sides since deployment, each with its interval and its people; of too few, nothing but that."""
    sides = (("personal", since.personal), ("control", since.control))
    return Table(
        heads=tuple(wording.say(f"column.{head}") for head in ("side", "chosen", "people")),
        rows=tuple(
            Row(
                cells=(
                    wording.say(f"since.{side}"),
                    wording.share(found, digits=1) if found else wording.say("since.unknown"),
                    str(found.people) if found else wording.say("since.under", enough=ENOUGH_PEOPLE),
                )
            )
            for side, found in sides
        ),
    )


def baskets(found: Balance) -> tuple[tuple[LevelScore, ...], ...]:
    """The levels, together by what was on the page."""
    sizes = dict.fromkeys(score.shown for score in found.levels)
    return tuple(tuple(score for score in found.levels if score.shown == size) for size in sizes)


def padded(table: Table) -> list[str]:
    """A table in columns of letters, for a terminal; the line that is marked bears a `*`."""
    lines = [table.heads, *(row.cells for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    marks = [False, *(row.marked for row in table.rows)]
    told = []
    for line, marked in zip(lines, marks, strict=True):
        first, *others = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        told.append("  ".join(["*" if marked else " ", line[0].ljust(len(first)), *others]))
    return told
