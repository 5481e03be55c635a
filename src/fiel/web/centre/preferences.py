"""`/preferences`: one card a use case, one row of equal buttons a card; what was pressed is stated as it is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from fiel.core.errors import Conflict, Malformed
from fiel.core.promise.usecase import LegalBasis
from fiel.operations.choose import Chosen
from fiel.operations.show import Stand, show_choices
from fiel.web.centre.acts import NO, Pressing, press, said_no
from fiel.web.centre.areas import Shelved, areas_of, is_undecided
from fiel.web.centre.cards import Card
from fiel.web.centre.visits import Room, Visit, back, page
from fiel.web.signals import signals_of

STALE: Final = "stale"
"""What is told where nothing was recorded, because the page was no longer true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a button in one use case: its entry and what followed, or that nothing was recorded."""

    position: int | None
    effects: tuple[str, ...]


def show(visit: Visit) -> Response:
    """All areas with their cards, and in those just pressed what was recorded."""
    telling, signals = visit.telling, signals_of(visit.request)
    areas = areas_of(telling, visit.who, signals=signals)
    done = done_of(visit.done())
    cards = [card for area in areas for card in area.all]
    return page(
        visit,
        "preferences.html",
        here="preferences",
        areas=areas,
        done={card.use_case: done[card.use_case] for card in cards if _is_stated(card, done.get(card.use_case))},
        nothing_done=visit.done() == [],
        signalled=_signalled(areas) if signals else None,
        asked=False,
        erased=any(card.seen == "erased" for card in cards),
    )


def choose(visit: Visit) -> Response:
    """Do what a button of a card says, and go back to that card."""
    done = _pressed(visit, visit.form)
    if visit.form.get("from") == "ask":
        return back(visit, f"/ask/{done[0]}", [done])
    return back(visit, "/preferences", [done], anchor=f"card-{done[0]}")


def choose_area(visit: Visit) -> Response:
    """Do what one of the two wide buttons of an area says: no to everything, or the least where nothing was said."""
    area, wanted = visit.form.get("area", ""), visit.form.get("wide", "")
    stands = [stand for stand in show_choices(visit.house, visit.who) if stand.use_case.area == area]
    if wanted not in {"nothing", "least"} or not stands:
        raise Malformed("the form names no area, or not what is to become of it")
    outcome = [_pressed(visit, form) for form in _wide(stands, wanted=wanted, form=visit.form)]
    return back(visit, "/preferences", outcome, anchor=f"area-{area}")


def _wide(stands: list[Stand], *, wanted: str, form: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The forms of the single buttons that a wide one presses; a refusal is never undone by one."""
    for stand in stands:
        case = stand.use_case
        if wanted == "nothing" and not said_no(stand):
            yield {"use_case": case.id, "choice": NO}
        elif wanted == "least" and case.basis is LegalBasis.CONSENT and is_undecided(stand):
            fields = {name: form.get(f"{name}.{case.id}", "") for name in ("notice", "seen")}
            yield {"use_case": case.id, "choice": case.levels[0].word, **fields}


def _pressed(visit: Visit, form: Mapping[str, str]) -> list[object]:
    name = form.get("use_case", "")
    pressing = Pressing(who=visit.who, interface=visit.interface, language=visit.language)
    try:
        return _recorded(name, press(visit.house, pressing, form))
    except Conflict:
        return [name, STALE]


def _recorded(name: str, chosen: Chosen) -> list[object]:
    return [name, chosen.recorded.position, list(chosen.effects)]


def done_of(told: object) -> dict[str, Done]:
    """What was done, by use case, from what this session itself was told."""
    found: dict[str, Done] = {}
    for each in told if isinstance(told, list) else []:
        match each:
            case [str() as name, int() as position, list() as effects]:
                found[name] = Done(position=position, effects=tuple(map(str, effects)))
            case [str() as name, "stale"]:
                found[name] = Done(position=None, effects=())
            case _:
                continue
    return found


def _is_stated(card: Card, done: Done | None) -> bool:
    """Whether what was done is still what stands: the page states what is stored, never what was asked for."""
    return done is not None and (done.position is None or done.position == card.position)


def _signalled(areas: tuple[Shelved, ...]) -> list[str]:
    return [card.title for area in areas for card in area.all if card.signalled]


ROOMS = (
    Room(method="GET", path="/preferences", act=show),
    Room(method="POST", path="/preferences/choose", act=choose),
    Room(method="POST", path="/preferences/area", act=choose_area),
)
