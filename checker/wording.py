"""The words by which monographs tell of side effects: how often, how bad, what opens and what ends a list.

One table a question that the import asks. `effects` and `cutting` read with them; what a symptom is called
stands in the vocabulary, never here.
"""

from __future__ import annotations

import re


def one_of(words: str) -> str:
    """Return a pattern for any of the *words*, written with spaces between and "_" inside; longest first.

    >>> one_of("rare very_rare mild")
    '(?:very rare|mild|rare)'
    """
    return f"(?:{'|'.join(w.replace('_', ' ') for w in sorted(words.split(), key=lambda w: (-len(w), w)))})"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# --- how often, how bad, how soon --------------------------------------------

SIDE_EFFECTS = _compiled(r"(side|adverse|undesirable|unwanted)[ -](effects?|reactions?|events?)")
GRAVE = _compiled(r"\b(serious|severe|dangerous|life-?threatening|grave)\b")
MIXED = _compiled(  # says of all kinds at once: no group
    r"\bsome\b[^.]{0,40}\b(mild|serious|severe)|\bmild\b[^.]{0,40}\b(severe|serious)\b|\b(vary|varies|range|severity)\b"
)
RARE = _compiled(
    r"\b(less (common|frequent)|uncommon|infrequent|rare(ly)?|occasional(ly)?)\b|<\s*\d|"
    r"\b(other|long-term|potential|possible) side"
)
OFTEN = _compiled(r"\b(common(ly)?|frequent(ly)?|most (often|people|patients)|often|usual)\b|>\s*1?0\s*%")
COMPARES = _compiled(r"\b(more|less) (common|frequent|likely)(ly)?( \w+){0,2} (with|in|than|when|among)\b")
ITSELF_GRAVE = _compiled(
    r"\brare(ly)?,?\s+(but|and|though)\s+(a\s+)?(potentially\s+)?(very\s+)?(serious|severe|life-?threatening)|"
    r"\bthis (is|can be) (a )?(potentially |very )?(serious|life-?threatening)|"
    r"^\W*(a )?(potentially )?(serious|life-?threatening)\b|"
    r"\b(require|requires|requiring|need|needs|seek) (urgent|immediate|emergency)|medical emergency|"
    r"\bpotentially (serious|life-?threatening|fatal)\b"
)
ITSELF_RARE = _compiled(  # "less common than ..." compares
    r"\W*in rare cases|"
    r"\W*((while|although|though) )?((this|it) is |these are )?(an? )?((generally|relatively|very) )?"
    r"(rare(ly)?|uncommon|infrequent(ly)?|(less|not) (common|frequent)(ly)?)\b(?! than)"
)
ITSELF_COMMON = _compiled(
    r"\W*((this|it) is |these are )?(an? |the )?((relatively|fairly|very|most|quite) )?common\b(?! in)"
)
URGENT = _compiled(
    r"immediate(ly)?\b|right away|at once|straight ?away|without delay|emergency|\burgent(ly)?\b|as soon as possible"
)
CALLS_HELP = _compiled(r"medical|doctor|physician|help|care|attention|provider|emergency|professional|hospital")
ONLY_GROUP = _compiled(  # what a label may hold that says how often or how bad, and nothing else
    r"\b"
    + one_of(
        "less more very most common commonly but and or potentially serious severe rare rarely frequent frequently "
        "uncommon infrequent occasional mild moderate side effect effects reaction reactions adverse important though "
        "life-?threatening possible other long-term usually reported"
    )
    + r"\b"
)

# --- what is no side effect --------------------------------------------------

