// The messages on the page: each stands there once, and is read out once by a screen reader.

import { content } from "./cards.js";
import { el } from "./render.js";
import { words } from "./words.js";

/** @typedef {import("./api.js").Message} Message */

// Browsers tell assistive technology of changes a little later than they happen.
const SETTLES = 150;

export class Log {
  /** @type {Map<string, {element: HTMLElement, text: string}>} */
  #shown = new Map();
  #order = Promise.resolve();

  /** @param {(payload: string, title: string) => void} choose what buttons do
   * @param {(messages: Message[]) => void} arrived messages of the assistant that are new to the citizen */
  constructor(choose, arrived) {
    this.choose = choose;
    this.arrived = arrived;
    // There before the first message; only what is added later is read out.
    this.element = el("div", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": words.messages });
    this.replies = el("div", { class: "choices" });
  }

  /** Shows the messages as they are now; one call after the other.
   * @param {Message[]} messages @param {boolean} silent nothing is read out @returns {Promise<void>} when it is shown */
  sync(messages, silent) {
    const shown = () => this.#sync(messages, silent);
    this.#order = this.#order.then(shown, shown);
    return this.#order;
  }

  /** @param {Message[]} messages @param {boolean} silent */
  async #sync(messages, silent) {
    if (silent) this.element.setAttribute("aria-live", "off");
    const ids = new Set(messages.map((message) => message.id));
    for (const [id, { element }] of this.#shown) {
      if (ids.has(id)) continue;
      element.remove();
      this.#shown.delete(id);
    }
    const turn = messages.findLastIndex((message) => message.from === "citizen") + 1;
    const added = messages.filter((message) => this.#show(message));
    messages.forEach((message, at) => this.#current(message, at >= turn));
    this.#offer(messages.slice(turn));
    if (added.length) this.#scroll(added[0].from === "citizen" ? added[0] : (messages[turn - 1] ?? added[0]));
    if (silent) {
      await new Promise((done) => setTimeout(done, SETTLES));
      this.element.setAttribute("aria-live", "polite");
    } else this.arrived(added.filter((message) => message.from === "assistant"));
  }

  /** The end of a conversation: its messages go away, or stay as they are and a new one begins under them.
   * @param {boolean} fresh */
  divide(fresh) {
    this.#order = this.#order.then(() => {
      this.#shown.clear();
      this.replies.replaceChildren();
      if (fresh) this.element.replaceChildren();
      else this.element.append(el("p", { class: "divider" }, words.newConversation));
      for (const gone of this.element.querySelectorAll(".fix, .offer")) gone.remove();
    });
  }

  /** @param {Message} message @returns {boolean} whether it is new */
  #show(message) {
    const known = this.#shown.get(message.id);
    if (known && known.text !== message.text) {
      known.element.replaceChildren(...this.#inside(message));
      known.text = message.text;
    }
    const element = known?.element ?? el("div", {}, ...this.#inside(message));
    element.className = `message ${message.from}${message.card ? ` ${message.card.type}` : ""}${message.waiting ? " waiting" : ""}`;
    if (known) return false;
    this.#shown.set(message.id, { element, text: message.text });
    this.element.append(element);
    return true;
  }

  /** @param {Message} message */
  #inside(message) {
    const who = el("span", { class: "sr" }, message.from === "citizen" ? words.you : words.assistant);
    const inside = [who, ...content(message, this.choose)];
    const count = message.buttons.length;
    if (count) inside.push(el("span", { class: "sr offer" }, words.choices(count)));
    return inside;
  }

  /** Only in the last turn can anything be chosen. @param {Message} message @param {boolean} current */
  #current(message, current) {
    const element = this.#shown.get(message.id)?.element;
    for (const part of element?.querySelectorAll(".fix, .offer") ?? []) /** @type {HTMLElement} */ (part).hidden = !current;
  }

  /** @param {Message[]} turn */
  #offer(turn) {
    const groups = turn.filter((message) => message.buttons.length).map((message) => {
      const group = el("div", { role: "group", class: "replies", "aria-label": words.replies });
      for (const { title, payload } of message.buttons) {
        const button = el("button", { type: "button" }, title);
        button.addEventListener("click", () => this.choose(payload, title));
        group.append(button);
      }
      return group;
    });
    // What stands is left alone: a button that has focus keeps it.
    const same = groups.map((group) => group.textContent).join("|") === [...this.replies.children].map((group) => group.textContent).join("|");
    if (!same) this.replies.replaceChildren(...groups);
  }

  /** The turn's beginning to the top, so that a long answer is read from its first line. @param {Message} message */
  #scroll(message) {
    const element = this.#shown.get(message.id)?.element;
    const area = element?.closest(".scroll");
    if (!element || !area) return;
    area.scrollTop += element.getBoundingClientRect().top - area.getBoundingClientRect().top - 8;
  }
}
