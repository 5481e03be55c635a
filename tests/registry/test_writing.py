"""What is written of a use case is read as that use case, in every part."""

from dataclasses import replace
from datetime import timedelta
from importlib.resources import as_file, files

from hypothesis import given
from hypothesis import strategies as st

from fiel.core.promise.usecase import Attention, LegalBasis, Level, Mode, UseCase
from fiel.core.text import Text
from fiel.registry import read_promise, read_texts, write_use_case
from tests.core import drawn
from tests.registry.sound import COMPANY, FILE, USE_CASE

sentences = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).map(str.strip).filter(bool)
texts: st.SearchStrategy[Text] = st.fixed_dictionaries({"es": sentences, "en": sentences})
paces = st.sampled_from((1, 7, 30)).map(lambda number: timedelta(days=number))
attentions = st.builds(
    Attention, at_most=st.integers(1, 9), period=paces, min_relevance=st.sampled_from((0.0, 0.05, 0.3))
)


def read(text: str) -> UseCase:
    """The use case that a text says, whether or not it leads somewhere."""
    reading = read_texts({FILE: COMPANY, USE_CASE: text})
    case = next(iter(reading.unjudged.use_cases.values()))
    return case


@given(drawn.use_cases(), texts, attentions)
def test_what_is_written_is_read_as_it_was(case: UseCase, words: Text, attention: Attention) -> None:
    """Levels, bounds, recipients and sentences of any shape come back as they were."""
    whole = replace(
        case,
        title=words,
        why=words,
        attention=attention,
        explicit=case.heeds_gpc,
        mode=Mode.OBSERVE if case.heeds_gpc else Mode.ENFORCE,
        compatible_with=("a" * 64,),
    )
    assert read(write_use_case(whole)) == whole


@given(drawn.use_cases(basis=LegalBasis.LEGITIMATE_INTEREST), texts)
def test_another_basis_is_read_as_it_was(case: UseCase, words: Text) -> None:
    """Where nobody is asked, no length of a consent is written, and the balancing is."""
    whole = replace(case, balancing=words, without_choice=Level.CONTEXT)
    lasting = read("consent_lasts: 24 months\n" + write_use_case(whole)).consent_lasts
    assert read(write_use_case(whole)) == replace(whole, consent_lasts=lasting)


def test_the_shop_written_anew_promises_the_same() -> None:
    """Every use case of the demo's promise is read back from what is written of it, without a finding."""
    with as_file(files("fiel.demo") / "promise") as folder:
        reading = read_promise(folder)
    assert reading.promise is not None
    written = {f"use_cases/{name}.yaml": write_use_case(case) for name, case in reading.promise.use_cases.items()}
    again = read_texts({FILE: reading.sources[FILE], **written})
    assert again.findings == ()
    assert again.promise == reading.promise
