"""The preference centre in a real browser: it fits a phone, no is drawn as yes is, and no script is needed."""

import pytest

from tests.browser.chromium import Tab
from tests.browser.rooms import PAGES, card, come_in

WIDTHS = (320, 390, 768, 1280)

TOO_WIDE = """[...document.querySelectorAll('body *')]
  .filter(e => !e.closest('.unseen, .skip, thead, caption') && e.getClientRects().length)
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.tagName + '.' + e.className).slice(0, 5)"""

NARROW = """[...document.querySelectorAll('main p, main li, main dd, main .label')]
  .filter(e => e.getClientRects().length && e.innerText.trim().length > 40)
  .filter(e => e.getBoundingClientRect().width < 120)
  .map(e => e.innerText.slice(0, 40)).slice(0, 5)"""

BROKEN = """[...document.querySelectorAll('button, nav a, .go, th, .counts, .state > *, .label, .benefit')]
  .filter(e => e.getClientRects().length && !e.closest('.unseen, .skip'))
  .filter(e => !e.closest('thead') || getComputedStyle(e.closest('thead')).position !== 'absolute').filter(e => {
    const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), tops = new Set();
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      if (n.parentElement.closest('.unseen')) continue;
      for (const word of n.data.matchAll(/[\\p{L}\\d]+/gu)) {
        const part = document.createRange(); part.setStart(n, word.index); part.setEnd(n, word.index + word[0].length);
        if (new Set([...part.getClientRects()].map(box => Math.round(box.top))).size > 1) return true;
      }
    }
    return false;
  }).map(e => e.innerText.slice(0, 30)).slice(0, 5)"""

DRAWN = """[...document.querySelectorAll('fieldset.choices')].map(set => [...set.querySelectorAll('button')].map(b => {
  const box = b.getBoundingClientRect(), own = getComputedStyle(b), label = getComputedStyle(b.querySelector('.label'));
  return [Math.round(box.width), Math.round(box.height), own.backgroundColor, own.color, own.borderColor,
          own.borderWidth, own.borderRadius, own.fontFamily, own.fontSize,
          label.color, label.fontSize, label.fontWeight].join('|');
}))"""

CONTRASTS = """(() => {
  const parts = c => c.match(/[\\d.]+/g).map(Number), lit = c => { const [r, g, b] = parts(c).slice(0, 3)
    .map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (parts(c)[3] !== 0) return c; } return 'rgb(255, 255, 255)'; };
  return [...document.querySelectorAll('body *')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length)
    .filter(e => !e.closest('.unseen, .skip'))
    .map(e => { const [a, b] = [lit(getComputedStyle(e).color), lit(behind(e))].sort((x, y) => y - x);
      return [(a + .05) / (b + .05), e.tagName + '.' + e.className + ': ' + e.innerText.slice(0, 30)]; })
    .filter(([ratio]) => ratio < 4.5).map(([ratio, what]) => ratio.toFixed(2) + ' ' + what).slice(0, 5);
})()"""

