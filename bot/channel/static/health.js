// Whether the assistant is paused, the municipality's notice, and whether the server knows the page's site.

import { call } from "./api.js";
import { words } from "./words.js";

// Milliseconds until a paused assistant is asked again whether it is back.
const PAUSED = 60_000;

export class Watch {
  #again = 0;
  /** Whether it was asked on this page. */
  asked = false;
  /** Whether the server has answered. */
  known = false;

  /** @param {URL} base @param {(health: import("./api.js").Health) => boolean} announce shows it; returns whether the assistant is paused
   * @param {() => void} back called when a paused assistant is asked again */
  constructor(base, announce, back) {
    this.base = base;
    this.announce = announce;
    this.back = back;
  }

  /** Asks once, and again and again while the assistant is paused. */
  async look() {
    clearTimeout(this.#again);
    this.asked = true;
    try {
      const paused = this.announce(await call(this.base, "GET", "", null));
      this.known = true;
      if (paused) this.#again = window.setTimeout(() => this.look().then(this.back), PAUSED);
    } catch {
      // What cannot be reached is told by the conversation's own requests.
    }
  }

  /** Tells the page's owner in the console when the server answers, but not to this site. */
  async tellOwner() {
    if (this.known || this.base.origin === location.origin) return;
    const found = await fetch(new URL("widget.js", this.base), { credentials: "omit", cache: "no-cache" }).catch(() => null);
    if (found?.ok) console.error(words.notListed(location.origin, this.base.origin));
  }
}
