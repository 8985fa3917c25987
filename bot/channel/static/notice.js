// The municipality's notice above the chat, or in place of it while the assistant is paused; and how to reach Jura.

import { el, inline } from "./render.js";
import { PHONE, PHONE_LINK, words } from "./words.js";

/** @typedef {{paused?: boolean, notice?: {text: string, since: string}|null}} Health */

export class Notice {
  /** Whether the assistant is paused. */
  paused = false;
  #stands = "";

  /** @param {() => void} changed called when it takes another room */
  constructor(changed) {
    this.text = el("div", { role: "status" });
    this.hide = el("button", { type: "button" }, words.hideNotice);
    this.contact = contact();
    this.element = el("div", { class: "announcement", hidden: "" }, this.text, this.contact, this.hide);
    this.hide.addEventListener("click", () => {
      this.element.hidden = true;
      changed();
    });
  }

  /** @param {Health} health @returns {boolean} whether something else stands than before */
  show({ paused = false, notice = null }) {
    const text = notice?.text ?? (paused ? words.paused : "");
    const stands = text && `${notice?.since}${text}${paused}`;
    if (stands === this.#stands) return false;
    this.#stands = stands;
    this.paused = paused;
    this.element.hidden = !text;
    this.hide.hidden = paused;
    this.contact.hidden = !paused;
    this.text.replaceChildren(...(text ? [el("p", {}, ...inline(text))] : []));
    return true;
  }
}

/** Jura's contact details. */
export function contact() {
  const lines = (/** @type {string[]} */ texts) => texts.flatMap((text, at) => (at ? [el("br"), text] : [text]));
  return el("dl", { class: "contact", hidden: "" },
    el("div", {}, el("dt", {}, words.telephone), el("dd", {}, el("a", { href: PHONE_LINK }, PHONE))),
    el("div", {}, el("dt", {}, words.hours), el("dd", {}, ...lines(words.hoursLines))),
    el("div", {}, el("dt", {}, words.address), el("dd", {}, ...lines(words.addressLines))),
    el("div", {}, el("dt", {}, words.post), el("dd", {}, words.postLine)));
}
