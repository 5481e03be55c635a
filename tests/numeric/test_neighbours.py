"""The fitted model as a value: its scores, their true reasons, and its bytes."""

import hashlib
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.numeric.contributions import gram, summed
from fiel.numeric.ease import Tuning, fit
from fiel.numeric.neighbours import Neighbours, decode, descending, encode, score, terms

IDS = st.text(min_size=1, max_size=3)
BASKETS = st.lists(st.frozensets(IDS, max_size=6), max_size=8)
TUNING = Tuning(ridge=1.0, neighbours=3, at_most_items=12)
MODELS = BASKETS.map(lambda people: fit(summed(map(gram, people)), TUNING))


def small() -> Neighbours:
    """Tea speaks for milk and sugar, milk for tea, sugar for nothing."""
    return Neighbours(
        items=("milk", "sugar", "té"),
        indptr=np.array([0, 1, 1, 3], np.int32),
        indices=np.array([2, 0, 1], np.int32),
        weights=np.array([0.5, 0.25, 0.125], np.float32),
        owners=np.array([9, 3, 1.5], np.float32),
        lately=np.array([3, 2, 1.5], np.float32),
    )


def aloud(*sources: str) -> dict[str, float]:
    """Sources that all speak with their whole strength."""
    return dict.fromkeys(sources, 1.0)


def resealed(body: bytes) -> bytes:
    """Bytes that carry their own digest, whatever they say."""
    return body + hashlib.sha256(body).digest()


def test_a_score_is_the_sum_of_the_sources_rows() -> None:
    """Each source adds its weights, and what nothing speaks for scores zero."""
    assert score(small(), aloud("té")).tolist() == [0.25, 0.125, 0]
    assert score(small(), aloud("té", "milk")).tolist() == [0.25, 0.125, 0.5]
    assert score(small(), {}).tolist() == [0, 0, 0]


def test_a_source_speaks_as_loud_as_it_is() -> None:
    """What is half as strong adds half as much, to the score and to its terms."""
    assert score(small(), {"té": 0.5, "milk": 1.0}).tolist() == [0.125, 0.0625, 0.5]
    assert terms(small(), {"té": 0.5, "milk": 1.0}, "milk") == [("té", 0.125)]


def test_the_best_come_first_and_what_scores_nothing_not_at_all() -> None:
    """Places are listed by falling score, of equal ones the first, and only with a score above zero."""
    assert list(descending(np.array([0.5, 0.0, 2.0, 0.5, -1.0]))) == [(2, 2.0), (0, 0.5), (3, 0.5)]


def test_the_people_of_a_model_are_as_many_as_it_proves() -> None:
    """Weights are one a person or less, so that many people there were at least; an empty model proves nobody."""
    assert small().people == 9
    assert replace(small(), owners=np.array([0.5, 1.25, 1], np.float32)).people == 2
    assert fit({}, TUNING).people == 0


def test_an_item_is_in_season_if_it_has_more_of_its_people_lately_than_the_average() -> None:
    """The average item stands at 1, a rising one above and a falling one below, and one of few people close to it."""
    even = small()
    assert replace(even, lately=even.owners / np.float32(8)).trends == pytest.approx(1)
    rising = replace(even, lately=np.array([4, 3, 0.75], np.float32)).trends
    assert rising[1] > 1 > rising[0]
    many = replace(even, owners=even.owners * 100, lately=np.array([400, 300, 75], np.float32)).trends
    assert many[1] > rising[1] > 1 > rising[0] > many[0]


def test_unknown_items_are_ignored() -> None:
    """An item the model never learnt neither scores, nor explains, nor fails."""
    assert score(small(), aloud("salt", "milk")).tolist() == score(small(), aloud("milk")).tolist()
    assert terms(small(), aloud("salt"), "milk") == []
    assert terms(small(), aloud("milk"), "salt") == []


def test_terms_name_the_sources_largest_first() -> None:
    """The reasons of an item are the sources that speak for it, the strongest first, equal ones by id."""
    model = Neighbours(
        items=("a", "b", "c", "d"),
        indptr=np.array([0, 1, 2, 3, 3], np.int32),
        indices=np.array([3, 3, 3], np.int32),
        weights=np.array([0.25, 0.5, 0.25], np.float32),
        owners=np.ones(4, np.float32),
        lately=np.ones(4, np.float32),
    )
    assert terms(model, aloud("c", "a", "b"), "d") == [("b", 0.5), ("a", 0.25), ("c", 0.25)]


@given(MODELS, st.data())
def test_reasons_add_up_to_the_score(model: Neighbours, data: st.DataObject) -> None:
    """The terms of every item are the whole of its score."""
    names = st.sampled_from(model.items) if model.items else IDS
    sources = data.draw(st.dictionaries(names, st.floats(2.0**-60, 1), max_size=8))
    for item, total in zip(model.items, score(model, sources), strict=True):
        parts = terms(model, sources, item)
        assert math.fsum(weight for _, weight in parts) == pytest.approx(total, rel=1e-12)
        assert {source for source, _ in parts} <= sources.keys()
        assert [weight for _, weight in parts] == sorted((weight for _, weight in parts), reverse=True)


