"""The draft editor: what it shows is what the gate would keep, what it finds leads to its line, and text stays text."""

import re

import pytest

from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Level, UseCase
from fiel.core.staff import Role
from fiel.registry import read_texts
from tests.web.centre.people import Page
from tests.web.console.workshop import (
    PROMISE,
    SUGGESTIONS,
    a_marketer,
    an_office,
    checked,
    edited,
    within,
    words,
    written,
)

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}'


def kept_on(page: Page) -> set[str]:
    """The properties that the third pane says are kept."""
    found: list[str] = re.findall(r'<tr data-kept="yes"><th scope="row"><code>properties\.(\w+)</code>', page.text)
    return set(found)


def labelled(page: Page, level: Level) -> set[str]:
    """The properties of a purchase that the card names, up to a level."""
    card = within(page, '<section class="pane seen-as"')
    rows = re.findall(r'<tr data-kind="purchase" data-names="([^"]*)" data-level="(\w+)"', card)
    return {name for names, at in rows if Level.named(at) <= level for name in names.split()}


@pytest.mark.parametrize("case", list(PROMISE.use_cases.values()), ids=lambda case: case.id)
def test_what_the_card_names_is_what_the_gate_keeps(case: UseCase) -> None:
    """For each use case and level, the purchase's fields on the card are those that the third pane keeps."""
    desk = a_marketer()
    for level in case.levels:
        page = checked(desk, written(case.id), level=level.word)
        assert kept_on(page) == labelled(page, level)
        assert "religion" not in kept_on(page)


@pytest.mark.parametrize("more", [("item",), ("item", "quantity"), ("price", "quantity")])
def test_a_draft_that_asks_for_more_shows_more_and_keeps_more(more: tuple[str, ...]) -> None:
    """Also what is no longer the published use case is shown as it would be kept."""
    desk = a_marketer()
    page = checked(desk, written(UseCaseId("buy_again"), **{"[item]": f"[{', '.join(more)}]"}))
    assert kept_on(page) == labelled(page, Level.OBSERVED) == set(more)


def test_what_is_published_changes_nothing() -> None:
    """A fresh page shows a use case in force: no finding, no change, and what would be kept of an example."""
    page = a_marketer().get("/console/drafts?from=suggestions")
    assert page.status == 200
    assert "The rules find nothing." in page.text
    assert "Nothing changes: it says what is in force." in page.text
    assert "item" in kept_on(page)


def test_a_wider_draft_says_who_is_asked_again() -> None:
    """More data longer is told as asking for more, and who said yes to it would be asked again."""
    page = checked(a_marketer(), edited(within__90d="within: 120d"))
    change = words(within(page, '<section class="pane" id="found"'))
    assert "asks for more" in change
    assert "Whoever said yes to “What you do here” is asked again" in change


def test_a_narrower_draft_asks_nobody() -> None:
    """Less is less: every yes still counts."""
    page = checked(a_marketer(), edited(within__90d="within: 60d"))
    assert "Every yes that there is still counts: nobody is asked again." in page.text


def test_a_finding_leads_to_its_line() -> None:
    """Each finding has a link to its line of the draft, where it stands beside what it points at."""
    page = checked(a_marketer(), edited(retention__400d="retention: for ever"))
    [line] = re.findall(r'href="#line-(\d+)"', page.text)
    shown = within(page, f'<li id="line-{line}"', "</li>")
    assert "<mark>for ever</mark>" in shown
    assert "FIEL016" in shown
    assert "This pane shows something as soon as the draft can be read." in page.text


@pytest.mark.parametrize("text", ["a: [", "", "\t- x", "{}", "x: &a [*a]", "use_case: 7\nbasis: consent", "\x00"])
def test_broken_text_is_a_finding_and_nothing_breaks(text: str) -> None:
    """Whatever is pasted, the page answers with what is wrong, and gives back what was written."""
    page = checked(a_marketer(), text)
    assert page.status == 200
    assert re.search(r"FIEL\d+", page.text)


