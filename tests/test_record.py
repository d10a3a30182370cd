"""Records: frozen, comparable, picklable, with places by name."""

from __future__ import annotations

import copy
import pickle

import pytest

from checker.model import Source, Token
from checker.record import Record


class Point(Record):
    x: int
    y: int = 7


def test_places_are_given_in_order_by_name_or_by_default() -> None:
    assert tuple(Point(1, 2)) == tuple(Point(x=1, y=2)) == tuple(Point(1, y=2)) == (1, 2)
    assert Point(1).y == 7
    assert Point(1).x == 1


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), ((1, 2, 3), {}), ((1,), {"z": 3}), ((), {"y": 2}), ((1, 2), {"z": 3})],
    ids=["none", "too many", "unknown", "missing", "unknown beside all"],
)
def test_a_wrong_place_is_refused(values: tuple[int, ...], named: dict[str, int]) -> None:
    with pytest.raises(TypeError, match=r"Point has the places \('x', 'y'\)"):
        Point(*values, **named)


def test_a_record_does_not_change() -> None:
    point = Point(1, 2)
    with pytest.raises(AttributeError):
        point.x = 3  # type: ignore[misc] # the point of the test
    assert point.replace(x=3) == Point(3, 2)
    assert point == Point(1, 2)
    with pytest.raises(TypeError):
        point.replace(z=3)


def test_a_record_is_hashable_and_survives_copying() -> None:
    source = Source("Page", "Part", "https://example.org")
    assert {source: 1}[Source("Page", "Part", "https://example.org")] == 1
    assert pickle.loads(pickle.dumps(source)) == source  # noqa: S301 # our own
    assert type(pickle.loads(pickle.dumps(source))) is Source  # noqa: S301 # our own
    assert copy.deepcopy(source) == source


def test_a_record_shows_its_places() -> None:
    assert repr(Point(1)) == "Point(x=1, y=7)"
    assert repr(Token(0, 3, "sad")).startswith("Token(start=0, end=3, word='sad', stop=''")
