"""The base of all records: a tuple whose places are named by annotations.

Frozen, hashable, comparable and picklable like any tuple, and, unlike
dataclasses or typing.NamedTuple, free to import (start-up: design, section 5).
"""

from __future__ import annotations

try:  # twice as fast as a property, of which there are hundreds to a message
    from _collections import _tuplegetter as _place  # type: ignore[import-not-found,unused-ignore] # no stubs
except ImportError:  # another Python than the usual one
    from _operator import itemgetter  # operator itself costs a start-up a millisecond

    def _place(place: int, doc: str) -> property:
        return property(itemgetter(place), doc=doc)


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Self, TypeVar, dataclass_transform

    _T = TypeVar("_T")
else:

    def dataclass_transform(**_: object) -> Callable[[_T], _T]:
        """Leave the class as it is: only type checkers look."""
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class Record(tuple):  # type: ignore[type-arg] # places have types of their own
    """A frozen record.

    >>> class Point(Record):
    ...     x: int
    ...     y: int = 0
    >>> Point(3)
    Point(x=3, y=0)
    >>> Point(3).replace(y=4).y
    4
    """

    __slots__ = ()
    _fields: tuple[str, ...] = ()
    _defaults: dict[str, Any] = {}  # noqa: RUF012 # of each class its own, never changed

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__)
        cls._defaults = {f: cls.__dict__[f] for f in cls._fields if f in cls.__dict__}
        for place, field in enumerate(cls._fields):
            setattr(cls, field, _place(place, field))

    def __new__(cls, *values: Any, **named: Any) -> Self:
        """Make a record of *values* in order, the rest by name or default.

        Raises:
            TypeError: a place is missing, or a name is not one of the places.
        """
        if len(values) == len(cls._fields) and not named:
            return tuple.__new__(cls, values)
        if not values and (*named,) == cls._fields:  # all by name, in order
            return tuple.__new__(cls, named.values())
        given = {**cls._defaults, **dict(zip(cls._fields, values)), **named}
        if len(values) > len(cls._fields) or len(given) != len(cls._fields):
            raise TypeError(f"{cls.__name__} has the places {cls._fields}")
        return tuple.__new__(cls, [given[field] for field in cls._fields])

    if TYPE_CHECKING:

        @classmethod
        def make(cls, values: Iterable[Any]) -> Self:
            """Make a record of all its *values* in order, unchecked: three times as fast as the call."""
            ...
    else:
        make = classmethod(tuple.__new__)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        places = ", ".join(f"{f}={v!r}" for f, v in zip(self._fields, self))
        return f"{type(self).__name__}({places})"

    def replace(self, **named: Any) -> Self:
        """Return a copy with some places changed."""
        return type(self)(**{**dict(zip(self._fields, self)), **named})