NOT_LISTED = _compiled(r"overdos|withdrawal|misus|abuse\b|discontinu")
ONLY_WHEN = _compiled(  # before a list: told only of overdose, misuse, or stopping
    r"^\W*((sudden|abrupt)ly )?(stopping|discontinuing)\b|overdos|withdrawal (symptom|effect)|\bmisus|\babus(e|ing)\b|"
    r"\b(abrupt|sudden)(ly)? (discontinu|stop|cessation|withdraw)|"
    r"\b(upon|after|following|on|when|if) (you )?(abrupt(ly)? |sudden(ly)? )?(discontinu|stop|cessation|withdraw)"
)
ONLY_THEN = _compiled(  # behind a list, the same
    r"\b(with|in|after|from) (an? |the )?(case of )?(an? )?(overdos|misus|abus)|"
    r"\b(when|if) (it is |they are )?(misus|abus)ed"
)
VERB = _compiled(
    r"\b(is|are|was|were|be|been|can|cannot|may|might|could|should|would|will|has|have|had|occurs?|do|does|did|"
    r"include[sd]?|you|your doctor|they|these|this|it|its|it's|not|there|who|which|depends?|consult|"
    r"contact (your|a|the|us)|seek|report (any|to)|inform|avoid|stop|aren't|isn't|carr(y|ies)|var(y|ies)|warrant|"
    r"tends?|allows?|require[sd]?|needs?|needed)\b"
)
_ANY = (
    "any all some other others more many these those such certain various unforeseen unexpected the an? further several"
)
_SORT = (
    "other more less unusual new concerning serious severe mild common rare worsening adverse bothersome potential "
    "systemic unwanted side or and persistent following additive combined dangerous unpredictable significant "
    "widespread"
)
_BODY = (
    "cardiovascular gastrointestinal neurological respiratory psychiatric dermatological metabolic hormonal systemic "
    "allergic skin"
)
_HOLLOW = (
    "side[_-]effects? effects? reactions? symptoms? events? ones issues? others? these conditions? complications? "
    "concerns? interactions? etc them it list following individuals? people patients severity frequency risks? signs?"
)
GENERIC = _compiled(  # a word for side effects, no name of one
    rf"^({one_of(_ANY)})?\s*(({one_of(_SORT)}|of (these|the)( above)?)\s*)*({one_of(_HOLLOW)})?\W*\Z|"
    rf"^((more|less) (serious|severe)|other)( {one_of(_BODY)})+ {one_of(_HOLLOW)}\W*\Z"
)
_SAYS_HOW = (  # how often or how bad it is
    "generally usually typically often mostly very extremely numerous locali[sz]ed relatively more less most rare "
    "rarely common commonly uncommon infrequent infrequently frequent frequently occasional occasionally sometimes "
    "possible potential potentially mild moderate severe serious temporary permanent transient significant minor "
    "well[_-]tolerated well tolerated wide range of and or but likely in some cases also though although "
    "life-?threatening to manageable minimal limited unknown reported few short-lived important with prevalent "
    "pronounced noticeable reversible self-limiting harmless concerning bothersome undocumented"
)
_POINTS = (  # with what no name begins
    "no to for in at while from with by on leading warrant depending dependent their your its each both either "
    "more_likely less_likely most_likely among within upon as under the_combined generally usually typically mostly "
    "relatively if resolve extremely unknown infrequent uncommon unlikely reliable of ranging subside days weeks "
    "months years hours parts"
)
_SPEAKS_OF = (  # what no name holds
    "side_effects? adverse_(?:reactions?|effects?|events?) other_medic\\w+ "
    "(?:with|other)_(?:medications?|medicines?|drugs?) doctor pharmacist attention provider not_limited individuals? "
    "patients? people following medications? profile formulation ingredients? components? dosages?"
)
NO_NAME = _compiled(
    rf"({one_of(_SAYS_HOW)}[\s,]*)+|{one_of(_POINTS)}\b.*|"
    r"(rare|(more |less |very )?common|possible|mild) (with|in|but|and|when|at|if)\b.*|"
    rf".*\badministration|injection|inhalation|vaccine|.*\b{one_of(_SPEAKS_OF)}\b.*"
)

# --- body systems and parts --------------------------------------------------

_SYSTEMS = (
    "gastro-?intestinal digestive cardio-?vascular cardiac heart-related neurolog\\w+ nervous_system "
    "central_nervous_system cns psychiatric psychological mental respiratory dermatolog\\w+ skin cutaneous "
    "ha?ematolog\\w+ blood hepatic liver renal kidney urinary genitourinary metabolic endocrine hormonal "
    "musculoskeletal muscular ocular eyes? nose throat mouth bones? muscles? heart kidneys ears? ophthalmic otic oral "
    "nasal immune immunologic\\w* reproductive sexual vascular stomach"
)
_SORTS = (
    "local systemic topical injection general other others miscellaneous allergic laboratory combined body_as_a_whole "
    "constitutional mild moderate combination application_site infusion long-term short-term and & or /"
)
_OF_A_SYSTEM = (
    "system issues problems effects side_effects related disorders symptoms reactions adverse_effects events "
    "disturbances upset changes complications"
)
CATEGORY = _compiled(rf"(?:(?:{one_of(_SYSTEMS + ' ' + _SORTS)}|,)[\s-]*)+{one_of(_OF_A_SYSTEM)}?\W*")
BARE_SYSTEM = _compiled(rf"(?:(?:{one_of(_SYSTEMS)}|and|&|or|/|,)[\s-]*)+(system|related)?\W*")  # never a side effect
MAY_HEAD = _compiled(  # of the categories, those that may stand before a list
    one_of(
        "gastro-?intestinal digestive cardio-?vascular neurolog nervous cns psych respiratory dermatolog ha?ematolog "
        "hepatic renal genitourinary urinary metabolic endocrine musculoskeletal ocular ophthalm general other "
        "miscell local systemic topical eye-related eye skin combin oral long-term short-term mild central cardiac "
        "mental blood"
    )
    + r"|(liver|kidneys?|heart|stomach|immune system|bones?|muscles?|ears?|nose|throat|mouth|eyes?)\Z"
)
ROUTE = _compiled(  # "Laxative use:", "Topical application:", "When taken by mouth:"
    r"(\S+ ){1,2}(use|application|administration|forms?)\W*|(at|on|in|with|for|when|if) .*"
)
_PART = (
    "face lips? tongue throat mouth eyes? hands? feet foot legs? arms? ankles? skin nose ears? fingers? toes? neck "
    "chest back airways? eyelids? extremities"
)
PARTS = _compiled(rf"(the |your )?{one_of(_PART)}( (and|or|and/or) (the |your )?{one_of(_PART)})*")

