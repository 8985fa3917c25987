// Keeps the newest question and its way of answering in view, after every change of what is shown or of the space there is.

import { el } from "./render.js";
import { words } from "./words.js";

// Pixels: above the first line, and what a press on a chip leaves of the old view.
const GAP = 8;
// Pixels without content at the end of the conversation.
const TAIL = 12;
const KEPT = 36;
// A panel lower than this many lines scrolls as a whole, as at 400 % zoom.
const LOW = 22;
// From this many lines the message field stays in view there, as above a phone's keyboard.
const TINY = 14;
// A difference of this many pixels between window and visual viewport is a scroll bar, not a keyboard.
const BAR = 24;

export class Sight {
  /** @type {HTMLElement|null} */
  #unseen = null;
  /** Whether a pointer is down, and whether an update waits for it. */
  #pressed = false;
  #late = false;
  #size = "";
  /** Whether the citizen has scrolled since the question was shown; and the lower edge of what was in view. */
  #own = false;
  #edge = 0;
  /** Where the question was brought to, until it has been painted. @type {number[]} */
  #placed = [];

  /** @param {HTMLElement} shell what is placed in the window @param {HTMLElement} panel
   * @param {HTMLElement} scroll the part of it that scrolls @param {HTMLElement} composer the field for a message
   * @param {() => HTMLElement[]} newest the newest turn's messages, the question last @param {() => void} close */
  constructor(shell, panel, scroll, composer, newest, close) {
    this.shell = shell;
    this.panel = panel;
    this.scroll = scroll;
    this.composer = composer;
    this.newest = newest;
    this.above = this.#chip(words.above, -1);
    this.below = this.#chip(words.below, 1);
    // Where the panel scrolls as a whole, its header is far away.
    const leave = el("button", { type: "button", class: "leave", tabindex: "-1", "aria-hidden": "true" }, words.closeShort);
    leave.addEventListener("click", close);
    // A bar of its own covers nothing of the conversation.
    this.bar = el("div", { class: "chips", hidden: "" }, this.above, this.below, leave);
    scroll.after(this.bar);
    // What had the focus keeps it: a message may be half written.
    this.bar.addEventListener("mousedown", (event) => event.preventDefault());
    for (const area of [panel, scroll]) area.addEventListener("scroll", () => this.#mark(), { passive: true });
    for (const kind of ["wheel", "touchmove", "keydown"]) {
      scroll.addEventListener(kind, ({ target }) => {
        // Keys in a field are typed.
        this.#own ||= kind !== "keydown" || !(target instanceof HTMLInputElement);
      }, { passive: true });
    }
    scroll.addEventListener("toggle", () => this.#mark(), true);
    // What is typed in a field out of view is seen from the first key.
    for (const kind of ["focusin", "input"]) panel.addEventListener(kind, ({ target }) => this.#uncover(/** @type {HTMLElement} */ (target)));
    const sizes = new ResizeObserver(() => this.#resized());
    for (const area of [panel, scroll, composer]) sizes.observe(area);
  }

  /** Follows the pointer, and the visual viewport, which a phone's keyboard makes smaller. @param {AbortSignal} signal */
  follow(signal) {
    // A button that moved away from under a pressed pointer would not be clicked.
    this.panel.addEventListener("pointerdown", () => (this.#pressed = true), { capture: true, signal });
    for (const kind of ["pointerup", "pointercancel"]) {
      // Behind the click, which follows at once.
      window.addEventListener(kind, () => setTimeout(() => this.#release()), { capture: true, signal });
    }
    const view = window.visualViewport;
    if (!view) return;
    const fit = () => {
      // Zoomed by pinching, the page is moved under the glass; the keyboard alone changes the panel.
      const top = view.scale > 1.01 ? 0 : view.offsetTop;
      const below = Math.max(0, innerHeight - top - view.height * view.scale);
      this.shell.style.setProperty("--top", `${top}px`);
      this.shell.style.setProperty("--below", `${below < BAR ? 0 : below}px`);
      this.#refit();
    };
    for (const kind of ["resize", "scroll"]) view.addEventListener(kind, fit, { signal });
    fit();
  }

  /** Brings the question into view from its first line, or a receipt, with as much before it as there is room for. */
  update() {
    this.#late = this.#pressed;
    if (this.#pressed || !this.panel.clientHeight) return;
    this.#own = false;
    this.#fold();
    const area = this.#area;
    const turn = this.newest().filter((one) => one.offsetHeight);
    const main = turn.at(turn.findIndex((one) => one.matches(".receipt")));
    const space = area.clientHeight - this.#end + this.bar.offsetHeight;
    const fits = (/** @type {HTMLElement} */ one) => space + this.#top(one) >= GAP;
    const first = turn.find((one) => one === main || fits(one));
    // Of a review without the room for all of it, what was corrected.
    const start = /** @type {HTMLElement|null|undefined} */ (first && !fits(first) && first.querySelector(".changed")) || first;
    // An answer before the question is told of.
    const answer = turn.find((one) => !one.matches(".citizen"));
    this.#unseen = answer && start && this.#top(answer) < this.#top(start) ? answer : null;
    this.above.hidden = !this.#unseen;
    this.#show();
    area.scrollTop = start ? this.#top(start) - GAP : area.scrollHeight;
    this.#keepFocus();
    // So is a question that the field to fill in has moved out of view.
    if (start && this.#top(start) < area.scrollTop) this.#unseen ??= start;
    const top = (this.#placed = [area.scrollTop]);
    requestAnimationFrame(() => requestAnimationFrame(() => top.pop()));
    this.#mark();
  }

  /** After a change of the space there is. A citizen who has scrolled keeps the end of what was in view. */
  #refit() {
    const area = this.#area;
    if (!this.#pressed) this.#fold();
    if (this.#pressed || !this.#own || !this.#edge || area !== this.#area) return this.update();
    // Not by the difference: at the end of the conversation the browser itself has moved it.
    area.scrollTop = this.#edge - area.clientHeight;
    this.#keepFocus();
    this.#mark();
  }

  /** Sees how the panel is laid out in the space there is. */
  #fold() {
    const lines = this.panel.clientHeight / parseFloat(getComputedStyle(this.panel).fontSize);
    this.panel.classList.toggle("low", lines < LOW);
    this.panel.classList.toggle("held", lines < LOW && lines >= TINY);
    this.#hold();
  }

  #release() {
    this.#pressed = false;
    if (this.#late) this.update();
    else this.#mark();
  }

  /** Scrolls the conversation by what is seen of it. @param {number} way -1 up, 1 down */
  move(way) {
    const area = this.#area;
    this.#own = true;
    area.scrollTop += way * Math.max(area.clientHeight - this.#covered - KEPT, KEPT);
  }

  /** The bar comes and goes while the citizen scrolls, who is not taken back to the question for that. */
  #resized() {
    this.#hold();
    const { panel, scroll } = this;
    const height = (/** @type {HTMLElement} */ one) => one.getBoundingClientRect().height;
    const size = [panel.clientWidth, panel.clientHeight, this.#area === scroll && Math.round(height(scroll) + height(this.bar))].join();
    if (size !== this.#size) this.#refit();
    this.#size = size;
  }

  /** Where the panel scrolls as a whole, the message field is held above the bar, at its lower end. */
  #hold() {
    this.panel.style.setProperty("--held", `${this.#held}px`);
    this.panel.style.setProperty("--bar", `${this.bar.offsetHeight}px`);
  }

  /** What has the focus in the chat. */
  get focused() {
    return /** @type {HTMLElement|null} */ (/** @type {ShadowRoot} */ (this.panel.getRootNode()).activeElement);
  }

  /** Pixels at the lower end of the panel that cover the conversation. */
  get #covered() {
    return this.#area === this.scroll ? 0 : this.bar.offsetHeight + this.#held;
  }

  /** Pixels of the message field there. */
  get #held() {
    return this.panel.matches(".held") ? this.composer.offsetHeight : 0;
  }

  /** Shows the bar where one of its buttons is shown. */
  #show() {
    this.bar.hidden = this.above.hidden && this.below.hidden && !this.panel.matches(".low");
  }

  get #area() {
    return this.panel.matches(".low") ? this.panel : this.scroll;
  }

  /** Where the content ends: without the empty space below the last button. */
  get #end() {
    return this.#area.scrollHeight - (this.#area === this.scroll ? TAIL : 0);
  }

  /** @param {HTMLElement} element */
  #top(element) {
    return element.getBoundingClientRect().top - this.#area.getBoundingClientRect().top + this.#area.scrollTop;
  }

  /** A field that is being filled in stays in view; the message field only where it has no place of its own. */
  #keepFocus() {
    const { focused } = this;
    const moves = focused instanceof HTMLTextAreaElement ? focused.value && this.panel.matches(".low:not(.held)") : focused instanceof HTMLInputElement;
    if (focused && moves) this.#reach(focused);
  }

  /** Moves what the tab key has reached out from under the bar. @param {HTMLElement} focused */
  #uncover(focused) {
    // The message field has a place of its own.
    if (focused === this.scroll || this.composer.contains(focused) || !this.#area.contains(focused)) return;
    if (focused.matches(":focus-visible")) this.#reach(focused);
  }

  /** Scrolls to what has the focus: a field with its label and error, without the label where there is no room.
   * @param {HTMLElement} focused */
  #reach(focused) {
    this.#placed = [];
    const area = this.#area;
    const place = /** @type {HTMLElement} */ (focused.closest(".fields > div")) ?? focused;
    const covered = this.composer.contains(focused) ? 0 : this.#covered;
    const end = this.#top(place) + place.offsetHeight + GAP + covered - area.clientHeight;
    const start = this.#top(end > this.#top(place) - GAP ? focused : place) - GAP;
    area.scrollTop = Math.min(Math.max(area.scrollTop, end), start);
  }

  #mark() {
    const area = this.#area;
    // A busy Firefox scrolls to the last key typed only after the answer is shown; the question stays where it was brought.
    if (!this.#own && this.#placed.some((top) => top !== area.scrollTop)) return this.update();
    this.#edge = area.scrollTop + area.clientHeight;
    // The bar moves what is beside it.
    if (this.#pressed) return;
    if (this.#unseen && this.#top(this.#unseen) >= area.scrollTop) this.#unseen = null;
    // A panel that scrolls as a whole has room for the bar, and no other sign of what is above.
    this.above.hidden = !this.#unseen && (area === this.scroll || area.scrollTop <= GAP);
    this.below.hidden = this.#end - area.scrollTop - area.clientHeight <= GAP;
    this.#show();
    // Focus that a screen reader gave to a button that goes away stays in the conversation.
    const { focused } = this;
    if (focused?.hidden && this.bar.contains(focused)) this.scroll.focus({ preventScroll: true });
  }

  /** @param {string} text @param {1|-1} way */
  #chip(text, way) {
    // By keyboard the conversation is scrolled itself; a stop of the tab key would be one more on the way to each answer.
    const chip = el("button", { type: "button", tabindex: "-1", hidden: "" }, text);
    chip.addEventListener("click", () => this.move(way));
    return chip;
  }
}
