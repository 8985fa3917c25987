// State of the conversation: sends one turn at a time, and repeats it with the same id until it is answered.

import { Problem, call, uuid } from "./api.js";
import { Watch } from "./health.js";
import { NOTHING_ASKED, asked, said } from "./reply.js";
import { words } from "./words.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {import("./store.js").Turn} Turn */
/** @typedef {Pick<import("./panel.js").Panel, "sync"|"busy"|"warn"|"full"|"giveBack"|"wrong"|"divide"|"erased"|"announce">} View */

// Milliseconds between tries, the last one repeatedly; and after how many failures automatic retries stop.
const PAUSES = [1000, 2000, 4000, 8000, 15_000, 30_000];
const TRIES = 5;

export class Conversation {
  /** @type {Message[]} */
  messages = [];
  asked = NOTHING_ASKED;
  /** @type {string|null} */
  token = null;
  /** @type {Turn|null} */
  pending = null;
  ready = false;
  #going = false;
  #ended = false;
  /** The citizen asked for a new conversation; the current one stays on the server. */
  #leaving = false;
  /** The citizen tried to send another turn while one is pending. */
  #insisted = false;
  #failures = 0;
  #timer = 0;

  /** @param {URL} base @param {import("./store.js").Store} store @param {View} view */
  constructor(base, store, view) {
    this.base = base;
    this.store = store;
    this.view = view;
    this.watch = new Watch(base, (health) => view.announce(health), () => this.ready || this.go());
  }

