"""One deception for each check, as a theme and a page would practise it; each must turn its own check red.

What is put into a page is plain HTML and CSS, so that no check can be satisfied by a script being absent.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

Rewritten = Callable[[str, str], str]
"""A page, by its text and its path, as it is after the deception."""

FIELDSET: Final = re.compile(r"<fieldset class=\"choices.*?</fieldset>", re.DOTALL)
CARD: Final = re.compile(r"<article class=\"card\" id=\"card-.*?</article>", re.DOTALL)
FORM: Final = re.compile(r"<form method=\"post\" action=\"/preferences/choose\">.*?</form>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deception:
    """What it does to a page, and the style that comes with it."""

    page: Rewritten = lambda text, _path: text
    css: str = ""


def _into_main(spanish: str, english: str) -> Rewritten:
    def rewritten(text: str, _path: str) -> str:
        said = spanish if '<html lang="es"' in text else english
        return text.replace("</main>", f"{said}</main>", 1)

    return rewritten


def _in_each(pattern: re.Pattern[str], change: Callable[[str], str]) -> Rewritten:
    return lambda text, _path: pattern.sub(lambda found: change(found[0]), text)


def _nested(form: str) -> str:
    return "<details><summary>…</summary>" * 3 + form + "</details>" * 3


def _last_pressed(fieldset: str) -> str:
    before, mark, after = fieldset.rpartition('aria-pressed="false"')
    return f'{before}aria-pressed="true"{after}' if mark else fieldset


def _no_folded_away(fieldset: str) -> str:
    return re.sub(
        r"(<button name=\"\w+\" value=\"(?:none|no|nothing)\".*?</button>)",
        r"<details><summary>…</summary>\1</details>",
        fieldset,
        flags=re.DOTALL,
    )


def _labels_swapped(fieldset: str) -> str:
    labels = re.findall(r"<span class=\"label\">.*?</span>", fieldset)
    if len(labels) < 2:
        return fieldset
    return fieldset.replace(labels[0], "\0").replace(labels[1], labels[0]).replace("\0", labels[1])


def _hierarchy_lost(text: str, _path: str) -> str:
    return re.sub(r"<(/?)h3", r"<\1h5", text).replace("<h2", "<h1", 1).replace("</h2>", "</h1>", 1)


def _moved(text: str, path: str) -> str:
    bare = text.replace("<tr data-kind", "<tr data-moved").replace(" data-level=", " data-elsewhere=")
    return re.sub(r"<nav .*?</nav>", "", bare, flags=re.DOTALL) if path == "/rights" else bare


def _miscounted(text: str, _path: str) -> str:
    return re.sub(r"(<p class=\"counts\">)\d+", r"\g<1>9", text)


ENGLISH: Final = "<p>We would like to use this for all that you do here, and you can change it when you want.</p>"
SPANISH: Final = "<p>Nos gustaría usar esto para todo lo que haces aquí, y lo puedes cambiar cuando quieras.</p>"

PATTERNS: Final[Mapping[str, Deception]] = {
    "continuous_prompting": Deception(
        page=_into_main('<div class="again">¿Y ahora?</div>', '<div class="again">And now?</div>'),
        css=".again { position: fixed; inset: auto 0 0 0; height: 45vh; background: #fff; color: #000; }",
    ),
    "privacy_maze": Deception(page=_in_each(FORM, _nested)),
    "too_many_options": Deception(page=_in_each(CARD, lambda card: card * 8)),
    "snugness": Deception(page=_in_each(FIELDSET, _last_pressed)),
    "look_over_there": Deception(
        page=_in_each(
            CARD, lambda card: card.replace("<h3>", '<img src="/static/mark.svg" alt="" width="40" height="40"><h3>', 1)
        )
    ),
    "emotional_steering": Deception(page=_into_main("<p>No te lo pierdas.</p>", "<p>Do not miss out on it.</p>")),
    "hidden_in_plain_sight": Deception(
        css="button[value=none], button[value=nothing] { font-size: .8rem; color: #999; border-color: transparent; }"
    ),
    "dead_end": Deception(page=lambda text, _path: text.replace('href="/data/download"', 'href="/data/gone"')),
    "longer_than_necessary": Deception(page=_in_each(FIELDSET, _no_folded_away)),
    "misleading_action": Deception(page=_in_each(FIELDSET, _labels_swapped)),
    "lacking_hierarchy": Deception(page=_hierarchy_lost),
    "decontextualising": Deception(page=_moved),
    "inconsistent_interface": Deception(
        css="button[value=none], button[value=nothing], fieldset > details { order: 9; }"
    ),
    "language_discontinuity": Deception(page=_into_main(ENGLISH, SPANISH)),
    "conflicting_information": Deception(page=_miscounted),
    "ambiguous_wording": Deception(
        page=_into_main(
            "<p>Podríamos usar ciertos datos, entre otros, para mejorar tu experiencia.</p>",
            "<p>We might use certain data, among others, to improve your experience.</p>",
        )
    ),
}
"""The sixteen, by the name of the check that must see them."""

ACCESS: Final[Mapping[str, Deception]] = {
    "contrast": Deception(css="h1 { color: #bbb; background: #ddd; }"),
    "reflow": Deception(css="h1 { width: 60rem; }"),
    "target_size": Deception(css="summary { min-height: 0 !important; height: 12px; overflow: hidden; }"),
    "keyboard": Deception(css="*:focus-visible { outline: none !important; }"),
    "axe": Deception(page=_into_main('<img src="/static/mark.svg">', '<img src="/static/mark.svg">')),
    "weight": Deception(page=_into_main(f"<!-- {'x' * 90_000} -->", "")),
}
"""What breaks access, by the name of the check that must see it."""

ALL: Final[Mapping[str, Deception]] = {**PATTERNS, **ACCESS}
