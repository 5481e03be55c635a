"""The cards with the needle: what is not measured is not drawn as if it were, and few people stay few."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, UseCaseId
from fiel.core.promise.measured import Likely, Measured, Method, figure
from fiel.core.promise.usecase import Level
from fiel.core.staff import Role
from fiel.operations.choose import Choice, choose
from fiel.operations.published import Published
from fiel.web.console.needle import STEPS, kept_steps, needle_of
from tests.web.console.staff import Office
from tests.web.console.workshop import PROMISE, SUGGESTIONS, a_marketer, an_office, within, words


def in_force(office: Office) -> Published:
    """What is in force."""
    with office.house.store.read() as tx:
        return office.house.shelf.now(tx)


def measure(office: Office, *shares: float) -> None:
    """Keep a measurement of the suggestions, level by level from nobody's data on."""
    case = PROMISE.use_cases[SUGGESTIONS]
    found = Measured(
        use_case=SUGGESTIONS,
        version=in_force(office).versions[SUGGESTIONS],
        at=office.house.clock.now(),
        method=Method.NEXT_VISIT,
        k=10,
        figures=tuple(
            figure(level, people=500, right=Likely(share=share, low=share - 0.02, high=share + 0.02))
            for level, share in zip((Level.NONE, *case.levels), shares, strict=True)
        ),
    )
    office.house.store.write(lambda tx: tx.measurements.put(found)).result()


def say(office: Office, status: Status, people: range) -> None:
    """So many people say the same of the suggestions."""
    notice = in_force(office).notices[SUGGESTIONS]
    given = status is Status.GIVEN
    for number in people:
        choice = Choice(
            use_case=SUGGESTIONS,
            status=status,
            attested_by=Attestation.PERSON,
            interface="test",
            language="en",
            level=Level.DECLARED if given else None,
            notice=notice if given else None,
        )
        choose(office.house, Identifier.parse(f"user:{number}"), choice).result()


def test_every_use_case_has_its_card() -> None:
    """Each one in force stands on the page with its version and leads to its balance."""
    desk = a_marketer()
    page = desk.get("/console/use-cases")
    for name, case in PROMISE.use_cases.items():
        assert case.title["en"] in words(page.text)
        assert desk.get(f"/console/use-cases/{name}").status == 200


def test_what_is_not_measured_points_nowhere() -> None:
    """Without a measure the pan of the person is empty, the needle upright in dashes, and the card says so."""
    office = an_office()
    page = a_marketer(office).get("/console/use-cases")
    card = within(page, f'id="{SUGGESTIONS}"', "</article>")
    assert 'data-tips="unknown"' in card
    assert 'class="needle unsure"' in card
    assert "Not measured yet in this version." in card
    needle = needle_of(in_force(office), PROMISE.use_cases[SUGGESTIONS])
    assert (needle.gain, needle.yours.dots, needle.tip[0]) == (None, (), 160.0)


@pytest.mark.parametrize(
    ("shares", "tips"),
    [((0.05, 0.1, 0.2, 0.4), "person"), ((0.05, 0.06, 0.08, 0.10), "data"), ((0.05, 0.1, 0.2, 0.2), "even")],
)
def test_the_needle_leans_to_what_weighs_more(shares: tuple[float, ...], tips: str) -> None:
    """More gained than asked for leans it to the person, less to the data."""
    office = an_office()
    measure(office, *shares)
    needle = needle_of(in_force(office), PROMISE.use_cases[SUGGESTIONS])
    assert needle.tips == tips
    lean = needle.tip[0] - 160.0
    assert (lean > 0) == (tips == "person")
    assert (lean < 0) == (tips == "data")


def test_a_difference_that_cannot_be_told_is_no_weight() -> None:
    """Where the intervals touch, what the person gains is not known."""
    office = an_office()
    measure(office, 0.10, 0.10, 0.10, 0.12)
    assert needle_of(in_force(office), PROMISE.use_cases[SUGGESTIONS]).gain is None


