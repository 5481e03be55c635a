"""What a button of the demo's page asks for. The person is taken to sit in front of the page, so they attest it."""

from collections.abc import Mapping
from typing import Final

from fiel.core.errors import Malformed
from fiel.core.ids import UseCaseId
from fiel.demo.people import Character
from fiel.operations.choose import Chosen
from fiel.operations.house import House
from fiel.operations.switch import Switch, Topics, switch
from fiel.web.centre import acts

INTERFACE: Final = "/demo"
"""Where choices of the demo are made, as the receipt names it."""


def press(house: House, character: Character, form: Mapping[str, str], *, language: str) -> Chosen:
    """Do what a button says, as one of the preference centre would."""
    pressing = acts.Pressing(who=character.identifier, interface=INTERFACE, language=language)
    return acts.press(house, pressing, form)


def switch_topic(house: House, character: Character, form: Mapping[str, str]) -> Topics:
    """Switch a topic off, or on again, as a button says; raises `Malformed` for a form that no page made."""
    if form.get("off") not in {"yes", "no"} or not form.get("topic"):
        raise Malformed("the form names no topic, or not what is to become of it")
    wanted = Switch(use_case=UseCaseId(form.get("use_case", "")), topic=form["topic"], off=form["off"] == "yes")
    return switch(house, character.identifier, wanted).result()