# --- in brackets and behind names --------------------------------------------

EXAMPLE = _compiled(r"(?:e\.g\.|such as|including|like|symptoms? (?:may )?include|for example)[,:]?\s*")
REMARK = _compiled(  # what a bracket begins with that explains nothing
    one_of(
        "rare common uncommon infrequent (?:less|more|most)_(?:common|frequent|likely|often|serious|severe) "
        "especially particularly usually generally typically potentially possibl with in\\b if\\b when at\\b after "
        "during due seen this also frequent though although mild moderate temporary transient serious severe\\b \\d "
        "see\\b reported increased_risk significant sometimes often because including_in dose depend rarely "
        "occasional can\\b may\\b which not\\b from\\b to\\b ranging for\\b by\\b on\\b over under as\\b even "
        "extremely very primarily mainly > <"
    )
)
APPOSITION = (  # "NMS, a rare but serious condition": a remark between commas
    r"(?:an? |the )(?:rare|serious|severe|potential\w*|life\S*|type|form|condition|dangerous|common|mild|very|sign|"
    r"symptom|result|significant|possible|sometimes)\b|"
    r"(?:temporary|permanent|mild|moderate)(?: (?:or|and|to) \w+)?(?=,|$)|of\b"
)
GOES_ON = _compiled(  # a piece of a list that belongs to the one before it
    r"(?:including|such as|even|especially|particularly|e\.g\.|which|like|usually|although|though|but|with|sometimes|"
    rf"often|ranging)\b|{APPOSITION}"
)
SIGNS = _compiled(
    r"\b(?:characteri[sz]ed by|symptoms? (?:may |can |might |could )?(?:include|are|range from)|"
    r"signs (?:may |can )?include|such as|including|include|like|manifest(?:s|ing)? as|appear(?:s|ing)? as|e\.g\.,?|"
    r"involving|leading to|causing|"
    r"with symptoms of)\s+(?P<list>[^.;]+)"
)
AFTER_NAME = re.compile(  # small letters only: a name may hold a proper name
    r",?\s+(?:including|such as|especially|particularly|e\.g\.,?|characterized by|like|which|that|requiring|although|"
    r"though|but|with the|due to|if\b|when\b|depending|associated with|after|during|ranging|"
    r"in (?:individuals|people|patients|those|susceptible|some|women|men|children|both|rare|severe)|"
    r"with (?:prolonged|long-term|high|higher|overuse|use|extended|excessive|continued))\b|"
    rf",\s+(?={APPOSITION})"
)
LEADING = _compiled(
    r"^\W*(?:"
    + one_of(
        "and or also any potentially possibly possible potential occasionally sometimes usually typically commonly "
        "very even as_well_as such_as including like e\\.g\\.,? the_following rarely in_rare_cases in_some_cases some "
        "certain though_rare although_rare less_commonly more_rarely most_commonly an? the_risk_of feelings_of "
        "episodes_of rare_cases_of occasional_reports_of include includes other various_forms_of similar "
        "on_rare_occasions rare_but mostly"
    )
    + r"\b[,:]?\s+)+"
)
PROPER = re.compile(
    one_of(
        "Stevens Johnson Clostrid Cushing Raynaud Parkinson Guillain Torsade Quincke Reye Herpes Peyronie Alzheimer "
        "Fanconi Achilles Lyell Red_Man"
    )
)

# --- sentences ---------------------------------------------------------------

