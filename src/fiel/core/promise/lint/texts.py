"""Every text in every language that is served: nobody is asked in words they cannot read (GDPR art. 12(1))."""

from collections.abc import Iterator

from fiel.core.promise.finding import Code, Remark, Where
from fiel.core.promise.lint.grounds import Grounds
from fiel.core.promise.spelling import did_you_mean
from fiel.core.promise.usecase import UseCase
from fiel.core.text import Text


def missing_translation(grounds: Grounds) -> Iterator[Remark]:
    """Each text exists in each language of the promise."""
    for where, text in _texts(grounds):
        for language in grounds.promise.languages:
            if not text.get(language):
                yield Remark(
                    code=Code.MISSING_TRANSLATION,
                    where=(*where, language),
                    message=f"`{where[-1]}` has no text in `{language}`",
                    hint="every text must exist in each of `languages`",
                )


def unserved_language(grounds: Grounds) -> Iterator[Remark]:
    """No text is in a language that the promise does not serve: it would be agreed to and never shown."""
    served = grounds.promise.languages
    for where, text in _texts(grounds):
        for language in sorted(text.keys() - set(served)):
            yield Remark(
                code=Code.UNSERVED_LANGUAGE,
                where=(*where, language),
                message=f"`{language}` is not among the `languages` of fiel.yaml",
                hint=did_you_mean(language, served),
            )


def _texts(grounds: Grounds) -> Iterator[tuple[Where, Text]]:
    promise = grounds.promise
    for area in promise.areas.values():
        yield ("areas", area.id, "title"), area.title
    for attribute in promise.attributes.values():
        yield ("attributes", attribute.name, "title"), attribute.title
    for kind in promise.events.values():
        yield ("events", kind.name, "title"), kind.title
    for group, title in promise.groups.items():
        yield ("items", "groups", group), title
    for where, use_case in grounds.use_cases():
        yield from _of(where, use_case)
    for where, _, need in grounds.needs():
        yield (*where, "why"), need.why


def _of(where: Where, use_case: UseCase) -> Iterator[tuple[Where, Text]]:
    yield (*where, "title"), use_case.title
    yield (*where, "why"), use_case.why
    if any(use_case.benefit.person.values()):  # a benefit that is missing whole has its own rule
        yield (*where, "benefit", "person"), use_case.benefit.person
    yield (*where, "benefit", "company"), use_case.benefit.company
    if use_case.learn:
        yield (*where, "learn", "why"), use_case.learn.why
    if use_case.measure:
        yield (*where, "measure", "why"), use_case.measure.why
    if use_case.balancing:
        yield (*where, "balancing"), use_case.balancing
    for index, recipient in enumerate(use_case.recipients):
        yield (*where, "recipients", str(index), "why"), recipient.why


RULES = (missing_translation, unserved_language)
