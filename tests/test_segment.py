"""Assertions: present, absent, past, hypothetical, someone-else; asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.answer import Checker


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("headache", "headache present"),
        # what follows is denied, over light words and lists
        ("no headache", "headache absent"),
        ("no more headache", "headache past"),
        ("i don't have any headache", "headache absent"),
        ("never had a rash", "rash absent"),
        ("without nausea", "nausea absent"),
        ("no headache, nausea or rash", "headache absent, nausea absent, rash absent"),
        ("no headache or nausea", "headache absent, nausea absent"),
        ("neither nausea nor headache", "headache absent, nausea absent"),
        # and no further
        ("no headache but nausea", "headache absent, nausea present"),
        ("no headache. nausea", "headache absent, nausea present"),
        ("nausea, no headache", "headache absent, nausea present"),
        ("i have nausea and no rash", "nausea present, rash absent"),
        # what stands before
        ("rash: none", "rash absent"),
        ("headache has gone", "headache past"),
        ("my nausea went away", "nausea past"),
        # over, feared, another's
        ("i used to have headaches", "headache past"),
        ("i had headaches as a child", "headache past"),
        ("worried about getting a rash", "rash hypothetical"),
        ("what if i get a rash", "rash hypothetical"),
        ("in case of nausea", "nausea hypothetical"),
        ("my wife has headaches, i don't", "headache someone-else"),
        # asked
        ("does it cause headaches?", "headache asked"),
        ("can savella cause nausea", "nausea asked"),
        ("is it normal that i have a headache", "headache present"),
        # clinical lists
        (
            "denies fever, nausea, headache, rash",
            "headache absent, high-temperature absent, nausea absent, rash absent",
        ),
        ("denies nausea, has a headache", "headache present, nausea absent"),
        ("neg for nausea, headache, rash", "headache absent, nausea absent, rash absent"),
        ("(-) nausea (-) rash", "nausea absent, rash absent"),
        ("w/o nausea, rash, headache", "headache absent, nausea absent, rash absent"),
        ("no nausea/headache/rash", "headache absent, nausea absent, rash absent"),
        ("rash/headache/nausea: none", "headache absent, nausea absent, rash absent"),
        ("no fever, nausea, headache", "headache absent, high-temperature absent, nausea absent"),
        ("headache? no. nausea? yes", "headache absent, nausea present"),
        # "only" ends a denial, "or" does not
        ("no nausea, only a headache", "headache present, nausea absent"),
        ("i don't get headaches or feel nausea", "headache absent, nausea absent"),
        ("no nausea and i have a headache", "headache present, nausea absent"),
        # a denial that held until now; one that holds
        ("never had a headache until these tablets", "headache present"),
        ("never had a headache in my life", "headache absent"),
        # what is no less urgent for being over; long ago, and many times, it is
        ("i fainted this morning, fine since", "fainting present"),
        ("had a fit yesterday, it has gone now", "seizure present"),
        ("my seizures have stopped", "seizure past"),
        ("had a seizure as a child, none since", "seizure past"),
        # a story is whose is named in it
        ("in the film she had a seizure", "seizure someone-else"),
        ("in the film my husband watched, a man had a seizure", "seizure someone-else"),
        ("in the middle of the film my husband had a seizure", "seizure present"),
        ("i watched a film and had a seizure", "seizure present"),
        ("a film about headaches and nausea", "headache someone-else, nausea someone-else"),
        ("i dreamt i had a seizure", "seizure someone-else"),
        ("i dreamt of home and woke with a headache", "headache present"),
        # the family
        ("my dad had seizures all his life", "seizure someone-else"),
        ("i had a seizure at 50", "seizure present"),
        ("fhx: seizures", "seizure someone-else"),
        # a nurse's ticks
        ("nausea -ve, headache +ve", "headache present, nausea absent"),
        ("nausea - no, headache - yes", "headache present, nausea absent"),
        ("can't breathe oh no", "severe-breathlessness present"),
        ("no headache, and the nausea has gone", "headache absent, nausea past"),
        # asked round, and of what makes one feel so
        ("is a headache listed", "headache asked"),
        ("is my headache listed", "headache present"),
        ("could these tablets make me itch", "itching asked"),
        # "gone" before an adjective ends nothing
        ("i have a rash and he's gone pale", "pale present, rash present"),
        ("the rash has gone completely", "rash past"),
        ("i had a rash but it's gone now", "rash past"),
        # long ago, up to a "now"
        ("years ago i had a rash, now i have a headache", "headache present, rash past"),
        ("i have a rash, i was sixteen when i was a scout", "rash present"),
        ("had a rash as a boy, none since", "rash past"),
        ("i was constipated but prunes sorted that out", "constipation past"),
        # what is over, in every tense that ends it; hoped for, denied or passing, it is not
        ("the headaches went but now i have nausea", "headache past, nausea present"),
        ("the headaches went through the roof", "headache present"),
        ("the nausea has gone from bad to worse", "nausea present"),
        ("the nausea stopped me eating", "nausea present"),
        ("my headaches ended the week i changed", "headache past"),
        ("nausea by the end of the week", "nausea present"),
        ("i just want the headaches to stop", "headache present"),
        ("the headaches seem to have stopped", "headache past"),
        ("no more headaches, no more sweating", "headache past, sweating past"),
        # "it" and "all" stand for what was said, in the sentence before too
        ("dizzy over easter, all gone now, still have a rash", "dizziness past, rash present"),
        ("had headaches, got over it. nausea is the one that stayed", "headache past, nausea present"),
        ("the headache lasted until thursday, then vanished", "headache past"),
        ("i had nausea for a week. it stopped on monday", "nausea past"),
        ("i had nausea for a week. it stopped on monday but it's back", "nausea present"),
        ("i had a headache and nausea. both have gone", "headache past, nausea past"),
        ("i had a headache, then nausea. it has gone", "headache present, nausea past"),
        ("i get dizzy when i stand up. it passes", "dizziness present"),
        ("i had a seizure. it stopped after a minute", "seizure present"),
        ("i used to get headaches. they are back", "headache present"),
        # ends with a time, a means or a name; only the past of them is over
        ("the headaches ended tuesday", "headache past"),
        ("his nausea finished in the summer", "nausea past"),
        ("the nausea is fading", "nausea present"),
        ("the headache passes by noon", "headache present"),
        ("a headache at the end on friday", "headache present"),
        ("constipation sorted with prunes", "constipation past"),
        ("some sort of rash", "rash present"),
        ("the headaches are history", "headache past"),
        ("felt dizzy last month, over and done with", "dizziness past"),
        ("headaches for weeks now, im done with it", "headache present"),
        ("the nausea only lasted a week", "nausea past"),
        ("dizzy only last week", "dizziness present"),
        ("the feeling sick wore off", "nausea past"),
        ("i get headaches every morning, gone by noon", "headache present"),
        ("i had headaches every morning, all over now", "headache past"),
        ("had nausea until last month", "nausea past"),
        ("no bother until last month, now headaches", "headache present"),
        ("until they lowered the dose i had nausea", "nausea past"),
        # no end named: "not any more" denies what was, and goes on with what was denied
        ("felt sick at first, not any more", "nausea past"),
        ("used to get headaches on it. used to. not any more", "headache past"),
        ("can't sleep, not any more", "insomnia present"),
        ("couldn't sleep, but not any more", "insomnia past"),
        ("can't poo, not since tuesday", "constipation present"),
        ("there are no more headaches", "headache past"),
        ("headache at easter, fine now", "headache past"),
        ("suicidal last night, fine now", "suicidal-thoughts present"),
        ("i want to die, not now but soon", "suicidal-thoughts present"),
        ("was suicidal at first, not any more", "suicidal-thoughts past"),
        # what is named as known and over was told before
        ("a rash came in may. the rash has gone", "rash past"),
        ("headaches every day. that headache at easter has gone", "headache past, headache present"),
        ("i tried to hang myself. that was thirty years ago", "suicide-attempt past"),
        ("i was never dizzy before i started these", "dizziness present"),
        ("tried to hang myself years ago. did it again last night", "suicide-attempt present"),
        # degrees: better is not over; how well it is
        ("the headaches aren't as bad as they were", "headache present"),
        ("haven't slept this well in years", "insomnia absent"),
        ("haven't slept this badly in years", "insomnia present"),
        ("i'd be worried if i started itching", "itching hypothetical"),
        # a time before, set against now
        ("i was sleeping badly on the old tablets. on these i sleep well", "insomnia absent, insomnia past"),
        ("i'm back on the old tablets and i have nausea", "nausea present"),
        ("at first i had nausea. now nothing bothers me", "nausea past"),
        ("he had nausea until they changed him over", "nausea past"),
        ("he has nausea since they changed him over", "nausea present"),
        ("never had nausea until they changed the tablets", "nausea present"),
        ("instead of nausea i have a headache", "headache present, nausea absent"),
        # feared and asked; "my" and "this" are there, and the end that is asked for has not come
        ("if i ever came out in a rash i'd phone", "rash hypothetical"),
        ("if i ever eat late i get nausea", "nausea present"),
        ("worried about this rash", "rash present"),
        ("what's the chance of getting a headache", "headache asked"),
        ("do headaches go away", "headache asked"),
        ("will the headaches ever stop", "headache present"),
        # a denied set and its items, before or behind
        ("none of the usual ones - a rash, nausea", "nausea absent, rash absent"),
        (
            "doesn't have any of the ones you listed: rash, nausea. only a headache",
            "headache present, nausea absent, rash absent",
        ),
        ("has two of the ones you listed: rash, nausea", "nausea present, rash present"),
        ("none of the symptoms have gone: rash, nausea", "nausea present, rash present"),
        ("none of the tablets helped - a rash, nausea", "nausea present, rash present"),
        ("rash, nausea, none of those", "nausea absent, rash absent"),
        ("i have a rash and nausea, none of that before", "nausea present, rash present"),
        ("none of the signs are being taken seriously: a rash, nausea", "nausea present, rash present"),
        ("none of them believe me - a rash, nausea", "nausea present, rash present"),
        ("none of them have come on: a rash, nausea", "nausea absent, rash absent"),
        ("can't explain any of the symptoms: a rash, nausea", "nausea present, rash present"),
        (
            "of the ones you named (nausea, headache) i only have a rash",
            "headache hypothetical, nausea hypothetical, rash present",
        ),
        ("of the ones you named, nausea and headache are here", "headache present, nausea present"),
        ("absent: nausea, rash", "nausea absent, rash absent"),
        ("not got: nausea, rash", "nausea absent, rash absent"),
        ("no floppiness or nausea", "nausea absent"),
        ("no one knows or sees the rash", "rash present"),
        ('i ticked "no" for nausea and a rash', "nausea absent, rash absent"),
        ('i ticked "yes" for nausea and a rash', "nausea present, rash present"),
        ("nobody in the house has had nausea or a rash", "nausea absent, rash absent"),
        ("can't rule out nausea", "nausea present"),
        ("i can rule out nausea", "nausea absent"),
        # what denies a complaint so that all is well denies those behind an "or" too
        ("without vomiting or nausea or a rash", "nausea absent, rash absent, vomiting absent"),
        ("no trouble sleeping, nausea or rash", "insomnia absent, nausea absent, rash absent"),
        ("no trouble sleeping and nausea every day", "insomnia absent, nausea present"),
        ("i haven't gone off my food and i haven't a rash", "poor-appetite absent, rash absent"),
        ("i've gone off my food and i haven't a rash", "poor-appetite present, rash absent"),
        ("nothing other than nausea", "nausea present"),
        ("other than nausea i'm right as rain", "nausea present"),
        # fine
        ("nausea is fine now", "nausea absent"),
        ("the nausea is no better now", "nausea present"),
        # things and animals
        ("our washing machine shakes all over", "tremor someone-else"),
        ("the laptop died and i have a headache", "headache present"),
        # whose it is
        ("my sister had a rash. i have no rash", "rash absent, rash someone-else"),
        ("my sister had a rash. she is better", "rash present"),
        ("my wife is the one with the headache", "headache someone-else"),
        # the writer set apart; of another, who takes the medicine, it is told
        ("my sister had awful constipation. i've only had a dry mouth", "constipation someone-else, dry-mouth present"),
        ("my sister had awful constipation and so have i", "constipation present"),
        ("my wife has a rash. i only have creams, she feels sick", "nausea present, rash present"),
        ("everyone in the group moans about nausea, mine never came", "nausea someone-else"),
        ("my wife has a headache. i, by contrast, sleep well", "headache someone-else, insomnia absent"),
        ("my wife, on the other hand, has a headache", "headache present"),
        ("my wife takes these and has a headache. i'm fine", "headache present"),
        # another's emergency that happens now stays
        ("my dad has chest pain. i'm fine", "chest-pain present"),
        ("my sister had chest pain. my chest is fine", "chest-pain absent, chest-pain someone-else"),
        # who died, who is in a book, what a film is called, what is said figuratively
        ("mum had chest pain for years before he died", "chest-pain someone-else, loneliness-grief present"),
        ("mum had chest pain before she passed out", "chest-pain present, fainting present"),
        ("the narrator has nausea", "nausea someone-else"),
        ("we watched insomnia", "insomnia someone-else"),
        ("we watched telly, insomnia again", "insomnia present"),
        ("a headache, not literally", "headache absent"),
        ("my head is splitting, not literally", "headache present"),
        ("in the car i had a headache", "headache present"),
        # asked round its words
        ("is nausea normal", "nausea asked"),
        # asked of people at large, and in the midst of a sentence
        ("do most people get headaches", "headache asked"),
        ("am i liable to get headaches", "headache asked"),
        ("out of interest, is it known to cause nausea", "nausea asked"),
        ("he wants to know whether it causes nausea", "nausea asked"),
        ("any chance of a headache", "headache asked"),
        ("i do the garden and get headaches", "headache present"),
        ("not sure if it is a rash on my arm", "rash present"),
        ("what is this rash", "rash present"),
        ("has anyone had a rash like mine", "rash present"),
        ("does it cause the headaches i get", "headache present"),
        # what follows the question tells of it after all; what only weighs it asks of what is there
        ("can it cause chest pain? i've had it since noon", "chest-pain present"),
        ("can it cause a rash? mine is everywhere", "rash present"),
        ("can it cause a rash? mine is fine", "rash asked"),
        ("can it cause a rash? i am 40", "rash asked"),
        ("can it cause a rash? my son has one", "rash present"),
        ("can it wait, chest pain since noon", "chest-pain present"),
        ("could you call me, feeling dizzy", "dizziness present"),
        ("she said watch out for a rash because she got one, but no, i'm fine", "rash hypothetical"),
        # set apart, from afar, before starting, and who only lives with the patient
        ("a man on reddit got chest pain. nothing like that for me", "chest-pain someone-else"),
        ("a man on reddit has chest pain right now", "chest-pain present"),
        ("my wife has a rash. nothing like that before", "rash present"),
        ("dad had seizures. should i say so before i start", "seizure someone-else"),
        ("dad had a seizure today. should i say so before i start", "seizure present"),
        ("she's on savella, it's me who has a headache", "headache someone-else"),
        ("she's on savella, it's me who has chest pain", "chest-pain present"),
        ("the hero gets shot, seizure, credits", "seizure someone-else"),
        # a cue inside a phrase denies nothing
        ("i can't sleep", "insomnia present"),
        ("no appetite", "poor-appetite present"),
        # looks like a denial and is none
        ("not only nausea", "nausea present"),
        ("the headache is not going away", "headache present"),
        ("no doubt this is a rash", "rash present"),
    ],
)
def test_how_it_is_meant(checker: Checker, text: str, meant: str) -> None:
    found = {
        f"{m.symptom} {'asked' if m.asked else m.assertion}"
        for m in checker.answer(text).mentions
        if not checker.knowledge.symptom(m.symptom).circumstance
    }
    assert ", ".join(sorted(found)) == meant


@pytest.mark.parametrize("assertion", ["absent", "past", "hypothetical", "someone-else"])
def test_only_what_is_present_is_matched(make: Callable[..., Checker], assertion: str) -> None:
    text = {
        "absent": "no nausea",
        "past": "i used to have nausea",
        "hypothetical": "worried about getting nausea",
        "someone-else": "my wife gets nausea, i don't",
    }[assertion]
    answer = make(["savella"]).answer(text)
    assert answer.matches == ()
    assert [(out.symptom, out.assertion, out.effects) for out in answer.ruled_out] == [
        ("nausea", assertion, ("Nausea",))
    ]
    assert answer.urgency == "routine"
