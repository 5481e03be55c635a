"""Each page in two languages: the same structure, the same commands, the same names, and links that lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, KINDS, Page, english, page, twin
from tests.house.tree import ROOT

CLAIM = re.compile(
    r"(?:GDPR|RGPD)[- ](?:compliant|conform)|(?:cumple|cumplen|conforme)s? (?:con |al )?(?:el )?RGPD", re.IGNORECASE
)
"""To say of a program that it keeps the whole law: only its user can."""

TRANSLATED = {"[uno, dos]": "[one, two]", "nombre: …": "name: …"}
"""Names in backticks that are examples of a form, and so are written in the reader's language."""


def written() -> list[Path]:
    """Every page that a person reads, in either language."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def skeleton(found: Page) -> dict[str, object]:
    """What does not depend on the language."""
    return {
        "headings": [depth for depth, _ in found.headings],
        "blocks": [(block.word, block.code) for block in found.blocks],
        "tables": [[(row[0], len(row)) for row in table] for table in found.tables],
        "points": len(re.findall(r"^(?:- |\d+\. )", found.prose, re.MULTILINE)),
        "links": [re.sub(r"\.(?:en|es)\.md$", ".md", link) for link in found.links],
    }


def names(found: Page) -> list[str]:
    """What the program calls things on a page; capitals are placeholders."""
    return [TRANSLATED.get(name, name) for name in found.names if not re.search("[A-Z]{3}", name)]


def leads_nowhere(found: Page) -> list[str]:
    """The links inside of the project behind which there is nothing."""
    inside = [link for link in found.links if not re.match(r"https?:|mailto:", link)]
    return [link for link in inside if not (found.path.parent / link.partition("#")[0]).exists()]


@pytest.mark.parametrize("path", english(), ids=lambda path: path.relative_to(DOCS).as_posix())
def test_both_languages_say_the_same(path: Path) -> None:
    """The Spanish page has the English one's headings, blocks, tables, points and links."""
    assert skeleton(page(twin(path))) == skeleton(page(path))


@pytest.mark.parametrize("path", english(), ids=lambda path: path.relative_to(DOCS).as_posix())
def test_both_languages_name_the_same(path: Path) -> None:
    """What stands in backticks is the same in both, in whichever order, but for placeholders in capitals."""
    ours, theirs = (sorted(names(page(each))) for each in (path, twin(path)))
    assert theirs == ours


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_stands_alone(kind: str) -> None:
    """Every page of the four kinds is there in both languages, and there is one at least."""
    names = {path.name.removesuffix(".md") for path in (DOCS / kind).glob("*.md")}
    assert names
    assert {name.rpartition(".")[0] for name in names if name.endswith(".en")} == {
        name.rpartition(".")[0] for name in names if name.endswith(".es")
    }
    assert [name for name in names if not name.endswith((".en", ".es"))] == []


@pytest.mark.parametrize("path", written(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    """What a page links to inside of the project is there, and in the page's own language."""
    found = page(path)
    assert leads_nowhere(found) == []
    other = {".en": ".es.md", ".es": ".en.md"}.get(path.suffixes[0] if len(path.suffixes) > 1 else "", "none")
    assert [link for link in found.links if link.endswith(other)] == []


@pytest.mark.parametrize("path", written(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_claims_the_whole_law(path: Path) -> None:
    """Fiel serves articles; no page calls it compliant."""
    assert CLAIM.findall(page(path).text) == []


def test_what_is_wrong_is_seen() -> None:
    """The control: another block, row, heading or link, a link to nothing, and a claim are seen."""
    text = "# A\n\n`b`\n\n```sh\nls\n```\n\n| a | b |\n|---|---|\n| `x` | y |\n\n[c](../reference/http.en.md)\n"
    whole = Page(path=DOCS / "reference" / "a.en.md", text=text)
    for was, becomes in (("ls", "l"), ("| `x`", "| `z`"), ("# A", "## A"), ("http", "nothing")):
        assert skeleton(Page(path=whole.path, text=text.replace(was, becomes))) != skeleton(whole)
    assert leads_nowhere(whole) == []
    assert leads_nowhere(Page(path=whole.path, text=text.replace("http", "nothing"))) == ["../reference/nothing.en.md"]
    assert CLAIM.search("Fiel is GDPR" + "-compliant")
    assert CLAIM.search("Fiel cumple el " + "RGPD")
