"""A small promise without a finding, what strategies read and which laws are known: what the examples depart from."""

from dataclasses import replace

from fiel.core.law import Cited, Jurisdiction, Signal
from fiel.core.promise.lint.grounds import Appetite as Reads
from fiel.testing.builders import a_law

COMPANY = """\
controller: {name: La Tienda, contact: privacidad@tienda.example, address: Calle Mayor 1}
jurisdiction: eu
languages: [es, en]
areas:
  sales:   {title: {es: Ventas, en: Sales}}
  service: {title: {es: Ayuda, en: Help}}
attributes:
  likes:
    {type: [string], category: pd:Preference, source: declared, title: {es: Tus gustos, en: Your likes}}
  income:
    {type: number, category: pd:Income, source: acquired, title: {es: Tus ingresos, en: Your income}}
  faith:
    {type: string, category: pd:Religion, source: declared, title: {es: Tu religión, en: Your religion}}
events:
  purchase:
    properties: {item: {type: string}, quantity: {type: integer}}
    category: pd:Purchase
    title: {es: Tus compras, en: Your purchases}
  visit:
    properties: {item: {type: string}}
    category: pd:Health
    title: {es: Tus visitas a la farmacia, en: Your visits to the pharmacy}
items: {sensitive: [alcohol, health]}
"""

OFFERS = """\
use_case: offers
area: sales
purpose: dpv:ProvideProductRecommendations
basis: consent
title: {es: Elegir ofertas para ti, en: Choose offers for you}
why: {es: Ponemos primero lo que te interesa., en: We put first what interests you.}
benefit:
  person: {es: Ves antes lo que buscas., en: You see sooner what you look for.}
  company: {es: Vendemos más., en: We sell more.}
strategy: similar_items
levels:
  context: {context: [item]}
  declared: {strategy: rules, attributes: [likes]}
  observed:
    events:
      purchase:
        properties: [item]
        within: 90d
        why: {es: Muestran qué va contigo., en: They show what goes with you.}
retention: 400d
consent_lasts: 24 months
"""

FILE = "fiel.yaml"
USE_CASE = "use_cases/offers.yaml"
SOUND: dict[str, str] = {FILE: COMPANY, USE_CASE: OFFERS}


READS = {
    "popular": Reads(),
    "rules": Reads(attributes=True),
    "buy_again": Reads(properties=frozenset({"item"})),
    "similar_items": Reads(context=frozenset({"item"}), properties=frozenset({"item"})),
    "facts": Reads(attributes=True, properties=frozenset({"*"}), infers=False),
    "blend": Reads(context=frozenset({"item"}), properties=frozenset({"item"})),
    "by_taste": Reads(attributes=True, lessons=True),
    "by_pieces": Reads(properties=frozenset({"item", "quantity"})),
}


def _law(code: str, honours: frozenset[Signal]) -> Jurisdiction:
    return replace(
        a_law(code),
        name={"es": code, "en": code},
        dpv=f"loc:{code.upper()}",
        authority={"es": "La autoridad", "en": "The authority"},
        honours=Cited(honours, "sec. 7025"),
    )


LAWS = {"eu": _law("eu", frozenset()), "us-ca": _law("us-ca", frozenset({Signal.GPC}))}


def edited(*changes: tuple[str, str], file: str = USE_CASE) -> dict[str, str]:
    """The sound promise with pieces of one file replaced; a piece that is not there is an error in the test."""
    text = SOUND[file]
    for old, new in changes:
        if old not in text:
            raise ValueError(old)
        text = text.replace(old, new, 1)
    return SOUND | {file: text}


def added(text: str, *, file: str = USE_CASE) -> dict[str, str]:
    """The sound promise with lines at the end of one file."""
    return SOUND | {file: SOUND[file] + text}
