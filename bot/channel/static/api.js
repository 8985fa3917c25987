// HTTP client of the chat's API (chat-api.md).

/** @typedef {{title: string, payload: string}} Button */
/** @typedef {{slot: string, label: string, value: string, payload?: string}} Row */
/** @typedef {{type: "review", rows: Row[]}} Review */
/** @typedef {{type: "receipt", reference: string, state: string, at: string, rows: Row[]}} Receipt */
/** @typedef {{id: string, text: string, name: string|null, buttons: Button[], card: Review|Receipt|null,
 *   from: "citizen"|"assistant", at: string, waiting?: boolean}} Message */
/** @typedef {{slot: string, value: string|string[]|null, shown: string}} Kept what a reopened slot holds */
/** @typedef {{asking: string|null, asks?: string[]|null, progress?: {at: number, of: number}|null, kept?: Kept|null,
 *   kept_beside?: Record<string, unknown>|null}} Asked */
/** @typedef {{status?: string, paused?: boolean, notice?: {text: string, since: string}|null}} Health */
/** @typedef {{session?: string, messages: Message[]} & Partial<Asked> & Health} Answer */

// Timeout of a request in milliseconds. Jura's system may be slow; after the timeout the same turn is sent again.
const PATIENCE = 30_000;

/** A failed request. */
export class Problem extends Error {
  /** @param {number} status HTTP status; 0 when there was no answer
   * @param {string|null} message the server's message to the citizen, in Danish
   * @param {string|null} field the invalid field of the body
   * @param {number|null} wait milliseconds until the next try, from Retry-After */
  constructor(status, message = null, field = null, wait = null) {
    super(message ?? "");
    this.status = status;
    this.field = field;
    this.wait = wait;
  }

  /** Whether the same request may succeed later. */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Sends a request to the chat's API.
 * @param {URL} base URL of the folder of widget.js @param {string} method @param {string} path
 * @param {string|null} token @param {object} [body]
 * @returns {Promise<Answer>} empty after a 204; throws a Problem */
export async function call(base, method, path, token, body) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    /** @type {Record<string, string>} */
    const headers = body ? { "Content-Type": "application/json" } : {};
    if (token) headers.Authorization = `Bearer ${token}`;
    const response = await fetch(new URL(path, base), {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      signal: patience.signal,
    });
    if (response.status === 204) return { messages: [] };
    const answer = await response.json().catch(() => null);
    if (response.ok && (Array.isArray(answer?.messages) || answer?.status === "ok")) return answer;
    // Not the API's JSON, so probably a proxy's error page: treated as temporary.
    if (response.ok || !answer?.error) throw new Problem(response.status === 401 ? 401 : 502);
    const seconds = Number(response.headers.get("Retry-After"));
    throw new Problem(response.status, answer.error.message, answer.error.field, seconds > 0 ? seconds * 1000 : null);
  } catch (problem) {
    throw problem instanceof Problem ? problem : new Problem(0);
  } finally {
    clearTimeout(timer);
  }
}

/** A random UUID, version 4. Pages without https have no crypto.randomUUID. */
export function uuid() {
  return "00000000-0000-4000-8000-000000000000".replace(/[08]/g, (digit) => {
    const [random] = crypto.getRandomValues(new Uint8Array(1));
    return (digit === "8" ? 8 | (random & 3) : random & 15).toString(16);
  });
}
