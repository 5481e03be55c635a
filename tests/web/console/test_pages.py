"""What the pages of the console say and do: proofs that hold elsewhere, keys shown once, counts that find nobody."""

import csv
import io
import json
import re
import zipfile

import pytest

from fiel.core.consent.checkpoint import Checkpoint, open_note
from fiel.core.ids import Identifier
from fiel.core.staff import Role
from fiel.operations.admit import list_keys
from fiel.operations.prove import checkpoint
from fiel.testing.seals import MemorySigner
from tests.web.console.staff import Desk, Office
from tests.web.serving import say_yes

BEA = Identifier.parse("user:bea")


@pytest.fixture
def office() -> Office:
    """A house in which Ana said yes."""
    office = Office()
    say_yes(office.house)
    return office


def compared(desk: Desk, older: str, newer: str = "") -> str:
    """What the page says of two heads."""
    page = desk.send("/console/proof/compare", older=older, newer=newer)
    assert page.status == 200
    found: list[str] = re.findall(r'<p class="note under" role="\w+">(.*?)</p>', page.text)
    return found[0]


def test_heads_are_compared(office: Office) -> None:
    """An older head is found to be the beginning of the newer, also with a browser's line ends, and nothing else is."""
    desk = office.desk(Role.DPO)
    older = checkpoint(office.house)
    say_yes(office.house, BEA)
    newer = checkpoint(office.house)
    assert compared(desk, older).startswith("The older is the beginning")
    assert compared(desk, older.replace("\n", "\r\n"), newer).startswith("The older is the beginning")
    assert compared(desk, newer, older).startswith("The first one is the newer")
    assert compared(desk, older.replace("\n", "x", 1)).startswith("One of them is not signed")
    assert compared(desk, "nonsense").startswith("One of them is not signed")


def test_a_head_of_another_history_is_found(office: Office) -> None:
    """A head that the same key signed over other leaves does not go together with this ledger."""
    other = Office()
    say_yes(other.house, BEA)
    assert compared(office.desk(Role.AUDITOR), checkpoint(other.house)).startswith("They do not go together")


def test_the_evidence_holds_without_this_server(office: Office) -> None:
    """The pack's head opens with the key that is known of this ledger, and the same state makes the same pack."""
    desk = office.desk(Role.DPO)
    assert "every hash" in desk.send("/console/proof/verify").text
    got = [desk.client.get("/console/proof/evidence.zip").content for _ in range(2)]
    assert got[0] == got[1]
    with zipfile.ZipFile(io.BytesIO(got[0])) as packed:
        files = {name: packed.read(name).decode() for name in packed.namelist()}
    signer = MemorySigner()
    opened = open_note(files["checkpoint.txt"], name=signer.origin, public_key=signer.public_key, verify=signer.signed)
    assert isinstance(opened, Checkpoint)
    assert files["key.pem"] == signer.public_pem
    told = json.loads(files["audit.json"])
    assert (told["clean"], told["entries"], told["root"]) == (True, opened.size, opened.root.hex())
    assert json.loads(files["manifest.json"])["use_cases"] != []
    assert signer.origin in files["README.txt"]


def test_the_register_can_be_taken_along(office: Office) -> None:
    """As JSON and as CSV it names every use case in force, and no cell is a formula for whoever opens it."""
    desk = office.desk(Role.DPO)
    whole = json.loads(desk.client.get("/console/register.json").text)
    names = {each["use_case"] for each in whole["activities"]}
    assert names == set(desk.office.house.shelf.last.promise.use_cases)
    rows = list(csv.reader(io.StringIO(desk.client.get("/console/register.csv").content.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == names
    assert not any(cell[:1] in {"=", "+", "-", "@"} for row in rows for cell in row)


def test_few_people_are_not_counted_out(office: Office) -> None:
    """Of fewer than ten nothing is told on any page but that they are few, and no total gives them away."""
    desk = office.desk(Role.DPO)
    page = desk.get("/console/choices")
    assert "Fewer than ten people are known" in page.text
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page.text)
    assert cells
    assert set(cells) == {"under 10"}
    assert {tag["width"] for tag in page.all("rect")} == {"16"}  # the legend, and no bar


def opens(desk: Desk, key: str) -> int:
    """With which status a program is answered that shows a key and asks for what is held of Ana."""
    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
    return desk.client.get("/v1/subjects/user:ana/data", headers=headers).status_code


def test_a_key_is_shown_once(office: Office) -> None:
    """Whoever makes a key sees it in the answer and never again, and it opens what it was made for."""
    desk = office.desk(Role.ENGINEER)
    page = desk.send("/console/keys/issue", name="till", verb="rights", days="30")
    key = re.findall(r"fiel_sk_[\w-]+", page.text)[0]
    assert key not in desk.get("/console/keys").text
    assert "till" in desk.get("/console/keys").text
    assert opens(desk, key) == 200
    other = re.findall(r"fiel_sk_[\w-]+", desk.send("/console/keys/rotate", name="till", days="30").text)[0]
    assert (opens(desk, key), opens(desk, other)) == (401, 200)
    desk.send("/console/keys/revoke", name="till")
    assert opens(desk, other) == 401
    assert all(each.revoked for each in list_keys(office.house) if each.name == "till")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "", "verb": "read", "days": "30"},
        {"name": "x" * 61, "verb": "read", "days": "30"},
        {"name": "till", "days": "30"},
        {"name": "till", "verb": "admin", "days": "30"},
        {"name": "till", "verb": "read", "days": "3650"},
    ],
)
def test_a_key_that_says_nothing_is_not_made(office: Office, wrong: dict[str, str]) -> None:
    """Without a name, a word that opens something or a term that is offered there is no key."""
    before = list_keys(office.house)
    assert office.desk(Role.ENGINEER).send("/console/keys/issue", **wrong).status == 422
    assert list_keys(office.house) == before


def test_a_team_is_invited_from_a_page(office: Office) -> None:
    """The link that a page shows once is one by which somebody sets up their way in, in the role that was said."""
    desk = office.desk(Role.DPO)
    page = desk.send("/console/team/invite", name="Nadia <b>", role="auditor")
    link = re.findall(r"/console/join\?t=[0-9a-f]+", page.text)[0]
    assert "Nadia &lt;b&gt;" in page.text
    assert link not in desk.get("/console/team").text
    assert "audit" in office.desk().get(link).text
    assert desk.send("/console/team/shut", name="Nadia <b>").status == 200
    assert office.desk().get(link).status == 401


def test_the_language_stays(office: Office) -> None:
    """Once chosen, a language is that of every page that follows."""
    desk = office.desk(Role.DPO)
    assert desk.get("/console?lang=es").title == "Hoy"
    assert desk.get("/console/choices").title == "Lo que ha decidido la gente"
    assert 'lang="es"' in desk.get("/console/proof").text


def test_ana_is_nobody_on_the_pages_of_counts(office: Office) -> None:
    """What the pages of counts say is the same with Ana and without her."""
    with_her = [office.desk(Role.DPO).get(path).text for path in ("/console/choices", "/console/register")]
    empty = Office()
    without = [empty.desk(Role.DPO).get(path).text for path in ("/console/choices", "/console/register")]

    def bare(text: str) -> str:
        return re.sub(r'value="[^"]+"', "", text)

    assert [bare(text) for text in with_her] == [bare(text) for text in without]
