"""One conversation: the medicine, what was said, and the commands; knows no terminal.

A conversation is a list of answers: /undo drops the last, /new the list. Nothing
is written to disk unless it is asked for.
"""

from __future__ import annotations

import os

from checker import earlier, sayings, summary
from checker.completion import Completions
from checker.render import called, clean, coloured, styled, wrapped
from checker.segment import PAST
from checker.spelling import similar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from checker.answer import Checker
    from checker.model import Answer

    Show = Callable[[str], None]
    Size = Callable[[], tuple[int, int]]

COMMANDS = {
    "/drug": "choose medicines, such as /drug savella; alone: none chosen",
    "/effects": "what the medicine lists",
    "/why": "how the last answer was reached: words, symptom, rule, source",
    "/summary": "the page for your doctor; /summary FILE.md or FILE.txt writes it",
    "/country": "whose emergency numbers to show, such as /country GB",
    "/undo": "take the last message back",
    "/new": "forget everything: another person",
    "/help": "this list",
    "/quit": "leave (or Ctrl-D)",
}
ASK_DRUG = "Which medicine? (Enter to go on without one) "
_OVERWRITE = "/summary!"
_ROWS_KEPT = 3  # of the window: what was typed, a gap, the prompt
_MOST_CHOICES = 3
_MOST_EFFECTS = 60  # of a medicine, on one page
_TALK = ("help", "dying", "tell", "going", "meaning", "abuse", "joke", "greeting", "thanks")  # the first that fits
_KINDS = ("common", "serious", "other")


