"""What a new promise changes, and whose agreement it touches."""

from fiel.core.promise.change import Width
from fiel.core.promise.revision import Fate, Revision, revise
from fiel.core.promise.usecase import Level, Promise
from fiel.registry import read_texts
from tests.registry.sound import FILE, OFFERS, SOUND, edited


def promise(texts: dict[str, str]) -> Promise:
    """The promise of texts that can be read."""
    read = read_texts(texts).promise
    assert read is not None
    return read


def revision(texts: dict[str, str]) -> Revision:
    """What the texts change against the sound promise, in its one use case."""
    (found,) = revise(promise(SOUND), promise(texts))
    return found


def test_nothing_changes_in_what_is_the_same() -> None:
    """A promise against itself, and against one with other comments and order, has no revision."""
    assert revise(promise(SOUND), promise(SOUND)) == ()
    moved = edited(("area: sales\n", ""), ("retention:", "area: sales  # ventas\nretention:"))
    assert revise(promise(SOUND), promise(moved)) == ()


def test_narrowing_asks_nobody() -> None:
    """A shorter bound leaves every grant as it is."""
    found = revision(edited(("within: 90d", "within: 30d")))
    assert [(edit.part, edit.width) for edit in found.edits] == [("events.purchase.within", Width.NARROWER)]
    assert found.dormant == ()


def test_widening_touches_only_the_levels_it_concerns() -> None:
    """Whoever agreed to less than the wider level is not asked again."""
    found = revision(edited(("within: 90d", "within: 91d")))
    (edit,) = found.edits
    assert (edit.part, edit.width, edit.levels) == ("events.purchase.within", Width.WIDER, (Level.OBSERVED,))
    assert found.dormant == (Level.OBSERVED,)


def test_a_new_level_is_beyond_every_agreement() -> None:
    """A further level is told as an edit, and nobody who agreed to the others is asked again."""
    further = "  acquired: {strategy: rules, attributes: [income]}\nretention:"
    found = revision(edited(("retention:", further)))
    assert [(edit.part, edit.levels) for edit in found.edits] == [("attributes.income", ())]
    assert found.dormant == ()


def test_longer_retention_concerns_everybody() -> None:
    """What is widened for the whole use case puts every grant to sleep."""
    found = revision(edited(("retention: 400d", "retention: 401d")))
    assert found.dormant == (Level.CONTEXT, Level.DECLARED, Level.OBSERVED)


def test_other_words_are_told_apart_from_other_acts() -> None:
    """A new sentence, a new area title and a new address of the controller change the notice and not the version."""
    for changed in (
        edited(("Ves antes lo que buscas.", "Encuentras antes lo que buscas.")),
        edited(("es: Ventas", "es: Comercial"), file=FILE),
        edited(("Calle Mayor 1", "Calle Menor 2"), file=FILE),
    ):
        found = revision(changed)
        assert found.fate is Fate.REWORDED
        assert found.before == found.after


def test_use_cases_come_and_go() -> None:
    """A new use case is added and a missing one removed, each with the one version it has."""
    more = SOUND | {"use_cases/second.yaml": OFFERS.replace("offers", "second", 1)}
    (come,) = revise(promise(SOUND), promise(more))
    (gone,) = revise(promise(more), promise(SOUND))
    assert (come.use_case, come.fate, come.before) == ("second", Fate.ADDED, None)
    assert (gone.use_case, gone.fate, gone.after) == ("second", Fate.REMOVED, None)
    assert come.after == gone.before
