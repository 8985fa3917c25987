// The element <frederiksberg-chat>. A page needs one tag: <script type="module" src=".../webhooks/chat/widget.js"></script>

import { visit } from "./answers.js";
import { Conversation } from "./conversation.js";
import { Panel } from "./panel.js";
import { el } from "./render.js";
import { Store } from "./store.js";
import { style } from "./style.js";
import { Tools } from "./tools.js";
import { words } from "./words.js";

const BASE = new URL(".", import.meta.url);
// Viewports in which the chat fits beside the page's content.
const BESIDE = "(min-width: 64em) and (min-height: 30em)";
const NAP = 5000;
// On elements of the page that open the chat.
const OPENS = "[data-frederiksberg-chat]";

class FrederiksbergChat extends HTMLElement {
  #store = new Store(BASE);
  /** @type {AbortController|null} */
  #life = null;
  /** @type {HTMLElement|null} */
  #opener = null;
  #seen = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    // A popover is in the top layer, where the page cannot cover or move it.
    this.shell = el("section", { class: "shell", lang: "da", "aria-label": words.region, popover: "manual" });
    /** @type {Panel} */
    this.panel = new Panel(this.shell, {
      say: (text) => this.conversation.say({ text }, text),
      choose: (payload, title) => void this.conversation.say({ payload }, title),
      retry: () => this.conversation.go(),
      restart: () => this.conversation.restart(),
      leave: () => this.conversation.leave(),
      close: () => this.close(),
      typed: () => (this.#store.draft = this.panel.draft),
      arrived: (messages) => this.#arrived(messages),
      rate: (id, helped) => this.conversation.rate(id, helped),
      visit: (place) => {
        // Where the chat covers the page, it makes room.
        if (!window.matchMedia(BESIDE).matches) this.close();
        visit(place);
      },
    });
    const { panel } = this;
    this.conversation = new Conversation(BASE, this.#store, panel);
    this.launcher = el("button", { type: "button", class: "launcher primary", "aria-expanded": "false", "aria-controls": "panel" }, words.launch);
    this.launcher.addEventListener("click", () => this.open());
    this.news = el("p", { class: "sr", role: "status" });
    this.shell.append(this.news, this.launcher, panel.element);
    root.append(this.shell);
    panel.element.addEventListener("keydown", (event) => {
      // A list of suggestions or a composition is closed by the browser; what is typed stays in its field.
      if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) this.close();
      this.#wrap(event);
    });
  }

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    if (!this.tools) {
      this.tools = new Tools(this.conversation, (text) => this.panel.tell(text), signal);
      this.panel.equip(this.tools);
    }
    this.shell.showPopover?.();
    this.panel.sight.follow(signal);
    this.panel.draft = this.#store.draft ?? {};
    this.#store.listen((what) => {
      if (this.panel.element.hidden) return;
      if (what === "token") this.conversation.adopt();
      else this.conversation.refresh();
    }, signal);
    document.addEventListener("click", (event) => {
      const opener = event.target instanceof Element && event.target.closest(OPENS);
      if (!opener) return;
      event.preventDefault();
      this.open();
    }, { signal });
    window.addEventListener("online", () => this.#wake(), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && this.#wake(), { signal });
    document.addEventListener("visibilitychange", () => this.#wake(), { signal });
    const reloaded = /** @type {PerformanceNavigationTiming|undefined} */ (performance.getEntriesByType("navigation")[0])?.type === "reload";
    const beside = window.matchMedia(BESIDE).matches;
    const wanted = this.#store.open ?? this.hasAttribute("open");
    // On a small screen the chat covers the page, so there it opens by itself only where it was open before a reload.
    if (wanted && (beside || (reloaded && this.#store.open))) this.#show();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** Opens the chat and moves focus into it. */
  open() {
    const { activeElement } = document;
    this.#opener = activeElement instanceof HTMLElement && activeElement !== this && activeElement !== document.body ? activeElement : null;
    this.#show();
    this.panel.focusField(true);
  }

  /** Closes the chat and returns focus to the element that had it before. */
  close() {
    const inside = this.shadowRoot?.activeElement !== null;
    this.panel.element.hidden = true;
    this.launcher.hidden = false;
    this.#store.open = false;
    if (inside) (this.#opener?.isConnected ? this.#opener : this.launcher).focus();
  }

  /** Where the chat covers the page, the tab key goes round in it: focus behind it could not be seen.
   * @param {KeyboardEvent} event */
  #wrap(event) {
    if (event.key !== "Tab" || window.matchMedia(BESIDE).matches) return;
    const { header, heading, send, steps } = this.panel;
    const first = /** @type {HTMLElement} */ (header.querySelector("button"));
    const last = steps.element.hidden ? send : /** @type {HTMLElement} */ (steps.element.lastChild);
    const [from, to] = event.shiftKey ? [first, last] : [last, first];
    if (event.target !== from && event.target !== heading) return;
    event.preventDefault();
    to.focus();
  }

  #show() {
    this.panel.element.hidden = false;
    this.launcher.hidden = true;
    this.launcher.textContent = words.launch;
    this.news.textContent = "";
    this.#store.open = true;
    if (this.conversation.ready) this.conversation.refresh();
    else this.conversation.go();
  }

  /** @param {import("./api.js").Message[]} messages */
  #arrived(messages) {
    if (this.panel.element.hidden && messages.length) this.launcher.textContent = this.news.textContent = words.news;
    this.tools?.arrived(messages);
  }

  /** The network, the page or the machine is back. */
  #wake() {
    if (document.hidden || this.panel.element.hidden) return;
    if (this.conversation.pending || !this.conversation.ready) this.conversation.go();
    else if (Date.now() - this.#seen > NAP) this.conversation.refresh();
    this.#seen = Date.now();
  }
}

if (!customElements.get("frederiksberg-chat")) {
  customElements.define("frederiksberg-chat", FrederiksbergChat);
  if (!document.querySelector("frederiksberg-chat")) document.body.append(document.createElement("frederiksberg-chat"));
}