@given(MODELS, st.lists(IDS, max_size=6), st.data())
def test_the_order_of_sources_does_not_matter(model: Neighbours, strange: list[str], data: st.DataObject) -> None:
    """The same items of the same strength give the same score to the last bit, however they are listed."""
    sources = dict.fromkeys([*strange, *model.items[::2]], 0.75)
    shuffled = dict.fromkeys(data.draw(st.permutations(list(sources))), 0.75)
    assert score(model, shuffled).tobytes() == score(model, sources).tobytes()


@given(MODELS)
def test_what_is_written_is_read_back(model: Neighbours) -> None:
    """A model survives its bytes whole, and writes the same bytes again."""
    again = decode(encode(model))
    assert again == model
    assert hash(again) == hash(model)
    assert encode(again) == encode(model)
    assert score(again, aloud(*model.items)).tobytes() == score(model, aloud(*model.items)).tobytes()


def test_models_differ_in_any_part() -> None:
    """Two models are equal only if their items, weights and owners are."""
    assert small() == small()
    assert small() != replace(small(), owners=np.array([9, 3, 1], np.float32))
    assert small() != replace(small(), lately=np.array([3, 2, 1], np.float32))
    assert small() != replace(small(), items=("milk", "sugar", "tea"))
    assert small() != replace(small(), weights=np.array([0.5, 0.25, 0.1], np.float32))
    assert small() != "milk"


def test_any_altered_byte_is_refused() -> None:
    """No single byte can change without the model being refused."""
    written = encode(small())
    for at in range(len(written)):
        altered = bytearray(written)
        altered[at] ^= 1
        with pytest.raises(ValueError, match="fit the model again"):
            decode(bytes(altered))


def test_any_other_length_is_refused() -> None:
    """Bytes cut short anywhere, or with something after them, are no model."""
    written = encode(small())
    for stop in range(len(written)):
        with pytest.raises(ValueError, match="fit the model again"):
            decode(written[:stop])
    with pytest.raises(ValueError, match="fit the model again"):
        decode(written + b"\0")


@given(st.binary(max_size=200))
def test_foreign_bytes_are_refused(written: bytes) -> None:
    """Bytes that this format did not write are refused as such."""
    with pytest.raises(ValueError, match="no item model of this format"):
        decode(written)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"\x03\0\0\0\x03\0\0\0", b"\x03\0\0\0\xff\xff\xff\xff", "not as long as its header says"),
        ("té".encode(), b"t\xff\xff", "not UTF-8"),
        (b"\x04\0\0\0\x05\0\0\0\x03\0\0\0", b"\x04\0\0\0\x05\0\0\0\x09\0\0\0", "ids of another length"),
        (b"milk", b"zzzz", "ascending order"),
    ],
)
def test_a_right_digest_does_not_excuse_wrong_contents(old: bytes, new: bytes, said: str) -> None:
    """Bytes that are sealed but contradict themselves are refused before anything is built on them."""
    body = encode(small())[:-32]
    assert body.count(old) == 1
    with pytest.raises(ValueError, match=said):
        decode(resealed(body.replace(old, new)))


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("items", ("milk", "té", "sugar"), "ascending order"),
        ("items", ("milk", "milk", "té"), "ascending order"),
        ("items", ("", "milk", "té"), "ascending order"),
        ("items", ("milk", "té"), "one bound more"),
        ("indptr", np.array([0, 1, 1, 3], np.int64), "32-bit"),
        ("indptr", np.array([0, 2, 1, 3], np.int32), "bounds ascend"),
        ("indptr", np.array([0, 1, 1, 2], np.int32), "bounds ascend"),
        ("indptr", np.array([1, 1, 1, 3], np.int32), "bounds ascend"),
        ("indices", np.array([2, 0], np.int32), "one weight a target"),
        ("indices", np.array([3, 0, 1], np.int32), "each row"),
        ("indices", np.array([-1, 0, 1], np.int32), "each row"),
        ("indices", np.array([0, 0, 1], np.int32), "each row"),
        ("indices", np.array([2, 1, 0], np.int32), "each row"),
        ("indices", np.array([2, 1, 1], np.int32), "each row"),
        ("weights", np.array([0.5, 0.25, 0.125], np.float64), "32-bit"),
        ("weights", np.array([0.5, 0.0, 0.125], np.float32), "positive and finite"),
        ("weights", np.array([0.5, np.nan, 0.125], np.float32), "positive and finite"),
        ("weights", np.array([0.5, np.inf, 0.125], np.float32), "positive and finite"),
        ("owners", np.array([9, 3, 1], np.int32), "32-bit floats"),
        ("owners", np.array([9, 3], np.float32), "one an item"),
        ("owners", np.array([9, 0, 1], np.float32), "positive and finite"),
        ("owners", np.array([9, np.nan, 1], np.float32), "positive and finite"),
        ("lately", np.array([9, 3], np.float32), "one an item"),
        ("lately", np.array([9, 0, 1], np.float32), "positive and finite"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(part: str, value: object, said: str) -> None:
    """A model that exists is well formed."""
    model = small()
    parts = {name: getattr(model, name) for name in ("items", "indptr", "indices", "weights", "owners", "lately")}
    with pytest.raises(ValueError, match=said):
        Neighbours(**(parts | {part: value}))


@pytest.mark.parametrize("model", [small(), decode(encode(small()))])
def test_a_model_never_changes(model: Neighbours) -> None:
    """The arrays of a model are closed, whether it was made or read."""
    for array in (model.indptr, model.indices, model.weights, model.owners, model.lately, model.trends):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
