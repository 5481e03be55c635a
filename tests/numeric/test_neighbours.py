"""The fitted model as a value: its scores, their true reasons, and its bytes."""

import hashlib
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.numeric.contributions import gram, summed
from fiel.numeric.ease import fit
from fiel.numeric.neighbours import Neighbours, decode, encode, score, terms

IDS = st.text(min_size=1, max_size=3)
BASKETS = st.lists(st.frozensets(IDS, max_size=6), max_size=8)
MODELS = BASKETS.map(lambda people: fit(summed(map(gram, people)), ridge=1.0, neighbours=3, at_most_items=12))


def small() -> Neighbours:
    """Tea speaks for milk and sugar, milk for tea, sugar for nothing."""
    return Neighbours(
        items=("milk", "sugar", "té"),
        indptr=np.array([0, 1, 1, 3], np.int32),
        indices=np.array([2, 0, 1], np.int32),
        weights=np.array([0.5, 0.25, 0.125], np.float32),
        people=9,
    )


def resealed(body: bytes) -> bytes:
    """Bytes that carry their own digest, whatever they say."""
    return body + hashlib.sha256(body).digest()


def test_a_score_is_the_sum_of_the_sources_rows() -> None:
    """Each source adds its weights, and what nothing speaks for scores zero."""
    assert score(small(), ["té"]).tolist() == [0.25, 0.125, 0]
    assert score(small(), ["té", "milk"]).tolist() == [0.25, 0.125, 0.5]
    assert score(small(), []).tolist() == [0, 0, 0]


def test_unknown_items_are_ignored() -> None:
    """An item the model never learnt neither scores, nor explains, nor fails."""
    assert score(small(), ["salt", "milk"]).tolist() == score(small(), ["milk"]).tolist()
    assert terms(small(), ["salt"], "milk") == []
    assert terms(small(), ["milk"], "salt") == []


def test_terms_name_the_sources_largest_first() -> None:
    """The reasons of an item are the sources that speak for it, the strongest first, equal ones by id."""
    model = Neighbours(
        items=("a", "b", "c", "d"),
        indptr=np.array([0, 1, 2, 3, 3], np.int32),
        indices=np.array([3, 3, 3], np.int32),
        weights=np.array([0.25, 0.5, 0.25], np.float32),
        people=1,
    )
    assert terms(model, ["c", "a", "b"], "d") == [("b", 0.5), ("a", 0.25), ("c", 0.25)]


@given(MODELS, st.data())
def test_reasons_add_up_to_the_score(model: Neighbours, data: st.DataObject) -> None:
    """The terms of every item are the whole of its score."""
    sources = data.draw(st.lists(st.sampled_from(model.items) if model.items else IDS, max_size=8))
    for item, total in zip(model.items, score(model, sources), strict=True):
        parts = terms(model, sources, item)
        assert math.fsum(weight for _, weight in parts) == pytest.approx(total, rel=1e-12)
        assert {source for source, _ in parts} <= set(sources)
        assert [weight for _, weight in parts] == sorted((weight for _, weight in parts), reverse=True)


@given(MODELS, st.lists(IDS, max_size=6), st.data())
def test_order_and_repetition_of_sources_do_not_matter(
    model: Neighbours, strange: list[str], data: st.DataObject
) -> None:
    """A person has an item or not: the same items give the same score to the last bit, however they are listed."""
    sources = strange + list(model.items[::2])
    shuffled = data.draw(st.permutations(sources + sources[:2]))
    assert score(model, shuffled).tobytes() == score(model, sources).tobytes()


@given(MODELS)
def test_what_is_written_is_read_back(model: Neighbours) -> None:
    """A model survives its bytes whole, and writes the same bytes again."""
    again = decode(encode(model))
    assert again == model
    assert hash(again) == hash(model)
    assert encode(again) == encode(model)
    assert score(again, model.items).tobytes() == score(model, model.items).tobytes()


def test_models_differ_in_any_part() -> None:
    """Two models are equal only if their items, weights and people are."""
    assert small() == small()
    assert small() != replace(small(), people=8)
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
        ("people", -1, "counted from zero"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(part: str, value: object, said: str) -> None:
    """A model that exists is well formed."""
    model = small()
    parts = {name: getattr(model, name) for name in ("items", "indptr", "indices", "weights", "people")}
    with pytest.raises(ValueError, match=said):
        Neighbours(**(parts | {part: value}))


@pytest.mark.parametrize("model", [small(), decode(encode(small()))])
def test_a_model_never_changes(model: Neighbours) -> None:
    """The arrays of a model are closed, whether it was made or read."""
    for array in (model.indptr, model.indices, model.weights):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
