"""Examples: somebody is made up of the catalogue, the same each time, and tried out at every level."""

from datetime import date

from fiel.core.ids import ItemId
from fiel.core.items import Item, Withheld
from fiel.core.promise.usecase import Level
from fiel.operations.sample import Invented, Showcase, held_by, invent
from tests.laws.world import CARD, PICKS, SECRET, a_promise, card, picks
from tests.web.serving import open_doors

SHELF = {
    ItemId(name): Item(id=ItemId(name), title={"en": name}, groups=frozenset({group}))
    for name, group in (
        ("top", "first"), ("cup", "table"), ("bag", "bags"), ("jug", "table"), ("purse", "bags"), ("lamp", "light"),
        ("plate", "table"),
    )
}  # fmt: skip
TODAY = date(2026, 3, 31)


def test_tastes_are_told_apart() -> None:
    """What they look at, like and did are of different groups, and not of the group of what everybody chooses."""
    person = invent(SHELF, list(SHELF), withheld=Withheld())
    assert person == Invented(looks_at=ItemId("cup"), likes="bags", did=(ItemId("lamp"),))


def test_nothing_withheld_is_made_up() -> None:
    """An item of a sensitive group is no part of them, however many chose it."""
    withheld = Withheld(groups=frozenset({"table"}), items=SHELF)
    person = invent(SHELF, list(SHELF), withheld=withheld)
    assert person.looks_at not in withheld
    assert not [item for item in person.did if item in withheld]
    assert person.likes != "table"


def test_an_empty_catalogue_makes_nobody() -> None:
    """There is nothing to make anybody of, and nothing breaks."""
    assert invent({}, [], withheld=Withheld()) == Invented()


def test_no_more_is_held_of_them_than_is_declared() -> None:
    """The invented compartment has the declared attributes and properties, at the declared grain, and no others."""
    person = Invented(looks_at=ItemId("cup"), likes="cup", did=(ItemId("lamp"), ItemId("bag")))
    held = held_by(person, picks("base"), promise=a_promise("base"), today=TODAY)
    assert set(held.facts) == {"tastes"}
    assert {(event.name, event.on.day, *event.properties) for event in held.events} == {("purchase", 1, "item")}
    assert held_by(person, card(), promise=a_promise("base"), today=TODAY).facts == {}


def test_an_example_has_a_shelf_for_each_level_and_is_made_once() -> None:
    """The no and every level, none claiming to have gone further than it was let, and the second is the first."""
    doors = open_doors()
    showcase = Showcase(doors.house)
    with doors.house.store.read() as tx:
        published = doors.house.shelf.now(tx)
    for name, levels in ((PICKS, [0, 1, 2, 4]), (CARD, [0, 4])):
        example = showcase.example(published, name)
        assert [rack.level for rack in example.racks] == [Level(level) for level in levels]
        assert all(rack.reached <= rack.level for rack in example.racks)
        assert example.person.looks_at != SECRET
        assert showcase.example(published, name) is example
