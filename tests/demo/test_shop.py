"""The demo's pages: whole without a script, in two languages, with equal buttons; only its own forms count."""

import re
from collections.abc import Mapping
from http.client import HTTPConnection
from itertools import pairwise
from urllib.parse import urlencode, urlsplit

import pytest

from fiel.core.consent.choice import Standing
from fiel.demo.people import BRUNO, CARMEN, CHARACTERS, SUGGESTIONS, Character
from fiel.demo.run import Filled
from fiel.operations.show import show_choices

PAGES = ["/demo", *(f"/demo?who={character.key}" for character in CHARACTERS), "/demo/cheat"]


def ask(
    url: str, path: str, form: Mapping[str, str] | None = None, **headers: str
) -> tuple[int, Mapping[str, str], str]:
    """Status, headers and text of one answer; redirections are not followed."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        if form is None:
            connection.request("GET", path, headers=headers)
        else:
            sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
            connection.request("POST", path, body=urlencode(form), headers=sent)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


def standing_of(shop: Filled, character: Character) -> Standing:
    """Where somebody stands with suggestions."""
    stands = show_choices(shop.fiel.house, character.identifier)
    return next(stand.standing for stand in stands if stand.use_case.id == SUGGESTIONS)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_no_script_and_no_other_host(page: str, language: str, url: str) -> None:
    """Nothing is inline, nothing comes from elsewhere, and the policy lets nothing else in."""
    status, headers, text = ask(url, f"{page}{'&' if '?' in page else '?'}lang={language}")
    assert status == 200
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert f'<html lang="{language}">' in text
    assert re.findall(r"<script|\sstyle=|\son\w+=|(?:src|href)=\"(?:https?:)?//", text) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_title_and_its_sections_under_it(page: str, url: str) -> None:
    """There is one heading of the first rank, and no rank is left out."""
    ranks = [int(rank) for rank in re.findall(r"<h([1-6])", ask(url, page)[2])]
    assert ranks.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(ranks))


def test_no_and_yes_are_the_same_button(url: str) -> None:
    """Every button of a choice has the same markup, the no stands first, and nothing is chosen for the undecided."""
    text = ask(url, "/demo?who=carmen&lang=es")[2]
    buttons = re.findall(r'<button name="choice" value="(\w+)" aria-pressed="(\w+)">', text)
    card = re.search(r'data-use-case="suggestions".*?</form>', text, re.DOTALL)
    assert card is not None
    assert re.findall(r'<button ([^>]*?)value="\w+" aria-pressed="false">', card[0]) == ['name="choice" '] * 4
    assert re.findall(r'value="(\w+)" aria-pressed', card[0])[0] == "none"
    assert len(buttons) == text.count("<button name=")  # beside them there is only the way into the preference centre


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"}])
def test_a_form_from_elsewhere_changes_nothing(headers: dict[str, str], shop: Filled, url: str) -> None:
    """A form that does not come from the demo's own page is refused, and nothing is recorded."""
    before = standing_of(shop, CARMEN)
    form = {"who": "carmen", "use_case": "suggestions", "choice": "none"}
    assert ask(url, "/demo/choose", form, **headers)[0] == 403
    assert standing_of(shop, CARMEN) == before


def test_a_page_that_was_only_read_changes_nothing(shop: Filled, url: str) -> None:
    """Reading every page, also with the address that a choice leads to, leaves all standings as they were."""
    before = [standing_of(shop, character) for character in CHARACTERS]
    for page in [*PAGES, "/demo?who=carmen&done=suggestions&position=1&effects=shred"]:
        ask(url, page)
    assert [standing_of(shop, character) for character in CHARACTERS] == before


def test_a_yes_to_a_notice_that_was_not_shown_is_refused(shop: Filled, url: str) -> None:
    """A grant that names another notice is a conflict, and leaves a no a no."""
    form = {"who": "bruno", "use_case": "suggestions", "choice": "observed", "notice": "0" * 64}
    assert ask(url, "/demo/choose", form, Origin=url)[0] == 409
    assert standing_of(shop, BRUNO).status.value == "refused"


