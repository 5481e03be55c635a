"""The receipt's text says in the person's language all that the law asks for, and nothing that is not so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.consent.receipt import human_text
from fiel.core.promise.usecase import Bound, Grain, LegalBasis, Level, Recipient, Rung, UseCase
from fiel.testing.builders import a_text, a_use_case
from tests.core.consent.receipts import chosen, noted, shown

RECIPIENT = Recipient(
    name="Correo S.L.", via="webhook:mail", fields=frozenset({"item"}), why=a_text("to send the letter"), country="FR"
)


def text(status: Status = Status.GIVEN, *, use_case: UseCase | None = None, level: Level | None = None) -> str:
    """The text about a use case of the shop, in Spanish."""
    seen = shown(use_case)
    return human_text(noted(chosen(seen, status, level=level)), seen)


def bounded(bound: Bound) -> str:
    """The line about purchases kept within a bound."""
    case = a_use_case()
    rungs = tuple(
        replace(rung, events=tuple(replace(need, bound=bound) for need in rung.events)) for rung in case.rungs
    )
    return next(line for line in text(use_case=replace(case, rungs=rungs)).split("\n") if line.startswith("- purchase"))


def test_a_yes_says_all_of_it() -> None:
    """What, whose word, when, why, gain, level, teaching, data, recipients, end, undoing, rights, authority, limits."""
    lines = text().split("\n")
    for said in (
        "Justificante de lo que elegiste",
        "Con Almacén Sur S.A., para esto: title of suggestions (es) (sales (es)).",
        "Qué consta: Has dicho que sí.",
        "Quién lo dice: tú, desde «preferences».",
        "Cuándo: 24 de noviembre de 2026, a las 12:00 (UTC).",
        "Por qué: why suggestions (es)",
        "Qué ganas tú: you see it first (es)",
        "Hasta dónde: Lo que haces aquí.",
        "Enseñar al modelo común con tus datos: sí, con 50 productos como mucho.",
        "Se mide si acierta: we count what helps (es)",
        "Qué datos se usan:",
        "- producto: lo que tienes delante en ese momento; no se guarda.",
        "- favourite_categories (es): nos lo dices tú.",
        "Si pasan 400 días sin actividad tuya, se borra todo lo de este uso.",
        "Para contar esos días, y para distinguir una visita de otra, se guarda el día de tu última actividad.",
        "No entra nada de lo que hiciste antes de elegir.",
        "Nadie más recibe estos datos.",
        "Tu permiso vale hasta el 23 de noviembre de 2028.",
        "Puedes retirar tu permiso cuando quieras en tu página de preferencias, sin dar explicaciones.",
        "Quién responde: Almacén Sur S.A., Calle Sur 1; privacidad@example.com.",
        "Si la respuesta no te convence, puedes reclamar ante la autoridad de protección de datos de tu país.",
    ):
        assert said in lines


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Enseñar al modelo común con tus datos: sí, con 1 producto como mucho."),
        ("en", "Teaching the shared model with your data: yes, with 1 product at most."),
    ],
)
def test_one_product_is_one(language: str, line: str) -> None:
    """A cap of one product is told in the singular, in both languages."""
    case = a_use_case()
    assert case.learn is not None
    seen = shown(replace(case, learn=replace(case.learn, cap=1)), language=language)
    assert line in human_text(noted(chosen(seen, language=language)), seen).split("\n")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "También enseña lo que nos contaste sobre: favourite_categories (es)."),
        ("en", "What you told us about this teaches too: favourite_categories (en)."),
    ],
)
def test_a_receipt_says_which_facts_teach(language: str, line: str) -> None:
    """What somebody told us that teaches is named, in both languages, and only where they let it be used."""
    case = a_use_case()
    assert case.learn is not None
    told = replace(case.learn, attributes=frozenset({"favourite_categories"}))
    seen = shown(replace(case, learn=told), language=language)
    assert line in human_text(noted(chosen(seen, language=language)), seen).split("\n")
    lower = chosen(seen, language=language, level=Level.CONTEXT)
    assert line not in human_text(noted(lower), seen).split("\n")


def test_a_yes_lists_no_data_beyond_its_level() -> None:
    """Data of a level that the person did not go to are not theirs to find on their receipt."""
    lower = text(level=Level.DECLARED)
    assert "favourite_categories" in lower
    assert "purchase" not in lower
    assert "Hasta dónde: Lo que nos dices." in lower


@pytest.mark.parametrize(
    "status", [status for status in Status if status not in {Status.GIVEN, Status.RESTRICTED, Status.BLOCKED}]
)
def test_whatever_is_no_yes_uses_no_data(status: Status) -> None:
    """A receipt of anything but a yes never says that data are used, kept or measured, nor until when."""
    said = text(status)
    assert "Datos que pedía este uso, y que no se usan:" in said
    assert "Qué datos se usan:" not in said
    assert "Tu permiso vale hasta" not in said
    assert "Se mide" not in said
    assert "sin actividad tuya" not in said
    assert "se guarda el día" not in said


@pytest.mark.parametrize("status", [Status.RESTRICTED, Status.BLOCKED])
def test_what_is_set_aside_is_not_called_used(status: Status) -> None:
    """Data under restriction or block are set aside: held, and not used."""
    assert "Datos de este uso que quedan apartados, como mucho:" in text(status)


def test_a_partial_objection_lists_what_is_left() -> None:
    """Who objected in part finds the data up to the level that is left, and that objecting goes on."""
    case = a_use_case(basis=LegalBasis.LEGITIMATE_INTEREST)
    entry = replace(chosen(shown(case), Status.OBJECTED), level=Level.DECLARED)
    said = human_text(noted(entry), shown(case))
    assert "Qué datos se usan:" in said
    assert "purchase" not in said
    assert "Puedes oponerte cuando quieras en tu página de preferencias." in said
    assert "retirar tu permiso" not in said


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (Attestation.PERSON, "tú, desde «preferences»."),
        (Attestation.CONTROLLER, "Almacén Sur S.A.; no consta que lo dijeras tú aquí."),
        (Attestation.IMPORT, "Almacén Sur S.A., que lo trajo de otro sistema suyo; no hay más prueba que su palabra."),
        (Attestation.MACHINE, "el programa, al cumplirse el plazo prometido."),
    ],
)
def test_nobody_is_made_to_say_what_another_said(by: Attestation, said: str) -> None:
    """The receipt says on whose word an entry stands, and only the person's own is called theirs."""
    seen = shown()
    whole = human_text(noted(replace(chosen(seen), attested_by=by)), seen)
    assert f"Quién lo dice: {said}" in whole.split("\n")


