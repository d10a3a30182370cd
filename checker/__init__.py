"""Say what you feel in your own words; read what your medicine's monograph says."""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["Checker", "load"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from checker.answer import Checker
    from checker.loading import load


def __getattr__(name: str) -> object:
    """Import the public names when they are asked for: importing us costs nothing."""
    if name == "Checker":
        from checker.answer import Checker

        return Checker
    if name == "load":
        from checker.loading import load

        return load
    raise AttributeError(name)
