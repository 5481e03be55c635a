"""What is written of a use case is read as that use case, in every part."""

import re
from dataclasses import replace
from datetime import timedelta
from importlib.resources import as_file, files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiel.core.promise.usecase import Attention, EventNeed, LegalBasis, Level, Mode, UseCase
from fiel.core.text import Text
from fiel.registry import read_promise, read_texts, write_use_case
from fiel.registry.clause import Clause
from fiel.registry.notes import Notes
from fiel.registry.source import parse
from fiel.registry.uses import CONSENT_LASTS, read_use_case
from fiel.testing.builders import a_use_case
from tests.core import drawn
from tests.registry.sound import FILE, USE_CASE

sentences = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).map(str.strip).filter(bool)
texts: st.SearchStrategy[Text] = st.fixed_dictionaries({"es": sentences, "en": sentences})
paces = st.sampled_from((1, 7, 30)).map(lambda number: timedelta(days=number))
attentions = st.builds(
    Attention, at_most=st.integers(1, 9), period=paces, min_relevance=st.sampled_from((0.0, 0.05, 0.3))
)


def sayable(case: UseCase) -> UseCase:
    """The same as a file can say it: the last visits and all besides is no bound, so the visits are all it says."""
    return replace(case, rungs=tuple(replace(rung, events=tuple(map(_said, rung.events))) for rung in case.rungs))


def _said(need: EventNeed) -> EventNeed:
    bound = need.bound
    endless = bool(bound.or_visits) and bound.within is None
    return replace(need, bound=replace(bound, within=timedelta(0))) if endless else need


def read(text: str) -> UseCase:
    """The use case that a text says, whether or not its names lead somewhere; all of it can be read."""
    node, findings = parse(USE_CASE, text)
    assert node is not None
    notes = Notes()
    case = read_use_case(Clause(node=node, where=("use_cases", "suggestions"), notes=notes))
    assert [*findings, *notes.findings] == []
    return case


@settings(max_examples=60)
@given(drawn.use_cases(), texts, attentions)
def test_what_is_written_is_read_as_it_was(case: UseCase, words: Text, attention: Attention) -> None:
    """Levels, bounds, recipients and sentences of any shape come back as they were."""
    whole = replace(
        sayable(case),
        title=words,
        why=words,
        attention=attention,
        explicit=case.heeds_gpc,
        mode=Mode.OBSERVE if case.heeds_gpc else Mode.ENFORCE,
        compatible_with=("a" * 64,),
    )
    assert read(write_use_case(whole)) == whole


@settings(max_examples=60)
@given(drawn.use_cases(basis=LegalBasis.LEGITIMATE_INTEREST), texts)
def test_another_basis_is_read_as_it_was(case: UseCase, words: Text) -> None:
    """Where nobody is asked, no length of a consent is written, and the balancing is."""
    whole = replace(sayable(case), balancing=words, without_choice=Level.CONTEXT)
    assert read(write_use_case(whole)) == replace(whole, consent_lasts=CONSENT_LASTS)


def test_the_shop_written_anew_promises_the_same() -> None:
    """Every use case of the demo's promise is read back from what is written of it, without a finding."""
    with as_file(files("fiel.demo") / "promise") as folder:
        reading = read_promise(folder)
    assert reading.promise is not None
    written = {f"use_cases/{name}.yaml": write_use_case(case) for name, case in reading.promise.use_cases.items()}
    again = read_texts({FILE: reading.sources[FILE], **written})
    assert again.findings == ()
    assert again.promise == reading.promise


@pytest.mark.parametrize("languages", [("es", "en"), ("en", "es"), ("fr", "en")])
def test_sentences_stand_in_the_order_of_the_promise(languages: tuple[str, ...]) -> None:
    """Whoever writes in Spanish first finds Spanish first, and nothing but the order is another."""
    case = a_use_case()
    text = write_use_case(case, languages=languages)
    spoken = re.findall(r"^ +(es|en): ", text, re.MULTILINE)
    first = next(each for each in languages if each != "fr")
    assert set(spoken[::2]) == {first}
    assert read(text) == read(write_use_case(case))
