// The message log: shows each message once, and has screen readers announce it once.

import { foot, isAnswer } from "./answers.js";
import { changes, content } from "./cards.js";
import { el, plain } from "./render.js";
import { clockText, words } from "./words.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {import("./api.js").Row} Row */

// Milliseconds until browsers have reported a change to assistive technology.
const SETTLES = 150;

export class Log {
  /** @type {Map<string, {element: HTMLElement, text: string, foot: HTMLElement|null}>} */
  #shown = new Map();
  /** The newest turn's messages, the citizen's first, the question last. @type {HTMLElement[]} */
  newest = [];
  #order = Promise.resolve();
  #offered = "";

  /** @param {(payload: string, title: string) => void} choose called when a button is pressed
   * @param {(messages: Message[]) => void} arrived called with the assistant's new messages
   * @param {(id: string, helped: boolean) => Promise<void>} rate called with whether an answer helped
   * @param {(place: HTMLElement) => void} leave called with a paragraph of the page to go to */
  constructor(choose, arrived, rate, leave) {
    this.choose = choose;
    this.arrived = arrived;
    this.rate = rate;
    this.leave = leave;
    // A live region must exist before its first message: only later additions are announced.
    this.element = el("div", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": words.messages });
  }

  /** The button that sends a request; null where none is shown. @returns {HTMLElement|null} */
  get primary() {
    return this.element.querySelector(".replies .primary");
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
    for (const spoken of this.element.querySelectorAll(".spoken")) spoken.remove();
    for (const [id, known] of this.#shown) {
      if (ids.has(id)) continue;
      known.element.remove();
      known.foot?.remove();
      this.#shown.delete(id);
    }
    const turn = messages.findLastIndex((message) => message.from === "citizen") + 1;
    const added = messages.filter((message, at) => this.#show(message, corrected(messages, at), silent));
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
      for (const gone of this.element.querySelectorAll(".fix, .offer, .replies, .helped")) gone.remove();
    });
  }

  /** @param {Message} message @param {Row[]} changed rows of a review @param {boolean} silent @returns {boolean} whether it is new */
  #show(message, changed, silent) {
    const known = this.#shown.get(message.id);
    const payloads = new Set(changed.map(({ payload }) => payload ?? ""));
    if (known && known.text !== message.text) {
      known.element.replaceChildren(...this.#inside(message, payloads));
      known.text = message.text;
    }
    const element = known?.element ?? el("div", {}, ...this.#inside(message, payloads));
    element.dataset.at = clockText(message.at);
    element.className = `message ${message.from}${message.card ? ` ${message.card.type}` : ""}${message.waiting ? " waiting" : ""}`;
    if (known) return false;
    // Not announced with the answer: its buttons and links are found below it.
    const below = isAnswer(message) ? el("div", { class: "foot", "aria-live": "off" }, ...foot(message, this.rate, this.leave)) : null;
    this.#shown.set(message.id, { element, text: message.text, foot: below });
    // Of a review that was corrected, the changed rows alone are announced.
    if (changed.length) element.setAttribute("aria-live", "off");
    this.element.append(element, ...(below ? [below] : []));
    if (changed.length && !silent) this.element.append(el("p", { class: "sr spoken" }, words.corrected(changed, plain(message.text).split("\n").at(-1) ?? "")));
    return true;
  }

  /** @param {Message} message @param {ReadonlySet<string>} changed rows of a review, by payload */
  #inside(message, changed) {
    const who = el("span", { class: "sr" }, message.from === "citizen" ? words.you : words.assistant);
    const inside = [who, ...content(message, this.choose, changed)];
    const count = message.buttons.length;
    if (count) inside.push(el("span", { class: "sr offer" }, words.choices(count)));
    return inside;
  }

  /** Hides the buttons of earlier turns. @param {Message} message @param {boolean} current */
  #current(message, current) {
    const known = this.#shown.get(message.id);
    const parts = [...(known?.element.querySelectorAll(".fix, .offer") ?? []), ...(known?.foot?.querySelectorAll(".helped") ?? [])];
    for (const part of parts) /** @type {HTMLElement} */ (part).hidden = !current;
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
      const sends = message.card?.type === "review" && payload === "/affirm";
      const button = el("button", sends ? { type: "button", class: "primary" } : { type: "button" }, title);
      button.addEventListener("click", () => this.choose(payload, title));
      group.append(button);
    }
    return group;
  }
}

/** The rows of a review that differ from the review before it, of the same request.
 * @param {Message[]} messages @param {number} at @returns {Row[]} */
function corrected(messages, at) {
  const { card } = messages[at];
  if (card?.type !== "review" || !Array.isArray(card.rows)) return [];
  const before = messages.slice(0, at).findLast((message) => message.card)?.card;
  return before?.type === "review" && Array.isArray(before.rows) ? changes(card.rows, before.rows) : [];
}
