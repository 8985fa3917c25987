// Browser storage: the token and the pending turn shared by all tabs, the draft per tab.

/** @typedef {{id: string, text?: string, payload?: string, shown: string, at: string}} Turn */

/** The browser's storage, or memory when the browser denies access.
 * @param {"localStorage"|"sessionStorage"} name */
function area(name) {
  try {
    const storage = window[name];
    storage.getItem("");
    return storage;
  } catch {
    /** @type {Map<string, string>} */
    const memory = new Map();
    return {
      getItem: (/** @type {string} */ key) => memory.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => void memory.set(key, value),
      removeItem: (/** @type {string} */ key) => void memory.delete(key),
    };
  }
}

export class Store {
  #shared = area("localStorage");
  #own = area("sessionStorage");

  /** @param {URL} base part of the keys, so that two servers share nothing */
  constructor(base) {
    this.key = `frederiksberg-chat ${base.href} `;
  }

  /** @returns {string|null} */
  get token() {
    return this.#get(this.#shared, "token");
  }

  set token(value) {
    this.#put(this.#shared, "token", value);
  }

  /** The turn that was sent and not answered yet. @returns {Turn|null} */
  get pending() {
    return this.#get(this.#shared, "pending");
  }

  set pending(turn) {
    this.#put(this.#shared, "pending", turn);
  }

  /** The text typed and not sent, by field. @returns {Record<string, string>|null} */
  get draft() {
    return this.#get(this.#own, "draft");
  }

  set draft(fields) {
    this.#put(this.#own, "draft", fields);
  }

  /** Whether the chat was open last; null on the first visit. @returns {boolean|null} */
  get open() {
    return this.#get(this.#own, "open");
  }

  set open(value) {
    this.#put(this.#own, "open", value);
  }

  /** Notifies other tabs of a new turn. */
  touch() {
    this.#put(this.#shared, "turn", Math.random());
  }

  /** Removes everything stored for the conversation. */
  clear() {
    this.pending = this.draft = null;
    this.#put(this.#shared, "turn", null);
    this.token = null;
  }

  /** Listens for changes by other tabs. @param {(what: "token"|"turn") => void} heard @param {AbortSignal} signal */
  listen(heard, signal) {
    const hear = (/** @type {StorageEvent} */ event) => {
      if (event.key === `${this.key}token`) heard("token");
      if (event.key === `${this.key}turn` && event.newValue) heard("turn");
    };
    window.addEventListener("storage", hear, { signal });
  }

  /** @param {Pick<Storage, "getItem">} where @param {string} name */
  #get(where, name) {
    try {
      return JSON.parse(where.getItem(this.key + name) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {Pick<Storage, "setItem"|"removeItem">} where @param {string} name @param {unknown} value */
  #put(where, name, value) {
    try {
      if (value === null) where.removeItem(this.key + name);
      else where.setItem(this.key + name, JSON.stringify(value));
    } catch {
      // Full storage: the conversation goes on, but does not survive a reload.
    }
  }
}
