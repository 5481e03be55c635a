"""What the person gains: a use case that helps only the company is not accepted."""

from collections.abc import Iterator

from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.lint.grounds import Grounds


def no_benefit(grounds: Grounds) -> Iterator[Remark]:
    """A use case says what the person gains."""
    for where, use_case in grounds.use_cases():
        if not any(use_case.benefit.person.values()):
            yield Remark(
                code=Code.NO_BENEFIT,
                where=(*where, "benefit", "person"),
                message="no benefit for the person: a use case that helps only the company is not accepted",
                hint="say under `benefit: {person: …}` what they gain, or drop the use case",
            )


def copied_benefit(grounds: Grounds) -> Iterator[Remark]:
    """What the person gains is not the company's gain in the same words."""
    for where, use_case in grounds.use_cases():
        person, company = use_case.benefit.person, use_case.benefit.company
        for language in grounds.promise.languages:
            if _plain(person.get(language, "")) and _plain(person[language]) == _plain(company.get(language, "")):
                yield Remark(
                    code=Code.COPIED_BENEFIT,
                    where=(*where, "benefit", "person", language),
                    message=f"the person's benefit repeats the company's in `{language}`",
                    hint="say what the person gains that they would not have without this use case",
                )


def harmful_control(grounds: Grounds) -> Iterator[Remark]:
    """Nobody goes without the facts that they need, or whoever helps them does, for the sake of a comparison."""
    for where, use_case in grounds.use_cases():
        if not (use_case.measure and use_case.measure.control):
            continue
        known = ((rung, grounds.appetite(rung)) for rung in use_case.rungs)
        facts = next((rung for rung, appetite in known if appetite is not None and not appetite.infers), None)
        if facts is not None:
            yield Remark(
                code=Code.HARMFUL_CONTROL,
                where=(*where, "measure", "control"),
                message=f"level `{facts.level.word}` only shows facts: whoever is drawn would be left with nothing",
                hint="leave `control` out: what everybody sees cannot stand in for facts",
            )


def _plain(sentence: str) -> str:
    """The sentence without what an eye passes over: capitals, spaces, punctuation."""
    return "".join(letter for letter in sentence.casefold() if letter.isalnum())


RULES = (no_benefit, copied_benefit, harmful_control)
