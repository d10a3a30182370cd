"""Say what you feel in your own words; read what your medicine's monograph says.

>>> from checker import Checker, load
>>> knowledge = load()  # once; what is asked of it is remembered
>>> checker = Checker(knowledge, drugs=["savella"], country="GB")
>>> answer = checker.answer("my mouht is so dry")
>>> answer.urgency
'routine'
>>> [(match.effect, match.reported) for match in answer.matches][0]
('Dry mouth', ('mouht is so dry',))
>>> answer.corrections
(Correction(wrote='mouht', read='mouth'),)

An answer is a frozen record (`checker.model.Answer`); `checker.render` writes it as text or JSON. A message is
understood by itself, unless the earlier answers of the conversation are given:

>>> later = checker.answer("it's worse now", before=[answer])
>>> later.matches[0].effect
'Dry mouth'

A `Checker` may serve many threads, and goes with pickle to other processes.
"""

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
