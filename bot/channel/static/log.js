// The message log: shows each message once, and has screen readers announce it once.

import { content } from "./cards.js";
import { el, plain } from "./render.js";
import { words } from "./words.js";

/** @typedef {import("./api.js").Message} Message */

// Milliseconds until browsers have reported a change to assistive technology.
const SETTLES = 150;

export class Log {
  /** @type {Map<string, {element: HTMLElement, text: string}>} */
  #shown = new Map();
  /** The newest turn's messages, the citizen's first, the question last. @type {HTMLElement[]} */
  newest = [];
  #order = Promise.resolve();
  #offered = "";

  /** @param {(payload: string, title: string) => void} choose called when a button is pressed
   * @param {(messages: Message[]) => void} arrived called with the assistant's new messages */
  constructor(choose, arrived) {
    this.choose = choose;
    this.arrived = arrived;
    // A live region must exist before its first message: only later additions are announced.
    this.element = el("div", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": words.messages });
  }

  /** Shows these messages; concurrent calls run one after the other.
   * @param {Message[]} messages @param {boolean} silent nothing is announced
   * @param {(changed: boolean) => void} shown called when they are on the page
   * @returns {Promise<void>} when assistive technology knows of them */
  sync(messages, silent, shown) {
    const next = () => this.#sync(messages, silent, shown);
    this.#order = this.#order.then(next, next);
    return this.#order;
  }

  /** @param {Message[]} messages @param {boolean} silent @param {(changed: boolean) => void} shown */
  async #sync(messages, silent, shown) {
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
    this.newest = messages.slice(Math.max(turn - 1, 0)).flatMap(({ id }) => this.#shown.get(id)?.element ?? []);
    shown(this.#offer(messages.slice(turn)) || added.length > 0);
    if (silent) {
      await new Promise((done) => setTimeout(done, SETTLES));
      this.element.setAttribute("aria-live", "polite");
    } else this.arrived(added.filter((message) => message.from === "assistant"));
  }

  /** Ends a conversation: removes its messages, or keeps them without buttons above a divider.
   * @param {boolean} fresh */
  divide(fresh) {
    this.#order = this.#order.then(() => {
      this.#shown.clear();
      this.newest = [];
      this.#offered = "";
      if (fresh) this.element.replaceChildren();
      else this.element.append(el("p", { class: "divider" }, words.newConversation));
      for (const gone of this.element.querySelectorAll(".fix, .offer, .replies")) gone.remove();
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

  /** Hides the buttons of earlier turns. @param {Message} message @param {boolean} current */
  #current(message, current) {
    const element = this.#shown.get(message.id)?.element;
    for (const part of element?.querySelectorAll(".fix, .offer") ?? []) /** @type {HTMLElement} */ (part).hidden = !current;
  }

  /** Shows the newest turn's buttons, each group under its message. @param {Message[]} turn @returns {boolean} whether they changed */
  #offer(turn) {
    const offers = turn.filter((message) => message.buttons.length);
    // Unchanged buttons are not replaced, so that a focused one keeps focus.
    const key = JSON.stringify(offers.map(({ id, buttons }) => [id, buttons]));
    if (key === this.#offered) return false;
    this.#offered = key;
    for (const gone of this.element.querySelectorAll(".replies")) gone.remove();
    for (const message of offers) this.#shown.get(message.id)?.element.after(this.#group(message, message === turn.at(-1)));
    return true;
  }

  /** @param {Message} message @param {boolean} last whether it is the question, not an answer before it */
  #group(message, last) {
    const question = /[^.!?\n]+\?\s*$/.exec(plain(message.text))?.[0].trim();
    const name = last && question ? `${words.replies}: ${question}` : last ? words.replies : words.further;
    // Not announced: the message says how many there are.
    const group = el("div", { role: "group", class: "replies", "aria-label": name, "aria-live": "off" });
    for (const { title, payload } of message.buttons) {
      const button = el("button", { type: "button" }, title);
      button.addEventListener("click", () => this.choose(payload, title));
      group.append(button);
    }
    return group;
  }
}