class Conversation:
    """What was said, and what to say next."""

    def __init__(self, checker: Checker, show: Show, size: Size, *, colour: bool = False) -> None:
        """Talk by *show*, which prints a line, in a window of *size* (columns, rows)."""
        self.checker = checker
        self.answers: list[Answer] = []
        self.over = False
        self.completions = Completions(checker.knowledge, list(COMMANDS))
        self._show = show
        self._size = size
        self._colour = colour
        self._chosen = tuple(checker.drugs)
        self._drugs_before: list[tuple[str, ...]] = []
        self._choices: list[tuple[str, str]] = []
        self._told: set[str] = set()
        self._fresh = False  # to be said yet

    def say(self, text: str, indent: str = "") -> None:
        """Show *text*, wrapped to the window."""
        hang = "  " if text.startswith("- ") else ""
        for number, part in enumerate(wrapped(clean(text), max(20, self._size()[0]) - len(indent + hang))):
            self._show((indent + (hang if number else "") + part).rstrip())

    def _say_advice(self, name: str) -> None:
        self.say(self.checker.sentence(name))

    # --- lines

    def start(self) -> bool:
        """Say which medicine it is; return whether it must be asked for."""
        unknown, self.checker.unknown = self.checker.unknown, []
        if self.checker.drugs:
            self._say_medicine()
        for name in unknown:
            self._unknown_drug(name)
        return not self.checker.drugs and not self._choices

    def first(self, line: str) -> None:
        """Take the answer to "Which medicine?": a name, nothing, or a message after all."""
        text = clean(line).strip()
        kinds, rest = sayings.opening(text, self.checker.knowledge)
        if not text or ("skip" in kinds and not rest):
            self.say("All right. You can name it later.")
        elif text.startswith("/") or "leave" in kinds:
            self.take(text)
        elif self._drug(text, quiet=True):
            self._say_medicine()
        else:
            answer = self.checker.answer(text)
            if answer.urgency == "unknown" and not kinds and len(text.split()) <= 3 and not answer.did_you_mean:
                self._unknown_drug(text)
            else:
                self.take(text)

    def take(self, line: str) -> None:
        """Answer one *line*: a command, a choice, or a message."""
        text = clean(line).strip()
        if not text:
            return
        kinds, rest = sayings.opening(text, self.checker.knowledge)
        if self._choices and self._choose(text, kinds, rest):
            return
        self._choices = []
        asking = self.answers[-1].question if self.answers else None
        if text.startswith("/"):
            self._command(text)
        elif not any(c.isalnum() for c in text):
            self._say_advice("said_silence")
        elif "leave" in kinds and not rest:
            self.over = True
        elif (earlier.ANOTHER in kinds and (not rest or self.answers)) or ("next" in kinds and rest and self.answers):
            self._forget()
            self._fresh = True
            if rest:
                self.take(rest)
            self._say_fresh(switched=False)
        elif not rest and self._small_talk(kinds, asked=asking is not None):
            return
        else:
            self._message(text)

    def _choose(self, text: str, kinds: Sequence[str], rest: str) -> bool:
        number = 0
        if len(text) == 1 and text.isdecimal():
            number = int(text)
        elif not rest:
            number = next((n for n in range(1, len(self._choices) + 1) if str(n) in kinds), 0)
            if "yes" in kinds and (len(self._choices) == 1 or self._choices[-1][1] == ""):
                number = 1
            elif "no" in kinds:
                number = len(self._choices) + 1
        chosen, count = self._choices, len(self._choices)
        if not number:
            return False
        if number > count and text.isdecimal():
            self._say_advice("said_unclear")
            return True
        self._choices = []
        command = chosen[number - 1][1] if number <= count else ""
        if command:
            self._command(command)
        else:
            self.say("All right, left as it was.")
        return True

    def _ask(self, choices: Sequence[tuple[str, str]]) -> None:
        self._choices = list(choices)
        for number, (text, _) in enumerate(choices, 1):
            self.say(f"{number}. {text}", "  ")

    def _small_talk(self, kinds: Sequence[str], *, asked: bool) -> bool:
        """Answer in one line what is about the program, or about nothing."""
        if asked and {"yes", "no", "unsure", "1", "2", "3"} & set(kinds):
            return False
        if self._aside(kinds):
            return True
        if {"yes", "no", "unsure", "1", "2", "3"} & set(kinds):
            self._say_advice("said_answer")
            return True
        return False

    def _aside(self, kinds: Container[str]) -> bool:
        if "source" in kinds and self.answers:
            self._say_advice("said_source")
            self._why()
            return True
        for kind in _TALK:
            if kind in kinds:
                self._say_advice(f"said_{kind}")
                if kind in ("dying", "tell", "meaning"):
                    self._say_again()
                return True
        return False

    def _say_again(self) -> None:
        """Say once more what cannot wait, where it still holds."""
        there = earlier.standing(self.answers, (), self.checker.knowledge)
        for answer in reversed(earlier.since(self.answers)):
            if any(f.urgency == answer.urgency and not there.keys().isdisjoint(f.symptoms) for f in answer.red_flags):
                self._print(called(answer, self._size()[0]))
                return

    def remind(self, first: int) -> None:
        """Say the first emergency again that the answers from *first* on have left behind."""
        for answer in self.answers[first:-1]:
            if answer.urgency == "emergency" and self.answers[-1].urgency != "emergency":
                self._show("")
                self.say(f'About "{_short(answer.message)}":')
                self._print(called(answer, self._size()[0]))
                return

    # --- messages

    def _message(self, text: str) -> None:
        answer = self.checker.answer(sayings.without_denied(text, self.checker.knowledge), self.answers)
        answer = sayings.asked(answer if answer.saying else answer.replace(message=text), self.checker.knowledge)
        if answer.saying == "unclear" and answer.question:
            self._say_advice("said_unclear")
            for number, choice in enumerate(answer.question.choices, 1):
                self.say(f"{number}. {choice}", "  ")
            return
        if (
            not answer.saying
            and not answer.mentions
            and not answer.named
            and sayings.hangs(text, self.checker.knowledge)
        ):
            self._say_advice("said_nothing_before")
            return
        answer = self._still_holds(answer)
        nothing = answer.urgency == "unknown" and not (answer.saying or answer.mentions or answer.named)
        if nothing and self._aside(sayings.asides(text, self.checker.knowledge)):
            return
        self.answers.append(answer)
        self._drugs_before.append(tuple(self.checker.drugs))
        switched = bool(answer.named) and answer.named != tuple(self.checker.drugs)
        self.checker.drugs[:] = answer.named or self.checker.drugs
        if answer.urgency == "unknown" and answer.named and not answer.did_you_mean and not answer.saying:
            self._say_fresh(switched=True)
            self._say_medicine()
            for fixed in answer.corrections:
                self.say(f'Read "{fixed.wrote}" as "{fixed.read}".')
            self.say("Say what you feel.")
            return
        if not answer.red_flags:
            self._say_fresh(switched=switched)
        if switched and not answer.red_flags:
            self._say_medicine()
        self._show_answer(answer)
        if switched and answer.red_flags:
            self._say_fresh(switched=True)
            self._say_medicine()

    def _still_holds(self, answer: Answer) -> Answer:
        """Say again what a monograph wants seen at once, though it has gone."""
        gone = {m.symptom for m in answer.mentions if m.assertion == PAST and not m.asked}
        told = (m for a in earlier.since(self.answers) for m in a.matches if m.urgency == "urgent")
        said = {m.guidance: None for m in told if not gone.isdisjoint(m.symptoms)}
        eased = self.checker.sentence("said_eased")
        if not said or answer.red_flags or eased in answer.advice:
            return answer
        return answer.replace(advice=(eased, *said, *answer.advice))

    def _show_answer(self, answer: Answer) -> None:
        width, height = self._size()
        shown = self._news(answer)
        fragments = styled(shown, self.checker.name_of, max(20, width))
        for shorten in (_shorter, self._shortest):
            if len(fragments) > height - _ROWS_KEPT:
                shown = shorten(shown)
                fragments = styled(shown, self.checker.name_of, max(20, width))
        if shown.urgency == "emergency" and len(shown.matches) < len(answer.matches):
            end = next((n for n, (_, line) in enumerate(fragments) if line == "\n"), len(fragments))
            parts = wrapped(self.checker.sentence("said_more"), max(20, width) - 2)
            fragments[end:end] = [("", f"  {part}\n") for part in parts]
        if shown.urgency == "urgent" and len(fragments) > height - _ROWS_KEPT:
            fragments += [("", "\n"), *called(answer, width)]  # the first line has left the window: say it again
        self._print(fragments)

    def _print(self, fragments: Sequence[tuple[str, str]]) -> None:
        text = coloured(fragments) if self._colour else "".join(part for _, part in fragments)
        for line in text.rstrip("\n").split("\n"):
            self._show(line)

    def _shortest(self, answer: Answer) -> Answer:
        """Keep what to do, what is listed, and the safety line."""
        keep = (*answer.advice[:1], self.checker.sentence("safety_line"))
        if answer.urgency == "emergency":  # what to do, and no more
            return answer.replace(matches=(), unlisted=())
        return answer.replace(
            unlisted=tuple(u.replace(elsewhere=()) for u in answer.unlisted),
            advice=tuple(line for line in answer.advice if line in keep or answer.saying),
            disclaimer="",
        )

    def _news(self, answer: Answer) -> Answer:
        """Leave out what holds for every answer and was said before."""
        once = {answer.disclaimer, *(n.says for n in answer.notes), *self.checker.report_lines()}
        if answer.urgency == "routine":
            once.add(self.checker.sentence("keep_taking"))
        seen = {text for text in once if text in self._told}
        if answer.saying == "worse":  # which says more
            seen |= {self.checker.sentence("routine_next"), self.checker.sentence("unlisted_next")}
        before = earlier.since(self.answers[:-1])
        effects = {(m.drug, m.effect) for a in before for m in a.matches}
        symptoms = {u.symptom for a in before if a.drugs == answer.drugs for u in a.unlisted}
        if answer.urgency in ("routine", "urgent"):
            self._told |= once
        return answer.replace(
            matches=tuple(m.replace(notes=()) if (m.drug, m.effect) in effects else m for m in answer.matches),
            unlisted=tuple(u.replace(elsewhere=()) if u.symptom in symptoms else u for u in answer.unlisted),
            disclaimer="" if answer.disclaimer in seen else answer.disclaimer,
            notes=tuple(n for n in answer.notes if n.says not in seen),
            advice=tuple(line for line in answer.advice if line not in seen),
        )

    # --- commands

    def _command(self, text: str) -> None:
        word, _, rest = text.partition(" ")
        word, rest = word.lower(), rest.strip()
        if word == "/help":
            self._help()
        elif word in ("/quit", "/exit", "/q"):
            self.over = True
        elif word == "/new":
            self._new()
        elif word == "/undo":
            self._undo()
        elif word == "/why":
            self._why()
        elif word == "/effects":
            self._effects()
        elif word in (_OVERWRITE, "/summary"):
            self._summary(rest, over=word == _OVERWRITE)
        elif word == "/drug":
            self._choose_drugs(rest)
        elif word == "/country":
            said = self.checker.set_country(rest)
            known = not rest or self.checker.contacts.emergency in said
            self.say(said if known else f'I do not know the country "{_short(rest)}". {said}')
        else:
            near = similar(word, list(COMMANDS), 1)
            meant = f"Did you mean {near[0]}? " if near else ""
            self.say(f"I do not know {word}. {meant}/help lists what you can type.")

    def _help(self) -> None:
        self.say("Say what you feel, in your own words: my heart is racing. Ask: can I drink alcohol?")
        self.say('Then: "it\'s worse now", "that\'s gone", "no, I meant my ankles", "only joking", "another person".')
        for command, means in COMMANDS.items():
            self.say(f"{command}: {means}", "  ")

    def _new(self) -> None:
        self._forget()
        self._fresh = True
        self._say_fresh(switched=False)

    def _say_fresh(self, *, switched: bool) -> None:
        """Say once that the conversation starts afresh: before an answer that can wait, after one that cannot."""
        if self._fresh:
            self._fresh = False
            self.say("Started afresh: what was said before no longer counts.")
            if not switched:
                self._say_medicine()

    def _forget(self) -> None:
        self.answers.clear()
        self._drugs_before.clear()
        self._choices = []
        self._told.clear()
        self.checker.drugs[:] = self._chosen

    def _undo(self) -> None:
        if not self.answers:
            self.say("There is nothing to take back.")
            return
        gone = self.answers.pop()
        drugs = self._drugs_before.pop()
        self.say(f'Taken back: "{_short(gone.message)}".')
        if drugs != tuple(self.checker.drugs):
            self.checker.drugs[:] = drugs
            self._say_medicine()

    def _say_medicine(self) -> None:
        for fixed in self.checker.corrections:
            self.say(f'Read "{fixed.wrote}" as "{fixed.read}".')
        self.checker.corrections.clear()
        names = ", ".join(self.checker.name_of(d) for d in self.checker.drugs)
        self.say(f"Medicine: {names}." if names else "Medicine: none chosen. /drug and its name chooses one.")

    def _choose_drugs(self, names: str) -> None:
        if not names:
            self.checker.drugs.clear()
            self._say_medicine()
        elif self._drug(names, quiet=False):
            self._say_medicine()

    def _drug(self, names: str, *, quiet: bool) -> bool:
        """Choose the medicines in *names*; return whether one was found."""
        whole = self.checker.find_drug(names)
        found = [whole] if whole else []
        unknown = []
        if not whole:
            for part in names.replace(",", " , ").replace("+", " , ").split(" , "):
                one = self.checker.find_drug(part)
                for word in [part] if one else part.split():
                    drug = one or self.checker.find_drug(word)
                    if drug:
                        found.append(drug)
                    elif word.lower() != "and":
                        unknown.append(word)
        if quiet and unknown:
            self.checker.corrections.clear()
            return False
        if found:
            self.checker.drugs[:] = dict.fromkeys(found)
        for name in unknown:
            self._unknown_drug(name)
        return bool(found)

    def _unknown_drug(self, name: str) -> None:
        near = self.checker.similar_drugs(name, _MOST_CHOICES)
        self.say(f'I do not know the medicine "{_short(name)}".{" Which one is meant?" if near else ""}')
        self._ask([(known, f"/drug {known}") for known in near])
        if not near:
            self.say("Warning signs are checked all the same. Say what you feel.")

    def _effects(self) -> None:
        drugs = self.checker.drugs or self.checker.knowledge.monographs()
        if len(drugs) > _MOST_CHOICES:
            self.say("Which medicine? Type /drug and its name, then /effects.")
            return
        for drug in drugs:
            monograph = self.checker.knowledge.monograph(drug)
            self.say(f"The {monograph.name} monograph lists:")
            for kind in _KINDS:
                names = [e.name for e in monograph.effects if e.listed_as == kind]
                if names:
                    more = f"; and {len(names) - _MOST_EFFECTS} more" if len(names) > _MOST_EFFECTS else ""
                    self.say(f"{kind.capitalize()}: {'; '.join(names[:_MOST_EFFECTS])}{more}.", "  ")
        self.say("Not listed does not mean that the medicine cannot cause it.")

    def _why(self) -> None:
        if not self.answers:
            self.say("Nothing was said yet.")
            return
        for line in summary.reasons(self.answers[-1], self.checker.name_of):
            self.say(line.lstrip(), " " * (len(line) - len(line.lstrip())))

    def _summary(self, path: str, *, over: bool) -> None:
        if not self.answers:
            self.say("There is nothing to sum up yet: nothing was said.")
            return
        lines = summary.page(
            self.answers,
            self.checker.drugs,
            self.checker.knowledge,
            self.checker.name_of,
            markdown=path.endswith(".md"),
        )
        if not path:
            for line in lines:
                self.say(line.lstrip(), " " * (len(line) - len(line.lstrip())))
            return
        try:
            summary.write(os.path.expanduser(path), "\n".join(lines) + "\n", over=over)
        except FileExistsError:
            if over:
                self.say(f"{path} is no ordinary file: I leave it alone. Choose another name.")
                return
            self.say(f"{path} is there already. Overwrite it?")
            self._ask([("Yes, overwrite it", f"{_OVERWRITE} {path}"), ("No, leave it", "")])
        except OSError as error:
            self.say(f"Cannot write {path}: {_failed(error)}. Nothing is lost; try another name.")
        except ValueError:
            self.say(f"Cannot write {path}: that is no name for a file.")
        else:
            self.say(f"Written to {path}. Only you can read it. It holds what you typed here.")


def _failed(error: OSError) -> str:
    """Return in plain words why a file cannot be written."""
    import errno

    return {
        errno.ENOENT: "there is no such folder",
        errno.ENOTDIR: "there is no such folder",
        errno.EACCES: "you may not write there",
        errno.EPERM: "you may not write there",
        errno.EROFS: "you may not write there",
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk is full",
        errno.ENAMETOOLONG: "the name is too long",
    }.get(error.errno or 0, (error.strerror or "it failed").lower())


def _shorter(answer: Answer) -> Answer:
    """Leave out what others say where the window is small; /why tells it."""
    return answer.replace(
        matches=tuple(m.replace(notes=()) for m in answer.matches),
        unlisted=tuple(u.replace(elsewhere=u.elsewhere[:1]) for u in answer.unlisted),
        notes=(),
    )


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."
