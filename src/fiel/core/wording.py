"""How words weigh on a reader: what pushes, what hedges, what only specialists read, and how hard a text is to read.

Lists and figures, no judgement of meaning. Readability by INFLESZ (Barrio Cantalejo 2008, on Szigriszt Pazos) in
Spanish and by Flesch (1948) in English; of other languages nothing is said.
"""

import re
from collections.abc import Mapping
from typing import Final

EASY: Final[Mapping[str, float]] = {"es": 55.0, "en": 60.0}
"""From which figure on a text is for everybody: *normal* in INFLESZ, *plain English* in Flesch."""

LONGEST_SENTENCE: Final = 30
"""Words that one takes in at once."""

FEWEST_WORDS: Final = 100
"""Of fewer words no figure is told: a single long name would decide it."""

_PUSHING: Final = {
    "es": r"[!¡]|\b(por desgracia|lamentable\w*|lamentamos|aprovecha\w*|solo hoy|sólo hoy|última oportunidad|date prisa"
    r"|no te (lo )?pierdas|te perder[áa]s|perder[áa]s|gracias por|recomenda\w+|qué pena|nos (apena|duele|entristece)"
    r"|increíble\w*|mejor experiencia|experiencia única|¿seguro que|¿estás segur[oa]|la mayoría (elige|de))\b",
    "en": r"!|\b(unfortunately|sadly|sorry to|hurry|only today|last chance|miss(ing)? out|don'?t miss|thank you for"
    r"|recommended|we recommend|amazing|best experience|unique experience|are you sure|most people|you will lose"
    r"|you'll lose|what a pity|hurts us)\b",
}
_HEDGING: Final = {
    "es": r"\b(podr[íi]a\w*|quiz[áa]s?|tal vez|puede que|entre otr[oa]s|y otr[oa]s (fines|datos)|mejorar tu experiencia"
    r"|por ejemplo|en ciertos casos|posiblemente|determinad[oa]s (fines|datos|terceros)|terceros de confianza)\b",
    "en": r"\b(might|perhaps|possibly|such as|among others|and other (purposes|data)|improve your experience"
    r"|for example|in certain cases|certain (data|purposes|third parties)|trusted (partners|third parties))\b",
}
_JARGON: Final = {
    "es": r"\b(perfilado|dato[s]? pseudonimizad\w*|seudonimiza\w*|encargado del tratamiento|licitud|cookies?"
    r"|algoritmo\w*|machine learning|engagement|targeting|opt[- ]?(in|out)|lookalike|onboarding|lead[s]?)\b",
    "en": r"\b(profiling|pseudonymi[sz]\w*|data processor|lawfulness|cookies?|algorithm\w*|machine learning|engagement"
    r"|targeting|opt[- ]?(in|out)|lookalike|onboarding|pursuant|hereinafter|aforementioned)\b",
}
_PROMOTING: Final = {
    "es": r"\d+ ?% (de descuento|menos|dto)|\b(cup[óo]n\w*|regalo por|gratis|sorteo|premio|rebajas)\b",
    "en": r"\d+ ?% (off|discount)|\b(coupon\w*|voucher\w*|free gift|for free|prize|giveaway)\b",
}
_COMMON: Final = {
    "es": "de la que el en los se del las un por con no una su para es al lo como más pero sus le o este sí porque "
    "esta cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros "
    "tu tus te ya si así eso esto cada qué",
    "en": "the of and to in is that it was for on are as with they at be this from have or by not but what all were we "
    "when your can said there use each which she how their if will up other about out many then them these so some "
    "her would him into has you do who does than our it's no one",
}
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_END: Final = re.compile(r"(?<=[.:;?!…])\s+|\n+")
_STRONG: Final = "aáeéoóíú"


def pushing(text: str, language: str) -> tuple[str, ...]:
    """The words that hurry, flatter, thank, lament or recommend; none in a language of which there is no list."""
    return _found(_PUSHING, text, language)


def hedging(text: str, language: str) -> tuple[str, ...]:
    """The words that say what might be, or leave open what there is."""
    return _found(_HEDGING, text, language)


def jargon(text: str, language: str) -> tuple[str, ...]:
    """The words that specialists read, and others do not."""
    return _found(_JARGON, text, language)


def promoting(text: str, language: str) -> tuple[str, ...]:
    """The words that offer something in exchange, or beside what is to be decided."""
    return _found(_PROMOTING, text, language)


def knows(language: str) -> bool:
    """Whether there are lists and figures for a language."""
    return language in EASY


def sentences(text: str) -> tuple[str, ...]:
    """A text's sentences; a line of its own is one."""
    return tuple(part.strip() for part in _END.split(text) if _WORD.search(part))


def words(text: str) -> tuple[str, ...]:
    """A text's words, without figures and signs."""
    return tuple(_WORD.findall(text))


def ease(text: str, language: str) -> float | None:
    """How easily a text is read, some 0 to 100; None where no figure is known or there is too little text."""
    count = len(words(text))
    if not knows(language) or count < FEWEST_WORDS:
        return None
    said = max(1, len(sentences(text)))
    sounds = sum(syllables(word, language) for word in words(text))
    if language == "es":
        return 206.835 - 62.3 * sounds / count - count / said
    return 206.835 - 84.6 * sounds / count - 1.015 * count / said


def syllables(word: str, language: str) -> int:
    """The syllables of a word: exactly as Spanish is spelt; in English as nearly as spelling tells."""
    return max(1, _spanish(word.lower()) if language == "es" else _english(word.lower()))


def sounds_like(text: str, languages: tuple[str, ...]) -> str | None:
    """Which of the languages a text is in by its commonest words, None where that is not plain."""
    said = [word.lower() for word in words(text)]
    heard = {code: sum(word in _commonest(code) for word in said) for code in languages if code in _COMMON}
    ranked = sorted(heard, key=lambda code: -heard[code])
    if len(ranked) < 2 or heard[ranked[0]] < 3 or heard[ranked[0]] < 2 * heard[ranked[1]]:  # noqa: PLR2004 - three words
        return None
    return ranked[0]


def _commonest(language: str) -> frozenset[str]:
    return frozenset(_COMMON[language].split())


def _found(lists: Mapping[str, str], text: str, language: str) -> tuple[str, ...]:
    pattern = lists.get(language)
    return () if pattern is None else tuple(found[0].lower() for found in re.finditer(pattern, text, re.IGNORECASE))


def _spanish(word: str) -> int:
    """Groups of vowels, where two strong ones are two, and a weak one with an accent stands alone."""
    spoken = re.sub(r"(?<=[gq])u(?=[eéií])", "", word).replace("ü", "u")
    return sum(_beats(group) for group in re.findall(r"[aeiouáéíóúy]+", re.sub(r"y(?=[aeiouáéíóú])", "-", spoken)))


def _beats(group: str) -> int:
    return max(1, sum(letter in _STRONG for letter in group))


def _english(word: str) -> int:
    spoken = re.sub(r"['’]s$", "", word)
    heard = re.sub(r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<![aeioutd])ed$|(?<=[^aeioucsxzg])es$", "", spoken)
    return len(re.findall(r"[aeiouy]+", heard))