  /** Opens or resumes the conversation and sends the pending turn. */
  async go() {
    if (this.#going || this.#ended) return;
    this.#going = true;
    clearTimeout(this.#timer);
    if (!this.watch.asked) this.watch.look();
    try {
      let expired = "";
      if (!this.ready) expired = await this.#start();
      if (this.pending) await this.#send();
      this.#failures = 0;
      this.view.warn(expired || null);
    } catch (problem) {
      this.#failed(problem instanceof Problem ? problem : new Problem(0));
      if (!(problem instanceof Problem)) throw problem;
    } finally {
      this.#going = false;
      this.view.busy(false);
    }
  }

  /** Sends a turn, unless another one is pending.
   * @param {{text: string} | {payload: string}} what @param {string} shown its text in the log
   * @returns {boolean} whether it was accepted */
  say(what, shown) {
    if (this.pending) {
      this.#insisted = true;
      if (this.#going) this.view.warn(words.busy);
      else this.go();
      return false;
    }
    this.#ended = false;
    this.view.wrong("");
    this.pending = { id: uuid(), ...what, shown, at: new Date().toISOString() };
    this.store.pending = this.pending;
    this.#show(false);
    this.go();
    return true;
  }

  /** Fetches new messages, such as those of other tabs. */
  async refresh() {
    this.watch.look();
    if (!this.ready || this.#going || !this.token) return;
    try {
      await this.#load(document.hidden);
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) this.#expire(words.expired);
    }
  }

  /** Takes over the conversation that another tab has opened, or its erasure. */
  adopt() {
    if (this.#going) return void setTimeout(() => this.adopt(), 500);
    const { token } = this.store;
    if (token === this.token) return;
    if (!token) return this.end(words.erasedElsewhere);
    this.pending = null;
    this.#reset(true);
    this.restart();
  }

  /** All messages, from the server, or those of this page when the server does not answer.
   * @returns {Promise<{messages: Message[], complete: boolean}>} */
  async record() {
    try {
      return { messages: (await call(this.base, "GET", "messages", this.token)).messages, complete: true };
    } catch {
      return { messages: this.messages, complete: false };
    }
  }

  /** Tells whether an answer helped. Throws a Problem. @param {string} message its id @param {boolean} helped */
  async rate(message, helped) {
    await call(this.base, "POST", "feedback", this.token, { message, helped });
  }

  /** Erases the conversation and checks that it cannot be read any more. Throws a Problem when it can. */
  async erase() {
    const { token } = this;
    clearTimeout(this.#timer);
    if (token) {
      for (const [method, path] of [["DELETE", "sessions"], ["GET", "messages"]]) {
        const problem = await call(this.base, method, path, token).then(() => null, (found) => found);
        if (problem && problem.status !== 401) throw problem;
        if (!problem && method === "GET") throw new Problem(200);
      }
    }
    this.#ended = true;
    this.pending = null;
    this.store.clear();
  }

  /** Leaves a full conversation and opens a new one; the old messages stay on the page above it. */
  leave() {
    if (this.#going) return;
    this.#leaving = true;
    this.ready = false;
    this.go();
  }

  /** Starts a new conversation after `end` or `erase`. */
  restart() {
    this.#ended = false;
    this.go();
  }

  /** Ends the conversation; the citizen can start a new one. @param {string} message */
  end(message) {
    this.#ended = true;
    this.#reset(true);
    this.pending = null;
    this.token = null;
    this.view.erased(message);
  }

  /** @returns {Promise<string>} a notice about the old conversation, or an empty text */
  async #start() {
    let expired = "";
    this.token = this.#leaving ? null : this.store.token;
    this.pending = this.store.pending;
    if (this.token) {
      try {
        await this.#load(true);
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.status !== 401) throw problem;
        expired = this.#drop();
      }
    }
    if (!this.token) {
      const opened = await call(this.base, "POST", "sessions", null);
      if (!opened.session) throw new Problem(502);
      if (this.#leaving) this.#reset(false);
      // When two tabs open at the same time, both use the conversation opened last.
      this.token = this.store.token = opened.session;
      this.messages = opened.messages.map((message) => this.#answer(message));
      this.asked = NOTHING_ASKED;
      this.#show(false);
    }
    this.ready = true;
    return expired;
  }

  /** @param {boolean} silent whether screen readers do not announce new messages */
  async #load(silent) {
    const answer = await call(this.base, "GET", "messages", this.token);
    this.messages = answer.messages;
    this.asked = asked(answer);
    const at = this.messages.findIndex((message) => message.id === this.pending?.id);
    // The answer to a turn that was pending before a reload is new to the citizen, so it is announced.
    if (silent && at >= 0) this.view.sync(this.messages.slice(0, at + 1), null, true);
    this.#show(silent && at < 0);
  }

  async #send() {
    const turn = /** @type {Turn} */ (this.pending);
    const { id, text, payload } = turn;
    this.view.busy(true);
    let answer;
    try {
      answer = await call(this.base, "POST", "messages", this.token, text === undefined ? { id, payload } : { id, text });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.passing || this.pending !== turn) throw problem;
      return this.#refused(turn, problem);
    }
    if (this.pending !== turn) return;
    this.#settle();
    const known = new Set(this.messages.map((message) => message.id));
    if (!known.has(id)) this.messages.push({ ...said(turn), waiting: false });
    this.messages.push(...answer.messages.filter((one) => !known.has(one.id)).map((one) => this.#answer(one)));
    this.asked = asked(answer);
    this.#show(false);
    this.store.touch();
    // The server masked a CPR number; the page shows its masked version of the text.
    if (answer.messages.some((message) => message.name === "utter_cpr_masked")) await this.#load(true);
  }

  /** @param {Turn} turn @param {Problem} problem */
  async #refused(turn, problem) {
    if (problem.status === 401) return this.#expire(this.#drop());
    this.#settle();
    const { text } = turn;
    if (text === undefined) await this.#load(true);
    else {
      this.#show(true);
      this.view.giveBack(text);
    }
    if (problem.status === 409) setTimeout(() => this.view.full(problem.message));
    else if (text !== undefined) this.view.wrong(problem.message || words.failed);
    else setTimeout(() => this.view.warn(problem.status === 422 ? words.choiceGone : problem.message));
  }

  /** Opens a new conversation; the old messages stay on the page above it. @param {string} notice */
  #expire(notice) {
    this.#drop();
    this.#show(true);
    this.#reset(false);
    setTimeout(async () => {
      await this.go();
      if (this.ready) this.view.warn(notice);
    });
  }

  /** Forgets the token and returns an unanswered text to the field. @returns {string} a notice for the citizen */
  #drop() {
    const text = this.pending?.text;
    this.#settle();
    if (this.store.token === this.token) this.store.token = null;
    this.token = null;
    if (text) this.view.giveBack(text);
    return text ? words.expiredWithText : words.expired;
  }

  /** @param {Problem} problem */
  #failed(problem) {
    if (this.#ended) return;
    if (problem.status === 503) this.watch.look();
    if (problem.status === 0) this.watch.tellOwner();
    this.#failures += 1;
    const goesOn = problem.status === 0 || problem.status === 429 || problem.status === 503 || this.#failures < TRIES;
    const parts = [problem.message || (problem.status === 0 ? words.offline : words.failed)];
    if (this.pending) parts.push(!goesOn || !problem.passing ? words.stopped : this.#insisted ? words.againFirst : words.again);
    if (!parts[0].includes("Jura")) parts.push(words.call);
    this.view.warn(parts.join(" "), problem.passing, !this.ready);
    if (!problem.passing || !goesOn) return;
    const pause = problem.wait ?? PAUSES[Math.min(this.#failures, PAUSES.length) - 1];
    this.#timer = window.setTimeout(() => this.go(), pause);
  }

  #settle() {
    this.#insisted = false;
    this.pending = null;
    this.store.pending = null;
  }

  /** @param {boolean} fresh whether the messages shown are removed */
  #reset(fresh) {
    this.ready = false;
    this.#leaving = false;
    this.messages = [];
    this.asked = NOTHING_ASKED;
    this.view.divide(fresh);
  }

  /** @param {boolean} silent */
  #show(silent) {
    // The pending turn was answered although its response was lost.
    if (this.messages.some((message) => message.id === this.pending?.id)) this.#settle();
    const waiting = this.pending ? [said(this.pending)] : [];
    this.view.sync([...this.messages, ...waiting], this.pending ? null : this.asked, silent);
  }

  /** @param {Message} message @returns {Message} */
  #answer(message) {
    return { ...message, from: "assistant", at: message.at ?? new Date().toISOString() };
  }
}