def test_recipients_are_named_with_country_and_reason() -> None:
    """Who else receives which data, where and why, stands in the text."""
    said = text(use_case=replace(a_use_case(), recipients=(RECIPIENT,)))
    assert "También lo recibe Correo S.L. (FR): producto. to send the letter (es)" in said
    assert "Nadie más" not in said


@pytest.mark.parametrize(
    ("bound", "kept"),
    [
        (Bound(), "mientras dure este uso; del momento queda solo el día."),
        (Bound(keep=5, grain=Grain.WEEK), "mientras dure este uso, solo lo último (como mucho 5); del momento"),
        (Bound(within=timedelta(days=1)), "durante 1 día; del momento"),
        (Bound(within=timedelta(hours=30)), "durante 2 días; del momento"),
        (
            Bound(within=timedelta(days=90), or_visits=2, keep=9),
            "durante 90 días o mientras sea de tus últimas visitas (las últimas: 2), solo lo último (como mucho 9);",
        ),
    ],
)
def test_every_bound_is_said(bound: Bound, kept: str) -> None:
    """How much of an event is kept is said whole, never shorter than it is, and how coarse its time is."""
    assert f"Se guarda {kept}" in bounded(bound)


def test_history_is_said_where_it_enters() -> None:
    """A use case that lets in what happened before the choice says so."""
    case = a_use_case()
    first, *others = case.rungs
    seen = replace(case, rungs=(replace(first, history=True), *others))
    assert "Puede entrar también lo que hiciste antes de elegir." in text(use_case=seen)


def test_words_that_are_no_longer_the_notice_say_so() -> None:
    """A receipt never passes today's words for those that a person was shown."""
    seen = shown()
    entry = chosen(seen)
    assert "palabras de hoy" not in human_text(noted(entry), seen)
    later = replace(seen, controller=replace(seen.controller, contact="dpd@example.com"))
    assert "palabras de hoy" in human_text(noted(entry), later)


def test_the_officer_is_named_where_there_is_one() -> None:
    """Where there is a data protection officer, the receipt says how to reach them."""
    seen = shown()
    seen = replace(seen, controller=replace(seen.controller, dpo="dpd@example.com"))
    assert "Delegado de protección de datos: dpd@example.com." in human_text(noted(chosen(seen)), seen)


def test_what_is_no_longer_declared_keeps_its_own_name() -> None:
    """Data that the dictionary has dropped since are called by their names, so an old receipt can still be made."""
    seen = replace(shown(), attributes={}, events={})
    said = human_text(noted(chosen(seen)), seen)
    assert "- favourite_categories: nos lo dices tú." in said
    assert "- purchase (producto):" in said


def test_a_use_case_without_data_says_none() -> None:
    """Where nothing is used, the receipt says so instead of leaving a heading bare."""
    case = replace(a_use_case(), rungs=(Rung(level=Level.DECLARED, strategy="rules"),))
    assert "Qué datos se usan:\nNinguno." in text(use_case=case, level=Level.DECLARED)


def test_braces_in_a_promise_are_only_text() -> None:
    """What a promise says is filled in and never itself filled: braces in it have no meaning."""
    case = replace(a_use_case(), title={"es": "{status} {0}", "en": "{status}"})
    assert "para esto: {status} {0} (" in text(use_case=case)


def test_the_text_speaks_english_too() -> None:
    """The language of the entry is the language of the whole receipt."""
    seen = shown(language="en")
    said = human_text(noted(chosen(seen, language="en")), seen)
    assert "When: 24 November 2026, at 12:00 (UTC)." in said
    assert "(es)" not in said
