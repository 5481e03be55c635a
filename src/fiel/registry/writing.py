"""A use case as the file that says exactly it: where an edit begins of what is published and has no file at hand.

Comments and the author's own layout are not in what was published, so they are not here either. What is read of the
written text is the use case again, in every part (`tests/registry/test_writing.py`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from fiel.core.promise.usecase import (
    Attention,
    Benefit,
    EventNeed,
    Grain,
    Learning,
    LegalBasis,
    Level,
    Measuring,
    Mode,
    Recipient,
    Rung,
    UseCase,
)
from fiel.core.text import Text

_PLAIN: Final = re.compile(r"[^\W\d_][\w .,;()/¿?!'-]*")
_WORDS_OF_YAML: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_PERIODS: Final = {
    timedelta(hours=1): "hour",
    timedelta(days=1): "day",
    timedelta(days=7): "week",
    timedelta(days=30): "month",
}
_STEP: Final = "  "

Lines = Iterator[str]


def write_use_case(case: UseCase, *, languages: Sequence[str] = ()) -> str:
    """The text of `use_cases/NAME.yaml`, in the order in which the reference explains it.

    `languages`: in which order the sentences stand; those that are not named follow.
    """
    return "\n".join(_whole(_in_order(case, languages))) + "\n"


def _in_order(case: UseCase, languages: Sequence[str]) -> UseCase:
    """The same use case, its sentences in that order."""

    def ordered(text: Text) -> Text:
        return {language: text[language] for language in (*languages, *text) if language in text}

    def rung(each: Rung) -> Rung:
        return replace(each, events=tuple(replace(need, why=ordered(need.why)) for need in each.events))

    return replace(
        case,
        title=ordered(case.title),
        why=ordered(case.why),
        benefit=Benefit(person=ordered(case.benefit.person), company=ordered(case.benefit.company)),
        balancing=ordered(case.balancing) if case.balancing else None,
        rungs=tuple(map(rung, case.rungs)),
        learn=case.learn and replace(case.learn, why=ordered(case.learn.why)),
        measure=case.measure and replace(case.measure, why=ordered(case.measure.why)),
        recipients=tuple(replace(each, why=ordered(each.why)) for each in case.recipients),
    )


def _whole(case: UseCase) -> Lines:
    yield from (f"use_case: {case.id}", f"area: {case.area}", f"purpose: {_word(case.purpose)}")
    yield from (f"basis: {case.basis.value}", *(["explicit: true"] if case.explicit else []), "")
    yield from _text("title", case.title)
    yield from _text("why", case.why)
    yield "benefit:"
    yield from _in(_text("person", case.benefit.person))
    yield from _in(_text("company", case.benefit.company))
    yield from _text("balancing", case.balancing) if case.balancing else ()
    yield from ("", "levels:")
    for rung in case.rungs:
        yield from _in(_rung(rung))
    yield from _learning(case.learn) if case.learn else ()
    yield from _measuring(case.measure) if case.measure else ()
    yield from ("", f"retention: {_days(case.retention)}")
    if case.basis is LegalBasis.CONSENT:
        yield f"consent_lasts: {_days(case.consent_lasts)}"
    yield from _rest(case)


def _rest(case: UseCase) -> Lines:
    """What most use cases leave as it is where nothing is said."""
    if case.without_choice is not Level.NONE:
        yield f"without_choice: {case.without_choice.word}"
    yield from _attention(case.attention)
    if case.recipients:
        yield "recipients:"
        for recipient in case.recipients:
            yield from _in(_recipient(recipient))
    if case.infers_from:
        yield f"infers_from: {_list(sorted(case.infers_from))}"
    if not case.heeds_gpc:
        yield "signals: {gpc: ignore}"
    if case.compatible_with:
        yield f"compatible_with: {_list(case.compatible_with)}"
    if case.mode is not Mode.ENFORCE:
        yield f"mode: {case.mode.value}"


def _rung(rung: Rung) -> Lines:
    yield f"{rung.level.word}:"
    yield from _in([f"strategy: {_word(rung.strategy)}"])
    if rung.context:
        yield from _in([f"context: {_list(sorted(rung.context))}"])
    if rung.attributes:
        yield from _in([f"attributes: {_list(sorted(rung.attributes))}"])
    if rung.events:
        yield from _in(["events:"])
        for need in rung.events:
            yield from _in(_in(_need(need)))
    if rung.history:
        yield from _in(["history: true"])


def _need(need: EventNeed) -> Lines:
    bound = need.bound
    yield f"{_word(need.event)}:"
    yield from _in([f"properties: {_list(sorted(need.properties))}"])
    if bound.within:
        yield from _in([f"within: {_days(bound.within)}"])
    if bound.or_visits:
        yield from _in([f"or_visits: {bound.or_visits}"])
    if bound.keep is not None:
        yield from _in([f"keep: {bound.keep}"])
    if bound.grain is not Grain.DAY:
        yield from _in([f"time: {bound.grain.value}"])
    yield from _in(_text("why", need.why))


def _learning(learn: Learning) -> Lines:
    yield from ("", "learn:", *_in(_text("why", learn.why)), f"{_STEP}cap: {learn.cap}")
    if learn.within is not None:
        yield f"{_STEP}within: {_days(learn.within)}"
    if learn.attributes:
        yield f"{_STEP}attributes: {_list(sorted(learn.attributes))}"


def _measuring(measure: Measuring) -> Lines:
    yield from ("", "measure:", *_in(_text("why", measure.why)))
    if measure.control:
        yield f"{_STEP}control: {measure.control!r}"


def _attention(attention: Attention) -> Lines:
    parts = []
    if attention.at_most is not None:
        parts.append(f"at_most: {attention.at_most} per {_PERIODS[attention.period]}")
    if attention.min_relevance:
        parts.append(f"min_relevance: {attention.min_relevance!r}")
    if parts:
        yield f"attention: {{{', '.join(parts)}}}"


def _recipient(recipient: Recipient) -> Lines:
    yield f"- name: {_word(recipient.name)}"
    yield from _in([f"via: {_word(recipient.via)}"])
    if recipient.fields:
        yield from _in([f"fields: {_list(sorted(recipient.fields))}"])
    if recipient.country:
        yield from _in([f"country: {_quoted(recipient.country)}"])
    yield from _in(_text("why", recipient.why))


def _text(key: str, text: Text) -> Lines:
    if not text:
        yield f"{key}: {{}}"
        return
    yield f"{key}:"
    yield from _in(f"{language}: {_word(words)}" for language, words in text.items())


def _in(lines: Iterable[str]) -> Lines:
    """The same lines one level deeper; an empty one stays empty."""
    return (f"{_STEP}{line}" if line else line for line in lines)


def _list(words: Sequence[str]) -> str:
    return f"[{', '.join(_quoted(word) if _is_odd(word) else word for word in words)}]"


def _is_odd(word: str) -> bool:
    """Whether a word in a list needs quotes: all but letters, digits and the marks of names."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", word) is None or word.lower() in _WORDS_OF_YAML


def _word(words: str) -> str:
    """A text on one line, in quotes unless YAML can mean nothing else by it."""
    is_term = re.fullmatch(r"[a-z]+:[A-Za-z]+", words) is not None
    is_plain = _PLAIN.fullmatch(words) and words.isprintable() and words == words.strip()
    return words if is_term or (is_plain and words.lower() not in _WORDS_OF_YAML) else _quoted(words)


def _quoted(words: str) -> str:
    written = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else _escaped(letter) for letter in written) + '"'


def _escaped(letter: str) -> str:
    return f"\\U{ord(letter):08x}"


def _days(span: timedelta) -> str:
    return f"{span.days}d"