@pytest.mark.parametrize(
    "form",
    [
        {"who": "nobody", "use_case": "suggestions", "choice": "none"},
        {"who": "carmen", "use_case": "nothing", "choice": "none"},
        {"who": "carmen", "use_case": "suggestions", "choice": "everything"},
        {"who": "carmen", "use_case": "suggestions"},
        {},
    ],
)
def test_a_form_that_no_page_made_is_refused(form: dict[str, str], shop: Filled, url: str) -> None:
    """A form with something missing or unknown is an error of whoever sent it, told on a page."""
    before = standing_of(shop, CARMEN)
    status, _, text = ask(url, "/demo/choose", form, Origin=url)
    assert status in {404, 422}
    assert "<h1>" in text
    assert standing_of(shop, CARMEN) == before


def test_whatever_is_sent_is_escaped(url: str) -> None:
    """The value of the undeclared field comes back as text, never as markup."""
    form = {"attack": "gate", "value": "<b>x</b>"}
    status, _, text = ask(url, "/demo/cheat", form, Origin=url)
    assert status == 200
    assert "<b>x" not in text
    assert "&lt;b&gt;x" in text


@pytest.mark.parametrize("path", ["/demo?who=nobody", "/demo/receipt/suggestions/999999?who=alma", "/demo/receipt/x/1"])
def test_what_is_not_there_is_a_page_that_says_so(path: str, url: str) -> None:
    """A name or a receipt that does not exist is not found."""
    assert ask(url, path)[0] == 404


@pytest.mark.parametrize(("language", "usual"), [("es", "zoroastrismo"), ("en", "Zoroastrianism")])
def test_what_stands_in_the_form_is_of_the_page_s_language(language: str, usual: str, url: str) -> None:
    """The value that is offered is a word of the reader's, and is sent if they leave the field empty."""
    assert f'value="{usual}"' in ask(url, f"/demo/cheat?lang={language}")[2]
    answer = ask(url, f"/demo/cheat?lang={language}", {"attack": "gate", "value": " "}, Origin=url)[2]
    assert re.search(r'data-answer="gate" data-found="0" data-control="[1-9]', answer)
    assert usual in answer.partition('data-answer="gate"')[2]


def test_the_form_shows_whose_answer_is_shown(url: str) -> None:
    """After an attempt the form names the one that was made, and the verdict is said in words with its code beside."""
    text = ask(url, "/demo/cheat?lang=es", {"attack": "needle", "use": "carmen:suggestions"}, Origin=url)[2]
    assert re.findall(r'<option value="([^"]+)" selected>', text) == ["carmen:suggestions"]
    assert "<b>no ha elegido nada</b> <code>never_asked</code>" in text


def test_a_ledger_that_does_not_hold_has_another_sign(url: str) -> None:
    """What holds and what does not are told apart by a sign and the words, not by the colour alone."""
    answer = ask(url, "/demo/cheat?lang=en", {"attack": "ledger"}, Origin=url)[2].partition('data-answer="ledger"')[2]
    assert re.findall(r'<p class="(\w+)"><span aria-hidden="true">(.)</span> (It (?:holds|does not hold))', answer) == [
        ("good", "✓", "It holds"),
        ("bad", "✗", "It does not hold"),
    ]


def test_no_finding_of_the_greedy_promise_is_said_twice(url: str) -> None:
    """Each finding begins with its code, is marked as English, and differs from every other."""
    listed = ask(url, "/demo/cheat?lang=es")[2].partition('<ol class="findings" lang="en">')[2]
    findings = re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)
    said = [re.sub(r'<code class="quiet">.*', "", each) for each in findings]
    assert len(set(said)) == len(said) > 8
    assert [each for each in said if not re.match(r"<span><code>FIEL\d{3}</code> ", each)] == []


def test_a_receipt_says_in_which_language_it_was_signed(url: str) -> None:
    """Its text is marked with its own language; where that is not the page's, the page says why."""
    form = {"who": "carmen", "use_case": "gift_ideas", "choice": "none", "lang": "es"}
    position = re.findall(r"position=(\d+)", ask(url, "/demo/choose?lang=es", form, Origin=url)[1]["location"])[0]
    there = f"/demo/receipt/gift_ideas/{position}?who=carmen&lang="
    for language, said in (("es", 0), ("en", 1)):
        text = ask(url, there + language)[2]
        assert '<pre lang="es">Justificante de lo que elegiste' in text
        assert text.count("the language in which it was shown") == said
