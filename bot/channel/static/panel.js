// The chat's window: header, message log, notices, input field and the form for what is asked.

import { Fields } from "./fields.js";
import { Log } from "./log.js";
import { Notice, contact } from "./notice.js";
import { el, inline } from "./render.js";
import { Sight } from "./sight.js";
import { Steps } from "./steps.js";
import { words } from "./words.js";

const LONGEST_TEXT = 4000;
const TYPING_AFTER = 400;
const SLOW_AFTER = 10_000;
const TOUCH = "(pointer: coarse)";
// Slots of free text, which is corrected where it stands.
const TEXTS = ["recording_explanation", "notes_wanted", "question_text", "told_beside", "behalf_name"];
// The names of questions about a meeting that has been.
const PAST = /_notes$/;

/** Callbacks for what the citizen does.
 * @typedef {object} Acts
 * @property {(text: string) => boolean} say returns whether the text was accepted
 * @property {(payload: string, title: string) => void} choose
 * @property {() => void} retry
 * @property {() => void} restart
 * @property {() => void} leave a new conversation is wanted after a full one
 * @property {() => void} close
 * @property {() => void} typed the content of a field changed
 * @property {(messages: import("./api.js").Message[]) => void} arrived
 * @property {(id: string, helped: boolean) => Promise<void>} rate
 * @property {(place: HTMLElement) => void} visit a paragraph of the page is wanted */

export class Panel {
  #busy = false;
  #typing = 0;
  #slow = 0;
  /** The text that the field was given, of a reopened slot. */
  #given = "";