_REST = r"(?:,? but (?:are |were )?not limited to,?)?\s*:?\s*(?P<list>.+)$"
_INCLUDED = rf"\b(?:include|includes|including)\b{_REST}"
_MOST = (
    r"\b(?:most|more) \w+(?:,? though \w+,?)? (?:side effects?|reactions?)\b[^,.:]*?"
    r"\b(?:is|was|are|were)\s+(?P<list>.+)$"
)
_THESE_ARE = (
    r"\b(?:side effects?|reactions?|effects?|these|they|those|symptoms|risks?|problems?|following)\b"
    r"(?:[^:,]|,(?! \w+,))*?"
    rf"\b(?:include|includes|including|included|involve|involves|such as|are|like)\b{_REST}"
)
_MAY_OCCUR = (
    r"^(?P<list>.+?)\s+(?:(?:can|may|might|could)(?: also)? (?:rarely |sometimes |occasionally )?"
    r"(?:occur|happen|develop|appear|be seen|result|arise|be experienced)|"
    r"(?:is|are)(?: also| all)? (?:(?:rare|uncommon) but )?"
    r"(?:possible|common|rare|uncommon|reported|seen|serious|potential|frequent|"
    r"an? (?:\w+,? (?:(?:but|though) \w+,? )?)?(?:possibility|risk|concern))|"
    r"(?:has|have)(?: also)? been (?:reported|observed|noted|associated|seen)|"
    r"should be (?:addressed|reported)|require[sd]?|need(?:s)?|was|were|occur(?:s|red)?)\b"
)
_MAY_CAUSE = (
    r"\b(?:experience[sd]?|notice|cause[sd]?|lead(?:s|ing)? to|result(?:s|ing)? in|develop|report(?:ed)?|have|"
    r"occur(?:s|red)?:|suffer(?:s)?(?: from)?|increase(?:s)? the risk of|such as)\s+(?P<list>.+)$"
)
LISTS = tuple(map(_compiled, (_INCLUDED, _MOST, _THESE_ARE, _MAY_OCCUR, _MAY_CAUSE)))  # the first that names any
AFFECTS = _compiled(r"\baffect(?:s|ed)? (?:the|your) [^(,.]+ \((?P<list>[^()]+)\)")  # "affect the blood (anemia)"
WITH_SIGNS = _compiled(  # "Allergic reactions such as rash and swelling are possible": one, and its signs
    r"^(?P<name>[^,:]{4,60}?),? (?:such as|including|like) (?P<signs>.+?),? "
    r"(?:can|may|might|could|are|is|have been|has been)"
    r"(?: also| rarely| sometimes)*(?: occur| happen| develop| appear| possible| reported| seen| rare\b| observed)"
)
COMMENT = _compiled(  # speaks of what was listed
    r"\W*(these|they|this|it|both|most|many)( \w+)? (is|are|was|were|often|usually|typically|generally)"
    r"(?!.*(:|such as|\blike\b|includ|can cause|may cause| and can| but can))"
)
CLOSING = _compiled(
    r"^\W*(if|contact|call|seek|consult|report|always|inform|tell|stop|it['’]?s|it is|you should|get|go to|"
    r"discontinue|talk|speak|any|some individuals may|patients should)\b"
)
MAYBE = _compiled(r"\W*(some|it(['’]s| is) (also )?possible)")  # of the closing ones, those that list
CLOSING_NAMES = _compiled(r"\b(?:such as|including|experience|notice|develop|have)\b(?! any)\s+(?P<list>.+)$")
TAIL = _compiled(
    r",?\s+(?:which|that|who|although|though|so|because|since|when|while|if|especially|particularly|usually|depending|"
    r"as well as other|however)\b.*|"
    r",?\s+but\b.*|,?\s+and (?:should|require|may|can|is|are|necessitate|in rare|others?\b).*|\s*[–—]\s.*|"
    r",?\s+(?:at|in) (?:some|rare|certain|very rare|high|higher|large)\b.*|"
    r",?\s+(?:is|are|can|may|should|have been|has been|occurs?|requires?|in some)\b.*|\s+(?:are|is)$"
)
OPENING = _compiled(
    r"^\W*(rarely|in rare cases|in some cases|very rarely|occasionally|less commonly|less frequently|sometimes|"
    r"more rarely|additionally|also|however|in addition|most commonly)[,:]\s+"
)
OPENS_RARE = _compiled(r"\W*(rarely|in rare cases|occasionally|less commonly)\b")
BEFORE = _compiled(
    r"\b(before (you )?(start|tak|us)\w*|medical history|(if you )?have a history|more information|"
    r"discuss (the|any|your)|weigh the)\b"
)
OF_OVERDOSE = _compiled(
    r"\W*((symptoms|signs) of (an? )?\w* ?overdos|in (the )?case of (an )?overdos|"
    r"(upon|after|following|when) (you )?((abrupt|sudden)(ly)? )?(discontinu|stop|cessation|withdraw))"
)
_AROUND = (
    "from with due to related component of for side effects the and or only alone generic name drug specific common "
    "effect individual ingredient ingredients"
)
NO_DRUG = _compiled(
    r"\b(notes?|names?|usages?|uses?|individual|drugs?|information|scenarios?|generic|various|species|the|this)\b|"
    r"\b(combination|combined|medicines?|medications?|formulations?|products?|approved|brands?)\b"
)
AROUND_DRUG = frozenset(_AROUND.split())  # beside a medicine's name in a label