@pytest.mark.parametrize(
    "event", ["", "not json", "[]", "7", "{}", '{"type": "dance"}', '{"type": "track"}', "[" * 9000]
)
def test_an_event_that_is_none_is_told_in_a_sentence(event: str) -> None:
    """What is no message is said to be none, and the other panes stand."""
    page = checked(a_marketer(), written(), event=event)
    assert page.status == 200
    assert kept_on(page) == set()
    assert "The rules find nothing." in page.text


def test_whatever_the_draft_says_stays_text() -> None:
    """A script in a title, a name, a value or the event is shown as it was written, in every pane."""
    desk = a_marketer()
    title = written(SUGGESTIONS, **{"Suggest products for your next purchase": "'" + HOSTILE.replace("'", "''") + "'"})
    for page in (
        checked(desk, title, event='{"type": "track", "event": "purchase", "properties": {"<script>x": "<script>y"}}'),
        checked(desk, HOSTILE, event=HOSTILE),
        checked(desk, edited(retention__400d=f"retention: {HOSTILE}")),
        checked(desk, edited(area__sales=f"area: {HOSTILE}")),
    ):
        assert "<script" not in page.text
        assert "<img" not in page.text
        assert "49" not in words(page.text).split()
        assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_draft_is_kept_nowhere() -> None:
    """After a check nothing was published and no other session finds what was written."""
    office = an_office()
    checked(a_marketer(office), edited(use_case__suggestions="use_case: a_secret_plan"))
    with office.house.store.read() as tx:
        assert set(tx.promises.use_cases()) == set(PROMISE.use_cases) | {"picks", "card"}
    assert "a_secret_plan" not in a_marketer(office).get("/console/drafts").text


def test_the_file_is_what_was_written() -> None:
    """Who takes the file has the text, named after its use case, as a download."""
    desk = a_marketer()
    answer = desk.client.post(
        "/console/drafts/file",
        data={"proof": desk.proof, "yaml": written().replace("\n", "\r\n"), "event": ""},
        headers={"Origin": desk.url},
    )
    assert answer.headers["content-disposition"] == 'attachment; filename="suggestions.yaml"'
    assert answer.text == written()


def test_a_blank_draft_says_all_that_it_lacks() -> None:
    """Who starts from nothing is led by the findings; the names in it are those of the promise."""
    page = a_marketer().get("/console/drafts?from=new")
    assert "FIEL301" in page.text
    assert not re.search(r"FIEL1\d\d", page.text)


def test_a_draft_is_as_large_as_a_file_may_be() -> None:
    """A long draft is taken in whole; one beyond the form's size is refused as a page."""
    desk = a_marketer()
    assert checked(desk, written() + "# a remark\n" * 4_000).status == 200
    assert checked(desk, "x" * 500_000).status in {400, 413, 422}


@pytest.mark.parametrize("role", [Role.AGENT, Role.ENGINEER, Role.AUDITOR])
def test_whoever_writes_no_promise_has_no_editor(role: Role) -> None:
    """The editor is for marketing and for the data protection officer."""
    desk = an_office().desk(role)
    assert desk.get("/console/drafts").status == 403
    assert checked(desk, written()).status == 403


def test_a_form_from_elsewhere_is_not_taken() -> None:
    """Without this session's proof, or from another origin, nothing is checked."""
    desk = a_marketer()
    assert desk.post("/console/drafts", {"yaml": written(), "event": ""}).status == 403
    fields = {"proof": desk.proof, "yaml": written(), "event": ""}
    assert desk.post("/console/drafts", fields, origin="http://elsewhere.test").status == 403


def test_what_is_published_can_be_read_from_what_is_shown() -> None:
    """The text in the page is the whole use case."""
    company = "controller: {name: A, contact: b, address: c}\nlanguages: [es, en]\nareas: {}\n"
    reading = read_texts({"fiel.yaml": company, "use_cases/x.yaml": written()})
    assert all(finding.code.value.startswith("FIEL1") for finding in reading.findings)
