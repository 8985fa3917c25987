// Of a reply what it asks for; and a turn that waits for its reply as a message.

/** @type {import("./api.js").Asked} */
export const NOTHING_ASKED = { asking: null };

/** What a reply asks for; keys that the server does not send are nothing.
 * @param {import("./api.js").Answer} answer @returns {import("./api.js").Asked} */
export function asked({ asking = null, asks = null, progress = null, kept = null, kept_beside = null }) {
  return { asking, asks, progress, kept, kept_beside };
}

/** A pending turn as a message. @param {import("./store.js").Turn} turn @returns {import("./api.js").Message} */
export function said({ id, shown, at }) {
  return { id, text: shown, name: null, buttons: [], card: null, from: "citizen", at, waiting: true };
}
