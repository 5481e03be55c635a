// What a page is asked, by the name of the question. Nothing here changes a page; buttons of a choice are known by what
// they send (`choice`, `teach`, `wide`, the form that erases), never by how they look or what a theme calls them.
(() => {
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
  const unseen = e => e.closest(".unseen, .skip") !== null;
  const words = e => (e.innerText || "").trim().replace(/\s+/g, " ");
  const tag = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "");
  const brief = text => (text.length > 60 ? text.slice(0, 59) + "…" : text);
  const depth = e => { let n = 0; for (let d = e.parentElement; d; d = d.parentElement)
    if (d.tagName === "DETAILS" && !d.open && !(e.tagName === "SUMMARY" && e.parentElement === d)) n++; return n; };

  // Any colour that CSS can write, as red, green, blue (0 to 255) and alpha (0 to 1).
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true }), painted = new Map();
  const rgba = colour => {
    if (!painted.has(colour)) {
      paint.clearRect(0, 0, 1, 1); paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data; painted.set(colour, [r, g, b, a / 255]);
    }
    return painted.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const behind = e => {
    const stack = []; for (; e; e = e.parentElement) stack.push(rgba(getComputedStyle(e).backgroundColor));
    const dark = matchMedia("(prefers-color-scheme: dark)").matches && getComputedStyle(document.documentElement).colorScheme.includes("dark");
    return stack.reverse().reduce((under, next) => over(next, under), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => v / 255).map(v => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4));
    return .2126 * x + .7152 * y + .0722 * z; };
  const contrast = e => {
    const own = getComputedStyle(e); let seen = 1; for (let d = e; d; d = d.parentElement) seen *= +getComputedStyle(d).opacity;
    const under = behind(e), [r, g, b, a] = rgba(own.color), ink = over([r, g, b, a * seen], under);
    const [hi, lo] = [light(ink), light(under)].sort((p, q) => q - p);
    return (hi + .05) / (lo + .05);
  };
  const large = e => { const s = getComputedStyle(e), size = parseFloat(s.fontSize); return size >= 24 || (size >= 18.66 && +s.fontWeight >= 700); };

  const covered = e => {
    e.scrollIntoView({ block: "center" });
    const b = e.getBoundingClientRect(), hit = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);
    return !(hit && (e.contains(hit) || hit.contains(e) && hit.tagName === "LABEL"));
  };
  const drawing = b => {
    const own = getComputedStyle(b), name = b.querySelector(".label") || b, label = getComputedStyle(name);
    const of = (style, names) => names.map(each => `${each}: ${style[each]}`);
    return {
      form: [...of(own, ["fontFamily", "fontSize", "fontWeight", "fontStyle", "textTransform", "letterSpacing", "borderTopWidth", "borderTopLeftRadius",
        "opacity", "filter", "boxShadow", "transform", "textDecorationLine", "animationName", "cursor"]), ...of(label, ["fontSize", "fontWeight", "opacity", "textDecorationLine"]).map(s => "label " + s)],
      colours: [...of(own, ["backgroundColor", "backgroundImage", "color", "borderTopColor"]), "label color: " + label.color],
    };
  };
  const button = b => {
    const box = b.getBoundingClientRect(), name = b.querySelector(".label") || b;
    const no = ["none", "no", "nothing"].includes(b.value) || (b.value === "" && b.form !== null && b.form.method === "get");
    return { value: b.value, no, label: words(name), text: words(b), pressed: b.getAttribute("aria-pressed") === "true" || b.checked === true, shown: shown(b), depth: depth(b),
      disabled: b.disabled === true || b.matches("fieldset:disabled *"), box: [box.x, box.y, box.width, box.height].map(Math.round), ...drawing(b), contrast: shown(b) ? contrast(name) : 0 };
  };
  const row = (kind, name, buttons, e) => {
    const card = e.closest("[data-use-case]");
    return { kind, name, status: card ? card.dataset.status : "", mark: card ? card.dataset.mark : "", buttons: buttons.map(button) };
  };
  const rowsOf = () => {
    const rows = [];
    for (const form of document.forms) {
      for (const kind of ["choice", "teach", "wide"]) {
        const found = all(`button[name=${kind}], input[name=${kind}]:not([type=hidden])`, form);
        const named = form.querySelector("input[name=use_case], input[name=area]");
        if (found.length) rows.push([kind, named ? named.value : "", found, form]);
      }
      if (form.method === "post" && new URL(form.action, location).pathname === "/rights/erase" && form.querySelector("input[name=sure]")) {
        const twins = all("button", form.parentElement); rows.push(["erase", "", twins, form]);
      }
    }
    return rows;
  };

  return {
    rows: () => rowsOf().map(each => row(...each)),
    covered: () => rowsOf().flatMap(([kind, name, buttons]) => buttons.filter(b => shown(b) && covered(b)).map(b => [name, words(b.querySelector(".label") || b)])),
    ticked: () => all("input[type=checkbox][checked], input[type=radio][checked], option[selected]").filter(e => shown(e)).map(e => e.form ? [new URL(e.form.action, location).pathname, e.name] : ["", e.name]),

    over: () => {
      const found = all("dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true], [popover]:popover-open, [autofocus], meta[http-equiv=refresh i]").map(tag);
      const room = innerWidth * innerHeight;
      for (const e of all("body *")) {
        const own = getComputedStyle(e), box = e.getBoundingClientRect();
        if (["fixed", "sticky"].includes(own.position) && shown(e) && box.width * box.height > room * .1) found.push(tag(e));
      }
      return found;
    },

    cards: () => all("[data-use-case]").map(card => {
      const pictures = all("img, picture, video, audio, svg, canvas, iframe, object, embed, marquee", card).map(tag);
      for (const e of [card, ...all("*", card)]) {
        const own = getComputedStyle(e);
        if (own.backgroundImage.includes("url(") || own.listStyleImage.includes("url(")) pictures.push(tag(e) + " background");
        if (own.animationName !== "none") pictures.push(tag(e) + " animation");
        for (const part of ["::before", "::after"]) if (getComputedStyle(e, part).content.includes("url(")) pictures.push(tag(e) + part);
      }
      const away = all("a[href]", card).filter(a => new URL(a.href, location).host !== location.host).map(a => brief(words(a)));
      return { name: card.dataset.useCase, mark: card.dataset.mark, status: card.dataset.status, pictures, away, text: words(card), needs: all("tr[data-level]", card).map(tr => ({
        what: (tr.querySelector("th") ? tr.querySelector("th").firstChild.textContent : "").trim(), level: tr.dataset.level, names: tr.dataset.names || "" })) };
    }),

    areas: () => all("section").filter(s => s.querySelector("[data-use-case]") && !s.querySelector(":scope section [data-use-case]")).map(s => ({
      title: words(s.querySelector("h2") || s), heading: !!s.querySelector("h2"), counts: words(s.querySelector(".counts") || s.querySelector("h2") || s),
      cards: all("[data-use-case]", s).filter(c => shown(c) && depth(c) === 0).map(c => ({ name: c.dataset.useCase, mark: c.dataset.mark, heading: !!c.querySelector("h3") })) })),

    headings: () => all("h1, h2, h3, h4, h5, h6").filter(shown).map(h => [+h.tagName[1], brief(words(h) || h.textContent.trim())]),
    mains: () => all("main").length,

    links: () => all("a[href]").map(a => ({ href: a.href, path: new URL(a.href, location).pathname, own: new URL(a.href, location).host === location.host,
      scheme: new URL(a.href, location).protocol, written: a.getAttribute("href"), shown: shown(a) || unseen(a), depth: depth(a), download: a.hasAttribute("download"), text: brief(words(a)),
      there: a.hash && a.href.split("#")[0] === location.href.split("#")[0] ? document.getElementById(decodeURIComponent(a.hash.slice(1))) !== null : true })),
    forms: () => [...document.forms].map(f => ({ action: new URL(f.action, location).pathname, own: new URL(f.action, location).host === location.host, method: f.method,
      sends: all("button, input[type=submit], input[type=image]", f).some(b => b.type !== "button" && !b.disabled), dead: all("button", f).filter(b => b.type === "button").map(words) })),
    rooms: () => all("nav a[href]").map(a => [new URL(a.href, location).pathname, words(a)]),
    here: () => all("nav a[aria-current]").map(a => new URL(a.href, location).pathname),

    language: () => document.documentElement.lang,
    tongues: () => all("a[hreflang]").map(a => [a.hreflang, a.getAttribute("href")]),
    texts: () => {
      const kinds = "h1, h2, h3, h4, p, li, dd, dt, legend, .label, .includes, .benefit, small, td, th, summary, label, caption, figcaption";
      return all(kinds).filter(e => shown(e) && !e.querySelector(kinds)).map(e => ({ text: words(e), lang: (e.closest("[lang]") || document.documentElement).lang,
        kind: e.tagName.toLowerCase(), main: e.closest("main") !== null })).filter(t => t.text);
    },

    faint: () => all("body *").filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && shown(e) && !unseen(e) && !["SCRIPT", "STYLE", "NOSCRIPT"].includes(e.tagName))
      .map(e => [contrast(e), large(e) ? 3 : 4.5, brief(words(e))]).filter(([got, asked]) => got < asked - .005).map(([got, , what]) => [got.toFixed(2), what]),
    wide: () => {
      const edge = document.documentElement.clientWidth;
      const far = all("body *").filter(e => shown(e) && !e.closest(".unseen, .skip, caption, thead, svg") && e.getBoundingClientRect().right > edge + 1).map(tag);
      return far.length ? far : document.documentElement.scrollWidth > edge + 1 ? ["html"] : [];
    },
    narrow: () => all("p, li, dd, .label").filter(e => shown(e) && !unseen(e) && words(e).length > 40 && e.getBoundingClientRect().width < 120).map(e => brief(words(e))),
    broken: () => all("button, nav a, a, th, summary, .counts, .label, .benefit").filter(e => shown(e) && !unseen(e) && !e.closest("pre")).filter(e => {
      if (e.closest("thead") && getComputedStyle(e.closest("thead")).position === "absolute") return false;
      const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
      for (let n = walk.nextNode(); n; n = walk.nextNode()) {
        if (n.parentElement.closest(".unseen, .wrap")) continue;
        for (const word of n.data.matchAll(/[\p{L}\d]+/gu)) {
          const part = document.createRange(); part.setStart(n, word.index); part.setEnd(n, word.index + word[0].length);
          if (new Set([...part.getClientRects()].map(box => Math.round(box.top))).size > 1) return true;
        }
      }
      return false;
    }).map(e => brief(words(e))),
    small: () => all("button, summary, input:not([type=hidden]), select, textarea, a[href]").filter(e => shown(e) && !unseen(e)).filter(e => {
      if (e.tagName === "A" && getComputedStyle(e).display === "inline" && e.parentElement.innerText.trim() !== e.innerText.trim()) return false;
      const box = (e.closest("label") || e).getBoundingClientRect();
      return Math.min(box.width, box.height) < 23.5;
    }).map(e => brief(words(e) || e.name || tag(e))),

    controls: () => {
      const every = all("a[href], button, input:not([type=hidden]), select, textarea, summary").filter(e => (shown(e) || unseen(e)) && depth(e) === 0 && !e.disabled);
      const radios = every.filter(e => e.type === "radio"), groups = new Set(radios.map(e => [...document.forms].indexOf(e.form) + e.name));
      return every.length - radios.length + groups.size; // the tab key enters a group of radio buttons once
    },
    focus: () => {
      const e = document.activeElement; if (!e || e === document.body) return null;
      const own = getComputedStyle(e), box = e.getBoundingClientRect();
      const every = all("a[href], button, input:not([type=hidden]), select, textarea, summary").filter(c => (shown(c) || unseen(c)) && depth(c) === 0 && !c.disabled);
      const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1), y = box.y + box.height / 2, hit = document.elementFromPoint(x, y);
      return { at: every.indexOf(e), what: brief(words(e) || e.name || tag(e)), marked: (own.outlineStyle !== "none" && parseFloat(own.outlineWidth) >= 2 && rgba(own.outlineColor)[3] > 0) || own.boxShadow !== "none",
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0, hidden: !(hit && (e.contains(hit) || hit.contains(e))), top: box.top + scrollY, bottom: box.bottom + scrollY, skip: unseen(e) };
    },
  };
})()