def test_no_more_than_the_pan_holds() -> None:
    """However much is gained, the pan holds its six."""
    office = an_office()
    measure(office, 0.05, 0.1, 0.2, 0.9)
    assert needle_of(in_force(office), PROMISE.use_cases[SUGGESTIONS]).gain == STEPS


def test_what_is_kept_longer_weighs_more() -> None:
    """Of what people did, up to 90 days is one step and anything longer the next; nothing kept weighs nothing."""
    steps = {name: kept_steps(case) for name, case in PROMISE.use_cases.items()}
    assert steps[UseCaseId("gift_ideas")] == 1
    assert steps[SUGGESTIONS] == 3
    assert steps[UseCaseId("buy_again")] == 4
    case = PROMISE.use_cases[SUGGESTIONS]
    assert kept_steps(replace(case, rungs=case.rungs[:1])) == 0


def test_the_balance_has_a_sentence_a_chart_and_a_table() -> None:
    """The least that is enough is said first, ringed once in the chart, and marked in the table under it."""
    office = an_office()
    measure(office, 0.05, 0.28, 0.20, 0.29)
    page = a_marketer(office).get(f"/console/use-cases/{SUGGESTIONS}")
    assert "“Only what you are looking at” is right 2.8 (2.6–3.0) times of ten" in words(page.text)
    assert page.text.count('class="ring"') == 1
    assert page.text.count('class="marked"') == 1
    assert page.text.index('class="sentence"') < page.text.index("<figure") < page.text.index('class="numbers"')
    assert "less would be kept" in page.text


def test_without_a_measure_there_is_no_chart() -> None:
    """The page says why there is none, and how to have one."""
    page = a_marketer().get(f"/console/use-cases/{SUGGESTIONS}")
    assert "<figure" not in page.text
    assert f"fiel balance DIR {SUGGESTIONS}" in page.text


def test_few_people_stay_few() -> None:
    """Of under ten nothing is told but that; of more, the tens; by level, whoever goes further counts as well."""
    office = an_office()
    say(office, Status.GIVEN, range(23))
    say(office, Status.REFUSED, range(30, 37))
    page = a_marketer(office).get(f"/console/use-cases/{SUGGESTIONS}")
    said = words(page.text)
    assert "yes: 20" in said
    assert "no: under 10" in said
    assert "undecided: 10" in said
    rows = [words(row) for row in within(page, '<table class="numbers"', "</table>").split("<tr")[3:]]
    assert [row.rpartition(" ")[2] for row in rows[:2]] == ["20", "20"]
    assert rows[2].endswith("under 10")


def test_nobody_is_counted_again_within_the_hour() -> None:
    """Two looks a minute apart tell the same, whatever happened between them."""
    office = an_office()
    say(office, Status.GIVEN, range(19))
    desk = a_marketer(office)
    before = within(desk.get("/console/use-cases"), f'id="{SUGGESTIONS}"', "</article>")
    say(office, Status.GIVEN, range(40, 60))
    office.doors.clock.turn(timedelta(minutes=1))
    assert within(desk.get("/console/use-cases"), f'id="{SUGGESTIONS}"', "</article>") == before


def test_a_use_case_that_there_is_not() -> None:
    """An address that leads nowhere says so."""
    assert a_marketer().get("/console/use-cases/none").status == 404


@pytest.mark.parametrize("role", [Role.AGENT, Role.ENGINEER, Role.AUDITOR])
def test_others_have_other_pages(role: Role) -> None:
    """The cards are for marketing and for the data protection officer."""
    assert an_office().desk(role).get("/console/use-cases").status == 403


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("path", ["/console/use-cases", "/console/use-cases/suggestions", "/console/drafts"])
def test_each_page_speaks_one_language(language: str, path: str) -> None:
    """The page says its language and has one heading of the first rank."""
    page = a_marketer(language=language).get(path)
    assert f'<html lang="{language}"' in page.text
    assert page.text.count("<h1") == 1
