"""The page of the laws, drawn from the laws themselves: `python -m tests.docs.laws` writes it in both languages."""

from collections.abc import Iterator
from typing import Final

from fiel.bootstrap import load_laws
from fiel.core.deadline import Term, Unit
from fiel.core.law import Cited, Confidence, Jurisdiction, Mode, Reply, Right
from tests.docs.pages import DOCS

WORDS: Final[dict[str, dict[object, str]]] = {
    "en": {
        "head": """# Laws

Which figures Fiel takes from which law. It is no advice: each figure cites its article in `fiel/jurisdictions/`, with
how sure it is, and what nobody has verified is left open for a person to decide.

A promise names the law of the controller (`jurisdiction`). Another one is added by one file and one entry point of the
group `fiel.jurisdictions`; `fiel.testing.jurisdictions` tests it.

Days are counted from the day after the one of receipt, where the law holds, with its public holidays; with `+` comes
what one extension adds, with `→` the time to carry out what was granted. A star marks a figure from one source only,
two stars one from a weak source.

## Time to answer

| code | see | take along | correct | erase | restrict | object | review |
|---|---|---|---|---|---|---|---|
""",
        "more": """
## What else differs

| code | law | without a choice | age | special categories | advertising | set aside first | months unasked |
|---|---|---|---|---|---|---|---|
""",
        "open": "–", "yes": "yes", "no": "no", Mode.OPT_IN: "no", Mode.OPT_OUT: "until a no",
        Unit.DAYS: "d", Unit.WORKING_DAYS: "wd", Unit.MONTHS: "m",
        "foot": "\n`d` are calendar days, `wd` working days, `m` months. Ages are those from which somebody\n"
        "decides alone. Fiel itself always asks first, whatever a law allows.\n",
    },
    "es": {
        "head": """# Leyes

Qué cifras toma Fiel de qué ley. No es asesoramiento: cada cifra cita su artículo en `fiel/jurisdictions/`, con cuánta
seguridad se sabe, y lo que nadie ha comprobado queda abierto para que lo decida una persona.

Una promesa nombra la ley del responsable (`jurisdiction`). Otra se añade con un archivo y un punto de entrada del grupo
`fiel.jurisdictions`; `fiel.testing.jurisdictions` la prueba.

Los días se cuentan desde el siguiente al de la recepción, donde rige la ley, con sus festivos; con `+` va lo que añade
una prórroga, con `→` el tiempo para cumplir lo concedido. Una estrella marca una cifra de una sola fuente; dos, una de
fuente débil.

## Tiempo para responder

| code | ver | llevar | corregir | borrar | limitar | oponerse | revisar |
|---|---|---|---|---|---|---|---|
""",
        "more": """
## Qué más cambia

| code | ley | sin elegir | edad | cat. especiales | publicidad | se bloquea antes | meses sin preguntar |
|---|---|---|---|---|---|---|---|
""",
        "open": "–", "yes": "sí", "no": "no", Mode.OPT_IN: "no", Mode.OPT_OUT: "hasta un no",
        Unit.DAYS: "d", Unit.WORKING_DAYS: "wd", Unit.MONTHS: "m",
        "foot": "\n`d` son días naturales, `wd` hábiles, `m` meses. Las edades son aquellas desde las que se\n"
        "decide a solas. Fiel siempre pregunta antes, permita lo que permita una ley.\n",
    },
}  # fmt: skip
STARS: Final = {Confidence.HIGH: "", Confidence.MEDIUM: " *", Confidence.LOW: " **", Confidence.UNREAD: ""}


def drawn(language: str) -> str:
    """The page in a language."""
    words, laws = WORDS[language], load_laws().values()
    rows = "".join(f"| `{law.code}` | {' | '.join(_replies(law, words))} |\n" for law in laws)
    more = "".join(f"| `{law.code}` | {' | '.join(_others(law, words, language))} |\n" for law in laws)
    return f"{words['head']}{rows}{words['more']}{more}{words['foot']}"


def _replies(law: Jurisdiction, words: dict[object, str]) -> Iterator[str]:
    for right in (
        Right.ACCESS, Right.PORTABILITY, Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION, Right.OBJECTION,
        Right.REVIEW,
    ):  # fmt: skip
        cited = law.replies[right]
        yield _reply(cited.value, words) + STARS[cited.confidence] if cited.value else words["open"]


def _reply(reply: Reply, words: dict[object, str]) -> str:
    said = _term(reply.within, words)
    if reply.extension:
        said += f" + {_term(reply.extension, words)}"
    return said + (f" → {_term(reply.then, words)}" if reply.then else "")


def _term(term: Term, words: dict[object, str]) -> str:
    return f"{term.amount} {words[term.unit]}"


def _others(law: Jurisdiction, words: dict[object, str], language: str) -> Iterator[str]:
    yield law.name[language]
    yield words[law.mode.value] + STARS[law.mode.confidence]
    yield from (_number(age, words) for age in (law.ages.consent, law.ages.sensitive, law.ages.advertising))
    yield words["yes" if law.blocks.value else "no"] + STARS[law.blocks.confidence]
    yield _number(law.asks_again, words)


def _number(cited: Cited[int | None], words: dict[object, str]) -> str:
    return words["open"] if cited.value is None else f"{cited.value}{STARS[cited.confidence]}"


if __name__ == "__main__":
    for each in WORDS:
        (DOCS / "reference" / f"laws.{each}.md").write_text(drawn(each), encoding="utf-8")
