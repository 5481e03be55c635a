"""The page of attempts to cheat: its forms, and what the program answered to the one that was sent."""

from collections.abc import Mapping

from fiel.core.errors import Malformed
from fiel.core.ids import UseCaseId
from fiel.demo.cheats import GateAnswer, NeedleAnswer, attack_gate, attack_needle, refused_uses
from fiel.demo.forgery import LedgerAnswer, attack_ledger
from fiel.demo.greedy import judge_greed
from fiel.demo.rendering import Shop
from fiel.demo.shelves import Telling
from fiel.demo.telling import character_of


def attempts(telling: Telling, shop: Shop, form: Mapping[str, str]) -> dict[str, object]:
    """What the page shows: every form, the answer to the one in `form`, and the greedy promise's findings."""
    gate: GateAnswer | None = None
    needle: NeedleAnswer | None = None
    ledger: LedgerAnswer | None = None
    match form.get("attack"):
        case None if not form:
            pass
        case "gate":
            gate = attack_gate(telling, shop.settings.data.parent, value=form.get("value", ""))
        case "needle":
            who, _, use_case = form.get("use", "").partition(":")
            if UseCaseId(use_case) not in telling.published.promise.use_cases:
                raise Malformed("the form names no use case of this shop")
            needle = attack_needle(telling, character_of(who), UseCaseId(use_case))
        case "ledger":
            ledger = attack_ledger(telling.house, shop.settings)
        case _:
            raise Malformed("the form names no attack")
    cases = telling.published.promise.use_cases
    return {
        "gate": gate,
        "needle": needle,
        "ledger": ledger,
        "asked": form.get("use", ""),
        "uses": [
            (f"{character.key}:{use_case}", f"{character.name}: {cases[use_case].title[telling.language]}")
            for character, use_case in refused_uses(telling)
        ],
        "greed": judge_greed(),
        "drops": {key.removeprefix("drop."): text for key, text in _drops(telling)},
    }


def _drops(telling: Telling) -> list[tuple[str, str]]:
    phrases = telling.house.phrases[telling.language]
    return [(key, text) for key, text in phrases.items() if key.startswith("drop.")]
