// <fiel-preferences src="https://fiel.shop.example" use-case="suggestions" language="es"></fiel-preferences>
// A frame of the real preference centre, from its own origin: this page can neither read nor press what is in it.
// With `use-case` it asks about that one use, if the person may be asked now; if not, the element hears `quiet`.
// `element.token` is a function that gives a fresh subject token of the host application, or a promise of one.
class FielPreferences extends HTMLElement {
  #frame = null;
  #hear = (event) => this.#heard(event);

  connectedCallback() {
    const centre = new URL(this.getAttribute("src") ?? "", document.baseURI);
    if (centre.origin === location.origin) {
      console.error("fiel-preferences: the preference centre must have an origin of its own, or this page could press its buttons");
      return;
    }
    const address = new URL("/frame", centre);
    for (const [name, attribute] of [["lang", "language"], ["use_case", "use-case"]]) {
      if (this.hasAttribute(attribute)) address.searchParams.set(name, this.getAttribute(attribute));
    }
    this.#frame = document.createElement("iframe");
    this.#frame.title = this.getAttribute("label") ?? "Fiel";
    this.#frame.sandbox = "allow-forms allow-scripts allow-same-origin allow-downloads";
    this.#frame.allow = "";
    this.#frame.style.cssText = "display:block;width:100%;height:30rem;border:0";
    this.#frame.src = address.href;
    this.centre = centre.origin;
    addEventListener("message", this.#hear);
    this.replaceChildren(this.#frame);
  }

  disconnectedCallback() {
    removeEventListener("message", this.#hear);
    this.replaceChildren();
    this.#frame = null;
  }

  async #heard(event) {
    const frame = this.#frame?.contentWindow;
    if (event.origin !== this.centre || !frame || event.source !== frame || event.data?.fiel !== 1) return;
    if (event.data.kind === "size" && Number.isFinite(event.data.height)) {
      this.#frame.style.height = `${Math.min(Math.max(event.data.height, 160), 40000)}px`;
    } else if (event.data.kind === "quiet") {
      this.dispatchEvent(new Event("quiet"));
    } else if (event.data.kind === "ready" && typeof this.token === "function") {
      frame.postMessage({ fiel: 1, kind: "token", token: String(await this.token()) }, this.centre);
    }
  }
}

customElements.define("fiel-preferences", FielPreferences);
