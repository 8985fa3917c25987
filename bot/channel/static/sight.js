// Keeps the newest question and its way of answering in view, after every change of what is shown or of the space there is.

import { el } from "./render.js";
import { words } from "./words.js";

// Pixels: above the first line, and what a press on a chip leaves of the old view.
const GAP = 8;
// Pixels without content at the end of the conversation.
const TAIL = 12;
const KEPT = 64;
// Pixels that a chip may cover.
const CHIP = 56;
// A panel lower than this many lines scrolls as a whole, as at 400 % zoom.
const LOW = 22;
// A difference of this many pixels between window and visual viewport is a scroll bar, not a keyboard.
const BAR = 24;

export class Sight {
  /** @type {HTMLElement|null} */
  #unseen = null;
  /** Whether a pointer is down, and whether an update waits for it. */
  #pressed = false;
  #late = false;

  /** @param {HTMLElement} shell what is placed in the window @param {HTMLElement} panel
   * @param {HTMLElement} scroll the part of it that scrolls
   * @param {() => HTMLElement[]} newest the newest turn's messages, the question last */
  constructor(shell, panel, scroll, newest) {
    this.shell = shell;
    this.panel = panel;
    this.scroll = scroll;
    this.newest = newest;
    this.above = this.#chip(words.above, -1);
    this.below = this.#chip(words.below, 1);
    scroll.prepend(el("div", { class: "chip above" }, this.above));
    panel.append(el("div", { class: "chip below" }, this.below));
    for (const area of [panel, scroll]) area.addEventListener("scroll", () => this.#mark(), { passive: true });
    scroll.addEventListener("toggle", () => this.#mark(), true);
    scroll.addEventListener("focusin", (event) => this.#uncover(/** @type {HTMLElement} */ (event.target)));
    const sizes = new ResizeObserver(() => this.update());
    for (const area of [panel, scroll]) sizes.observe(area);
  }

  /** Follows the pointer, and the visual viewport, which a phone's keyboard makes smaller. @param {AbortSignal} signal */
  follow(signal) {
    // A button that moved away from under a pressed pointer would not be clicked.
    this.panel.addEventListener("pointerdown", () => (this.#pressed = true), { capture: true, signal });
    for (const end of ["pointerup", "pointercancel"]) {
      // Behind the click, which follows at once.
      window.addEventListener(end, () => setTimeout(() => this.#release()), { capture: true, signal });
    }
    const view = window.visualViewport;
    if (!view) return;
    const fit = () => {
      // Zoomed by pinching, the page is moved under the glass; the keyboard alone changes the panel.
      const top = view.scale > 1.01 ? 0 : view.offsetTop;
      const below = Math.max(0, innerHeight - top - view.height * view.scale);
      this.shell.style.setProperty("--top", `${top}px`);
      this.shell.style.setProperty("--below", `${below < BAR ? 0 : below}px`);
      this.update();
    };
    for (const change of ["resize", "scroll"]) view.addEventListener(change, fit, { signal });
    fit();
  }

  /** Brings the question into view from its first line, with as much before it as there is room for. */
  update() {
    this.#late = this.#pressed;
    if (this.#pressed || !this.panel.clientHeight) return;
    this.panel.classList.toggle("low", this.panel.clientHeight < LOW * parseFloat(getComputedStyle(this.panel).fontSize));
    const area = this.#area;
    const turn = this.newest().filter((one) => one.offsetHeight);
    const room = (/** @type {HTMLElement} */ one) => area.clientHeight - this.#end + this.#top(one);
    const start = turn.find((one) => room(one) >= GAP) ?? turn.at(-1);
    // An answer before the question is told of where there is room above the question's first line.
    const answer = area === this.scroll ? turn.find((one) => !one.matches(".citizen")) : undefined;
    const tells = answer && start && this.#top(answer) < this.#top(start) && (room(start) < GAP || room(start) >= CHIP);
    this.#unseen = tells ? answer : null;
    area.scrollTop = start ? this.#top(start) - (tells ? CHIP : GAP) : area.scrollHeight;
    this.#keepFocus(area);
    this.#mark();
  }

  #release() {
    this.#pressed = false;
    if (this.#late) this.update();
  }

  get #area() {
    return this.panel.classList.contains("low") ? this.panel : this.scroll;
  }

  /** Where the content ends: without the empty space below the last button. */
  get #end() {
    return this.#area.scrollHeight - (this.#area === this.scroll ? TAIL : 0);
  }

  /** @param {HTMLElement} element */
  #top(element) {
    const area = this.#area;
    return element.getBoundingClientRect().top - area.getBoundingClientRect().top + area.scrollTop;
  }

  /** A field that is being filled in stays in view. @param {HTMLElement} area */
  #keepFocus(area) {
    const focused = /** @type {ShadowRoot} */ (area.getRootNode()).activeElement;
    if (!(focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) || !area.contains(focused)) return;
    if (focused instanceof HTMLTextAreaElement && !focused.value) return;
    const bottom = this.#top(focused) + focused.offsetHeight + GAP;
    if (bottom > area.scrollTop + area.clientHeight) area.scrollTop = bottom - area.clientHeight;
  }

  /** Moves what the tab key has reached out from under the chips. @param {HTMLElement} focused */
  #uncover(focused) {
    const area = this.#area;
    if (focused === this.scroll || !focused.matches(":focus-visible")) return;
    const top = this.#top(focused);
    const bottom = top + focused.offsetHeight;
    if (bottom > area.scrollTop + area.clientHeight - CHIP) area.scrollTop = bottom - area.clientHeight + CHIP;
    if (top < area.scrollTop + CHIP) area.scrollTop = top - CHIP;
  }

  #mark() {
    const area = this.#area;
    if (this.#unseen && this.#top(this.#unseen) >= area.scrollTop) this.#unseen = null;
    this.above.hidden = !this.#unseen;
    const hidden = this.#end - area.scrollTop - area.clientHeight <= GAP;
    const root = /** @type {ShadowRoot} */ (area.getRootNode());
    // The focus of a chip that goes away stays in the conversation.
    if (hidden && root.activeElement === this.below) this.scroll.focus({ preventScroll: true });
    this.below.hidden = hidden;
  }

  /** @param {string} text @param {1|-1} way */
  #chip(text, way) {
    // By keyboard the conversation is scrolled itself; a stop of the tab key would be one more on the way to each answer.
    const chip = el("button", { type: "button", tabindex: "-1", hidden: "" }, text);
    chip.addEventListener("click", () => {
      const area = this.#area;
      area.scrollTop += way * Math.max(area.clientHeight - KEPT, KEPT);
    });
    return chip;
  }
}
