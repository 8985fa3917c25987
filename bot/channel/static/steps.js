// How far a request is, and the ways back and out of it.

import { el } from "./render.js";
import { words } from "./words.js";

export class Steps {
  /** @param {(text: string) => void} say called with the words of a button */
  constructor(say) {
    this.progress = el("p");
    const [back, stop] = [words.back, words.stop].map((title) => {
      const button = el("button", { type: "button" }, title);
      button.append(el("span", { class: "sr" }, title === words.back ? words.backMore : words.stopMore));
      return button;
    });
    back.addEventListener("click", () => say(words.sayBack));
    stop.addEventListener("click", () => say(words.sayStop));
    this.element = el("div", { class: "steps", role: "group", "aria-label": words.request, hidden: "" }, this.progress, back, stop);
  }

  /** @param {import("./api.js").Asked|null} asked null while a turn runs: nothing changes */
  show(asked) {
    if (!asked) return;
    this.element.hidden = !asked.asking;
    const { at, of } = asked.progress ?? { at: 0, of: 0 };
    this.progress.textContent = of ? words.progress(at, of) : asked.asking === "review" ? words.lastStep : "";
  }
}
