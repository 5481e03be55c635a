"""What a store must hold, held against the model: the machine asks after every step, the killer after every kill."""

import math
from collections import Counter
from itertools import combinations_with_replacement

from fiel.core.consent.choice import Attestation, fold
from fiel.operations.house import House
from fiel.operations.show import show_choices, show_data
from fiel.operations.weigh import meet_person
from fiel.ports import Seals
from tests.laws.model import Model
from tests.laws.world import CARD, PEOPLE, PICKS


def audit(house: House, seals: Seals, model: Model) -> None:
    """Raise AssertionError for the first thing that is not as the model says."""
    standings_are_the_fold(house, model)
    compartments_are_the_models(house, model)
    totals_are_the_sum(house, model)
    keys_are_those_in_use(seals, model)


def standings_are_the_fold(house: House, model: Model) -> None:
    """What the store says of somebody is what their entries add up to, and what the model says."""
    for who in PEOPLE:
        for stand in show_choices(house, who):
            name, standing = stand.use_case.id, stand.standing
            expected = model.stand(who, name)
            assert (standing.status.value, standing.level.word) == (expected.status, expected.level)
            assert (standing.contributes, standing.at, standing.since) == (
                expected.teaches,
                expected.at,
                expected.since,
            )
            assert stand.reason == model.verdict(who, name, house.clock.now())
            with house.store.read() as tx:
                person = meet_person(house, tx, who)
                tag = house.names.tag(person.sid, name)
                entries = tx.choices.of(person.lookup, tag) if person.identity else ()
            assert fold((each.position, each.entry) for each in entries) == standing


def compartments_are_the_models(house: House, model: Model) -> None:
    """What is held is what the model holds, and nothing else; what is undeclared is nowhere."""
    for who in PEOPLE:
        held = {each.use_case: each.held for each in show_data(house, who, by=Attestation.PERSON)}
        assert held.keys() == {name for name in (PICKS, CARD) if model.stand(who, name).held is not None}
        for name, compartment in held.items():
            expected = model.stand(who, name).held
            assert compartment is not None
            assert expected is not None
            bought = [(each.properties["item"], "quantity" in each.properties) for each in compartment.events]
            assert Counter(bought) == Counter((each.item, each.quantity) for each in expected.bought)
            assert {key for each in compartment.events for key in each.properties} <= {"item", "quantity"}
            assert compartment.facts.keys() == ({"tastes"} if expected.tastes else set())
            assert set(compartment.contributed.items) == expected.taught


def totals_are_the_sum(house: House, model: Model) -> None:
    """What was learnt is the sum over those who teach now: nobody who left is in it, nobody is in it twice."""
    people, pairs = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for (_, name), stand in model.stands.items():
        taught = sorted(stand.held.taught) if stand.held and name == PICKS else []
        people.update((item, "") for item in taught)
        weight = round(1_000 / math.sqrt(len(taught))) if taught else 0
        pairs.update(dict.fromkeys(combinations_with_replacement(taught, 2), weight))
    with house.store.read() as tx:
        assert dict(tx.totals.total(PICKS, "popular")) == dict(people)
        assert dict(tx.totals.total(PICKS, "similar_items")) == dict(pairs)


def keys_are_those_in_use(seals: Seals, model: Model) -> None:
    """There is a key for each person known and each compartment, and none besides: nothing destroyed comes back."""
    held = [stand for stand in model.stands.values() if stand.held is not None]
    assert len(seals.occupied()) == len(model.known) + len(held)