  /** @param {HTMLElement} shell what the panel is placed in @param {Acts} acts */
  constructor(shell, acts) {
    this.acts = acts;
    this.log = new Log((payload, title) => this.#choose(payload, title), acts.arrived, acts.rate, acts.visit);
    this.fields = new Fields((text) => this.#sendFields(text), acts.typed);
    this.steps = new Steps((text) => void (acts.say(text) && this.#stay()));
    this.announcement = new Notice(() => this.sight.update());
    this.typing = el("p", { class: "typing", hidden: "" }, el("span", { class: "dots", "aria-hidden": "true" }), words.typing);
    this.status = el("p", { class: "status", role: "status" });
    this.ended = el("p", { class: "ended", role: "status" });
    this.restart = el("button", { type: "button", hidden: "" }, words.restart);
    this.restart.addEventListener("click", () => {
      this.field.focus();
      acts.restart();
    });
    this.scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": words.conversation });

    this.notice = el("div", { class: "text", role: "alert" });
    this.retry = el("button", { type: "button", hidden: "" }, words.retry);
    this.leave = el("button", { type: "button", hidden: "" }, words.restart);
    for (const button of [this.retry, this.leave]) {
      button.addEventListener("click", () => {
        this.focusField();
        (button === this.retry ? acts.retry : acts.leave)();
      });
    }
    this.contact = contact();
    this.trouble = el("div", { class: "notice", hidden: "" }, this.notice, this.retry, this.leave, this.contact);
    this.scroll.append(this.log.element, this.typing, this.fields.element, this.trouble, this.ended, this.restart);

    this.field = el("textarea", { id: "field", rows: "1", autocomplete: "off", "aria-describedby": "error" });
    this.error = el("p", { class: "error", id: "error", role: "alert" });
    this.send = el("button", { type: "submit", class: "primary" }, words.send);
    const label = el("label", { for: "field" }, words.field);
    this.composer = el("form", { class: "composer", novalidate: "" }, label, this.error, el("div", { class: "row" }, this.field, this.send));
    this.close = el("button", { type: "button", class: "quiet", "aria-label": words.close }, words.closeShort);
    this.close.addEventListener("click", acts.close);
    this.heading = el("h2", { tabindex: "-1" }, words.launch);
    this.header = el("div", { class: "header" }, this.heading);
    this.element = el("div", { class: "panel", id: "panel", hidden: "" });
    // The ways back and out of a request stand beside the field, where the keyboard is; behind it for the tab key.
    this.element.append(this.header, this.announcement.element, this.scroll, this.status, this.composer, this.steps.element);
    this.sight = new Sight(shell, this.element, this.scroll, this.composer, () => (this.ended.textContent ? [this.ended] : this.log.newest), acts.close);
    this.#listen();
  }

  /** Adds the tools to the header. @param {import("./tools.js").Tools} tools */
  equip(tools) {
    this.header.append(tools.element, this.close);
    this.element.append(tools.dialog);
  }

  #listen() {
    this.field.addEventListener("input", () => {
      this.wrong("");
      this.acts.typed();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.composer.requestSubmit();
    });
    this.composer.addEventListener("keydown", (event) => {
      const way = event.key === "PageUp" ? -1 : event.key === "PageDown" ? 1 : 0;
      // Of several lines, the field itself moves by a page.
      if (!way || this.field.value.includes("\n") || this.field.scrollHeight > this.field.clientHeight) return;
      event.preventDefault();
      this.sight.move(way);
    });
    this.composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** The text typed and not sent, by field. @returns {Record<string, string>} */
  get draft() {
    return { text: this.field.value, ...this.fields.typed };
  }

  set draft(fields) {
    this.field.value = fields.text ?? "";
    this.fields.typed = fields;
  }

  /** Shows these messages. @param {import("./api.js").Message[]} messages
   * @param {import("./api.js").Asked|null} asked null while a turn runs @param {boolean} silent nothing is announced */
  async sync(messages, asked, silent) {
    this.restart.hidden = true;
    this.ended.textContent = "";
    await this.log.sync(messages, silent, (changed) => {
      const other = this.fields.show(asked, PAST.test(messages.at(-1)?.name ?? ""));
      this.steps.show(asked);
      if (asked) this.#give(asked.kept, asked.kept_beside);
      if (other || changed) this.sight.update();
    });
  }

  /** Gives the fields what a reopened slot holds, and takes back what they were given before.
   * @param {import("./api.js").Kept|null|undefined} kept @param {import("./api.js").Asked["kept_beside"]} beside */
  #give(kept, beside) {
    if (this.#given && this.field.value === this.#given) this.field.value = "";
    this.#given = "";
    if (!kept || kept.value === null) return;
    const filled = this.fields.fill(kept, beside);
    if (this.field.value) return;
    // With the keyboard it is corrected where it stands; a date is not, since it can be told in words as well.
    if (filled && filled.type !== "date" && this.sight.focused === this.field) {
      filled.focus({ preventScroll: true });
      if (filled instanceof HTMLInputElement) filled.select();
    }
    if (filled || !TEXTS.includes(kept.slot)) return;
    this.field.value = this.#given = kept.shown;
  }

  /** Shows the municipality's notice. @param {import("./api.js").Health} health @returns {boolean} whether the assistant is paused */
  announce(health) {
    const { announcement } = this;
    // It is asked for again and again: a citizen who reads further up, or presses a button, is not moved for that.
    if (!announcement.show(health)) return announcement.paused;
    const { focused } = this.sight;
    this.element.classList.toggle("paused", announcement.paused);
    // What had the focus may be gone.
    if (focused?.checkVisibility() === false) this.focusField();
    this.sight.update();
    return announcement.paused;
  }

  /** @param {boolean} busy */
  busy(busy) {
    if (busy === this.#busy) return;
    this.#busy = busy;
    // Only sending is blocked: what is typed meanwhile stays in the field.
    if (busy) this.send.setAttribute("aria-disabled", "true");
    else this.send.removeAttribute("aria-disabled");
    clearTimeout(this.#typing);
    clearTimeout(this.#slow);
    if (!busy) {
      this.typing.hidden = true;
      this.tell("");
      return;
    }
    this.#typing = window.setTimeout(() => {
      this.typing.hidden = false;
      this.sight.update();
    }, TYPING_AFTER);
    this.#slow = window.setTimeout(() => this.tell(words.slow), SLOW_AFTER);
  }

  /** Shows a notice, or hides it when `text` is empty. @param {string|null} text @param {boolean} [retry] @param {boolean} [withContact] */
  warn(text, retry = false, withContact = false) {
    if (!text && this.trouble.contains(this.sight.focused)) this.focusField();
    this.trouble.hidden = !text;
    this.retry.hidden = !retry;
    this.leave.hidden = true;
    this.contact.hidden = !withContact;
    if (this.notice.textContent !== (text ?? "")) this.notice.replaceChildren(...inline(text ?? ""));
    this.sight.update();
  }

  /** Shows that the conversation is full; the field keeps its text for a new one. @param {string} text */
  full(text) {
    this.warn(text);
    this.leave.hidden = false;
    this.sight.update();
  }

  /** @param {string} text a status message */
  tell(text) {
    this.status.textContent = text;
  }

  /** Shows an error at the field, or removes it when empty. @param {string} message */
  wrong(message) {
    if (this.error.textContent !== message) this.error.textContent = message;
    if (message) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
  }

  /** Puts a refused text back into the field, before what was typed since. @param {string} text */
  giveBack(text) {
    this.field.value = [text, this.field.value].filter(Boolean).join("\n");
    this.acts.typed();
  }

  /** Separates a new conversation from the old one. @param {boolean} fresh whether the old messages are removed */
  divide(fresh) {
    this.log.divide(fresh);
  }

  /** @param {string} message */
  erased(message) {
    this.warn(null);
    this.draft = {};
    this.fields.show(null, false);
    this.steps.show({ asking: null });
    this.wrong("");
    this.tell("");
    this.ended.textContent = message;
    this.restart.hidden = false;
    this.sight.update();
    if (!this.element.hidden) this.restart.focus();
  }

  /** Focuses the field. By touch the chat opens at its heading: a keyboard would hide the greeting. @param {boolean} [opened] */
  focusField(opened) {
    const target = opened && window.matchMedia(TOUCH).matches ? this.heading : this.element.matches(".paused") ? this.close : this.field;
    target.focus({ preventScroll: true });
  }

  #submit() {
    const typed = this.field.value.trim();
    // To the citizen there is one answer to send, wherever it stands.
    if (!typed && this.fields.filled) return this.fields.element.requestSubmit();
    const sends = this.log.primary;
    // At the review nothing is written: the button is what is meant.
    if (!typed && sends) return sends.focus();
    // The fields go with the question, so what stands in them is sent along, as a sentence of its own.
    const beside = this.fields.beside(typed);
    if (beside === null) return;
    const text = [beside, typed].filter(Boolean).join(". ");
    const message = !text ? words.empty : text.length > LONGEST_TEXT ? words.tooLong(text.length) : "";
    this.wrong(message);
    if (message) return this.focusField();
    if (!this.acts.say(text)) return;
    this.field.value = "";
    if (beside) this.fields.sent();
    this.acts.typed();
    this.#stay();
  }

  /** @param {string} text */
  #sendFields(text) {
    if (!this.acts.say(text)) return;
    this.fields.sent();
    this.#stay();
    this.acts.typed();
  }

  /** @param {string} payload @param {string} title */
  #choose(payload, title) {
    if (this.#busy) return;
    if (this.fields.completedBy(payload)) {
      const text = this.fields.answer();
      if (text) this.#sendFields(`${text}, ${title}`);
      return;
    }
    this.#stay();
    this.acts.choose(payload, title);
  }

  /** Moves focus from a button that will be removed. On a phone focus in the field would open the keyboard. */
  #stay() {
    const target = window.matchMedia(TOUCH).matches && this.sight.focused !== this.field ? this.scroll : this.field;
    target.focus({ preventScroll: true });
  }
}