SMALL = """[...document.querySelectorAll('button, summary, nav a, .go, input[type=checkbox]')]
  .filter(e => e.getClientRects().length).map(e => [e.getBoundingClientRect(), e.innerText || e.name])
  .filter(([box]) => Math.min(box.width, box.height) < 20).map(([box, what]) => what).slice(0, 5)"""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_phone(tab: Tab, url: str, page: str) -> None:
    """At 320 pixels nothing is wider than the window, no text is squeezed into a column, no word broken in two."""
    come_in(tab, url, "alma")
    for width in WIDTHS:
        tab.size(width)
        tab.open(f"{url}/{page}")
        tab.run("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert (width, tab.run(TOO_WIDE)) == (width, [])
        assert (width, tab.run(NARROW)) == (width, [])
        assert (width, tab.run(BROKEN)) == (width, [])


@pytest.mark.parametrize("dark", [False, True])
def test_no_is_drawn_as_yes_is(tab: Tab, url: str, *, dark: bool) -> None:
    """The buttons of one choice have the same box, font, weight, colours and border, at every width, light and dark."""
    come_in(tab, url, "carmen")
    for width in WIDTHS:
        tab.size(width, dark=dark)
        tab.open(f"{url}/preferences")
        sets = tab.run(DRAWN)
        assert len(sets) > 6
        assert [drawn for drawn in sets if len(set(drawn)) > 1] == []


def test_a_button_that_is_drawn_otherwise_is_found(tab: Tab, url: str) -> None:
    """The control: one button that is a little wider, bolder or paler is seen."""
    come_in(tab, url, "carmen")
    for style in ("fontSize = '1.1em'", "background = '#eee'", "width = '90%'"):
        tab.open(f"{url}/preferences")
        tab.run(f"document.querySelector('fieldset.choices button').style.{style}")
        assert [drawn for drawn in tab.run(DRAWN) if len(set(drawn)) > 1] != []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("page", PAGES)
def test_everything_can_be_read_and_hit(tab: Tab, url: str, page: str, *, dark: bool) -> None:
    """All text stands out from what is behind it by 4.5 to 1, and nothing to press is too small for a fingertip."""
    come_in(tab, url, "alma")
    tab.size(390, dark=dark)
    tab.open(f"{url}/{page}")
    tab.run("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert tab.run(CONTRASTS) == []
    assert tab.run(SMALL) == []


def test_all_of_it_works_without_a_script(tab: Tab, url: str) -> None:
    """Coming in, saying yes and no, an area at once, telling something, leaving: clicks and no script."""
    tab.script(on=False)
    try:
        come_in(tab, url, "carmen")
        assert tab.run("document.scripts.length") == 0
        for choice, mark in (("declared", "yes"), ("none", "no"), ("context", "yes")):
            tab.press(card("suggestions", f"button[value={choice}]"))
            assert tab.run(card("suggestions", "") + ".dataset.mark") == mark
            assert "Anotado." in tab.run(card("suggestions", ".note") + ".innerText")
        tab.press("document.querySelector('#area-sales button[value=nothing]')")
        assert tab.run("document.querySelector('#area-sales .counts').innerText") == "2 no"
        tab.open(f"{url}/data")
        tab.press("document.querySelector('#told form .press')")
        assert "Guardado." in tab.run("document.querySelector('#told .note').innerText")
        tab.press("document.querySelector('form[action=\"/leave\"] button')")
        assert tab.run("document.querySelector('h1').innerText") == "Has salido"
    finally:
        tab.script(on=True)


def test_all_of_it_works_with_the_keyboard(tab: Tab, url: str) -> None:
    """Tab leads to every button in the order of the page, what has the focus is outlined, and Enter presses it."""
    come_in(tab, url, "carmen")
    order = []
    for _ in range(60):
        tab.key("Tab")
        order.append(tab.run("(e => (e.name || '') + ' ' + (e.value || ''))(document.activeElement)").strip())
        assert tab.run("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if order[-2:] == ["choice none", "choice declared"]:
            break
    assert order[-2:] == ["choice none", "choice declared"]
    tab.key("Tab", back=True)
    tab.key("Enter", leads_away=True)
    assert "Anotado." in tab.run("document.querySelector('.card .note').innerText")


def test_a_form_of_another_page_presses_nothing(tab: Tab, url: str) -> None:
    """A page of another origin that sends a form with the victim's cookie is refused, as a real browser sends it."""
    come_in(tab, url, "bruno")
    before = tab.run("document.querySelectorAll('[data-mark=no]').length")
    elsewhere = url.replace("127.0.0.1", "localhost")
    tab.open(f"{elsewhere}/livez")
    tab.go(
        f"""(() => {{ const form = document.createElement('form'); form.method = 'post';
        form.action = '{url}/preferences/area';
        form.innerHTML = '<input name=area value=sales><input name=wide value=least>';
        document.documentElement.append(form); form.submit(); }})()"""
    )
    assert tab.run("document.querySelectorAll('[data-mark]').length") == 0
    tab.open(f"{url}/preferences")
    assert tab.run("document.querySelectorAll('[data-mark=no]').length") == before
