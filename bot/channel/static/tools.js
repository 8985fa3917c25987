// The menu of the chat: save, erase and read aloud the conversation; links to two pages of the municipality.

import { site } from "./site.js";
import { el, safeLink } from "./render.js";
import { hush, speak, whenVoice } from "./speech.js";
import { download, transcript } from "./transcript.js";
import { words } from "./words.js";

export class Tools {
  #aloud = false;

  /** @param {import("./conversation.js").Conversation} conversation
   * @param {(text: string) => void} tell says in a line what was done @param {AbortSignal} signal */
  constructor(conversation, tell, signal) {
    this.conversation = conversation;
    this.tell = tell;
    this.toggle = el("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "tools" }, words.more);
    this.list = el("ul", { id: "tools", hidden: "" });
    const aloud = el("button", { type: "button", "aria-pressed": "false" }, words.readAloud);
    const spoken = el("li", { hidden: "" }, aloud);
    this.list.append(
      el("li", {}, this.#button(words.save, () => this.#save())),
      spoken,
      el("li", {}, this.#button(words.erase, () => this.#ask())),
    );
    for (const [text, address] of [[words.privacy, site.privacy], [words.accessibility, site.accessibility]]) {
      const link = text && address && safeLink(text, address);
      if (link) this.list.append(el("li", {}, link));
    }
    this.element = el("div", { class: "tools" }, this.toggle, this.list);
    this.toggle.addEventListener("click", () => this.#open(this.list.hidden));
    aloud.addEventListener("click", () => {
      this.#aloud = !this.#aloud;
      aloud.setAttribute("aria-pressed", String(this.#aloud));
      const last = conversation.messages.filter((message) => message.from === "assistant").at(-1);
      if (this.#aloud && last) speak(last.text);
      else hush();
    });
    whenVoice((there) => (spoken.hidden = !there), signal);
    signal.addEventListener("abort", hush);
    this.element.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.element.contains(/** @type {Node} */ (event.relatedTarget))) this.#open(false);
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.list.hidden) return;
      event.stopPropagation();
      this.#open(false);
      this.toggle.focus();
    });
    this.outcome = el("p", { class: "error", role: "alert" });
    this.dialog = this.#dialog();
  }

  /** Reads new messages aloud when that is switched on. @param {import("./api.js").Message[]} messages */
  arrived(messages) {
    if (this.#aloud) for (const message of messages) speak(message.text);
  }

  /** @param {boolean} open */
  #open(open) {
    this.list.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  /** @param {string} text @param {() => void} action */
  #button(text, action) {
    const button = el("button", { type: "button" }, text);
    button.addEventListener("click", () => {
      this.#open(false);
      this.toggle.focus();
      action();
    });
    return button;
  }

  async #save() {
    const { messages, complete } = await this.conversation.record();
    download(transcript(messages, new Date()), /** @type {ShadowRoot} */ (this.element.getRootNode()));
    this.tell(complete ? words.saved : words.savedPartly);
  }

  #ask() {
    this.outcome.textContent = "";
    this.dialog.showModal();
  }

  #dialog() {
    const keep = el("button", { type: "button" }, words.keep);
    const erase = el("button", { type: "button", class: "danger" }, words.erase);
    const heading = el("h2", { id: "erase" }, words.eraseQuestion);
    const buttons = el("div", { class: "replies" }, keep, erase);
    const dialog = el("dialog", { "aria-labelledby": "erase", "aria-describedby": "erase-text" }, heading);
    dialog.append(el("p", { id: "erase-text" }, words.eraseText), this.outcome, buttons);
    // Esc closes only this dialog, not the chat.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    keep.addEventListener("click", () => dialog.close());
    erase.addEventListener("click", async () => {
      this.outcome.textContent = words.erasing;
      try {
        await this.conversation.erase();
        dialog.close();
        this.conversation.end(words.erased);
      } catch {
        this.outcome.textContent = words.notErased;
      }
    });
    return dialog;
  }
}
