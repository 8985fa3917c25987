// The conversation without its looks: one turn at a time, each sent until it is answered, never as two.

import { Problem, call, uuid } from "./api.js";
import { words } from "./words.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {import("./store.js").Turn} Turn */
/** @typedef {Pick<import("./panel.js").Panel, "sync"|"busy"|"warn"|"full"|"giveBack"|"wrong"|"divide"|"erased">} View */

// Milliseconds between tries, the last again and again; and how often a server that fails is asked by itself.
const PAUSES = [1000, 2000, 4000, 8000, 15_000, 30_000];
const TRIES = 5;

export class Conversation {
  /** @type {Message[]} */
  messages = [];
  /** @type {string|null} */
  asking = null;
  /** @type {string|null} */
  token = null;
  /** @type {Turn|null} */
  pending = null;
  ready = false;
  #going = false;
  #ended = false;
  /** The citizen wants a new conversation; the present one is left as it is. */
  #leaving = false;
  /** The citizen has tried to send more while a turn waits. */
  #insisted = false;
  #failures = 0;
  #timer = 0;

  /** @param {URL} base @param {import("./store.js").Store} store @param {View} view */
  constructor(base, store, view) {
    this.base = base;
    this.store = store;
    this.view = view;
  }

  /** Opens or goes on with the conversation, and sends what waits. */
  async go() {
    if (this.#going || this.#ended) return;
    this.#going = true;
    clearTimeout(this.#timer);
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

  /** Takes a turn, or says why not. Before a turn is answered there is no next.
   * @param {{text: string} | {payload: string}} what @param {string} shown what the citizen sees of it
   * @returns {boolean} whether it was taken */
  say(what, shown) {
    if (this.pending) {
      this.#insisted = true;
      if (this.#going) this.view.warn(words.busy);
      else this.go();
      return false;
    }
    this.#ended = false;
    this.pending = { id: uuid(), ...what, shown, at: new Date().toISOString() };
    this.store.pending = this.pending;
    this.#show(false);
    this.go();
    return true;
  }

  /** Fetches what other tabs, or this one before it slept, have missed. */
  async refresh() {
    if (!this.ready || this.#going || !this.token) return;
    try {
      await this.#load(document.hidden);
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) this.#expire(words.expired);
    }
  }

  /** Another tab has opened or erased a conversation. */
  adopt() {
    if (this.#going) return void setTimeout(() => this.adopt(), 500);
    const { token } = this.store;
    if (token === this.token) return;
    if (!token) return this.end(words.erasedElsewhere);
    this.pending = null;
    this.#reset(true);
    this.restart();
  }

  /** All messages, from the server; where it is silent, as far as they are known here.
   * @returns {Promise<{messages: Message[], complete: boolean}>} */
  async record() {
    try {
      return { messages: (await call(this.base, "GET", "messages", this.token)).messages, complete: true };
    } catch {
      return { messages: this.messages, complete: false };
    }
  }

  /** Erases the conversation, and tries whether it can still be read. Throws a Problem where it is not gone. */
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

  /** Leaves a conversation that is full, which stays on the page, and opens a new one under it. */
  leave() {
    if (this.#going) return;
    this.#leaving = true;
    this.ready = false;
    this.go();
  }

  /** Begins again after the end. */
  restart() {
    this.#ended = false;
    this.go();
  }

  /** There is no conversation until the citizen starts one. @param {string} message */
  end(message) {
    this.#ended = true;
    this.#reset(true);
    this.pending = null;
    this.token = null;
    this.view.erased(message);
  }

  /** @returns {Promise<string>} what the citizen should know of the old conversation */
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
      // Two tabs that open at once: the later one's conversation is both's.
      this.token = this.store.token = opened.session;
      this.messages = opened.messages.map((message) => this.#answer(message));
      this.asking = null;
      this.#show(false);
    }
    this.ready = true;
    return expired;
  }

  /** @param {boolean} silent whether what is new goes without saying */
  async #load(silent) {
    const answer = await call(this.base, "GET", "messages", this.token);
    this.messages = answer.messages;
    this.asking = answer.asking ?? null;
    const at = this.messages.findIndex((message) => message.id === this.pending?.id);
    // What was answered while this page was being reloaded has not been read to anybody yet.
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
    this.asking = answer.asking ?? null;
    this.#show(false);
    this.store.touch();
    // The server keeps a text without its CPR number; so does this page.
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
    if (problem.status === 409) this.#later(() => this.view.full(problem.message));
    else if (text !== undefined) this.view.wrong(problem.message || words.failed);
    else this.#later(() => this.view.warn(problem.status === 422 ? words.choiceGone : problem.message));
  }

  /** The old conversation stays on the page; a new one begins under it. @param {string} notice */
  #expire(notice) {
    this.#drop();
    this.#show(true);
    this.#reset(false);
    this.#later(async () => {
      await this.go();
      if (this.ready) this.view.warn(notice);
    });
  }

  /** Forgets the token; a text that was not answered goes back into the field. @returns {string} what to tell */
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

  /** @param {boolean} fresh whether what is shown goes away */
  #reset(fresh) {
    this.ready = false;
    this.#leaving = false;
    this.messages = [];
    this.asking = null;
    this.view.divide(fresh);
  }

  /** @param {() => void} what after the turn that is being taken */
  #later(what) {
    setTimeout(what);
  }

  /** @param {boolean} silent */
  #show(silent) {
    // It was answered, but the answer did not reach this page.
    if (this.messages.some((message) => message.id === this.pending?.id)) this.#settle();
    const waiting = this.pending ? [said(this.pending)] : [];
    this.view.sync([...this.messages, ...waiting], this.pending ? null : this.asking, silent);
  }

  /** @param {Message} message @returns {Message} */
  #answer(message) {
    return { ...message, from: "assistant", at: message.at ?? new Date().toISOString() };
  }
}

/** A turn as a message. @param {Turn} turn @returns {Message} */
function said({ id, shown, at }) {
  return { id, text: shown, name: null, buttons: [], card: null, from: "citizen", at, waiting: true };
}
