// Renders a message: its text and its card (a review or a receipt).

import { tasks } from "./receipt.js";
import { block, blocks, el } from "./render.js";
import { momentText, words } from "./words.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {import("./api.js").Row} Row */
/** @typedef {(payload: string, title: string) => void} Choose called by the 'Ret' buttons */

// What the server shows of an empty slot; and the label of a row of one of several meetings.
const NOTHING = "-";
const OF_A_MEETING = /^(Møde \d+): (.+)$/;

/** Renders a message's content.
 * @param {Message} message @param {Choose} choose @param {ReadonlySet<string>} changed rows of a review that have changed, by payload
 * @returns {Node[]} */
export function content(message, choose, changed) {
  if (message.from === "citizen") return [el("p", { class: "said" }, message.text)];
  const parts = blocks(message.text);
  if (message.card?.type === "receipt" && Array.isArray(message.card.rows)) return receipt(parts, message.card);
  if (message.card?.type !== "review" || !Array.isArray(message.card.rows)) return parts.map(block);
  const terms = groups(message.card.rows, choose, changed);
  // The text lists the same values for clients without cards; the card replaces that list.
  const first = message.card.rows[0]?.label;
  const place = parts.findIndex((lines) => lines[0].startsWith(`- **${first}:**`));
  const before = parts.slice(0, Math.max(place, 0)).map((lines) => el("h3", {}, lines.join(" ").replace(/[:,]$/, "")));
  return [...before, ...terms, ...parts.slice(place + 1).map(block)];
}

/** The rows whose value differs from those of the review before. @param {Row[]} rows @param {Row[]} before */
export function changes(rows, before) {
  const held = new Map(before.map((row) => [row.payload, row.value]));
  return rows.filter((row) => held.has(row.payload) && held.get(row.payload) !== row.value);
}

/** Lists of rows; each of several meetings has its own, under its heading.
 * @param {Row[]} rows @param {Choose} choose @param {ReadonlySet<string>} changed @returns {Node[]} */
function groups(rows, choose, changed) {
  /** @type {{title: string, rows: Row[]}[]} */
  const found = [];
  for (const row of rows) {
    const [, title = "", rest = row.label] = OF_A_MEETING.exec(row.label) ?? [];
    if (found.at(-1)?.title !== title) found.push({ title, rows: [] });
    found.at(-1)?.rows.push({ ...row, label: title ? rest[0].toUpperCase() + rest.slice(1) : row.label });
  }
  return found.flatMap(({ title, rows: own }) => [...(title ? [el("h4", {}, title)] : []), list(own, title, choose, changed)]);
}

/** @param {Row[]} rows @param {string} [title] of the meeting @param {Choose} [choose] @param {ReadonlySet<string>} [changed] */
function list(rows, title = "", choose, changed) {
  const terms = el("dl", { class: choose ? "review" : "" });
  for (const row of rows) {
    const { payload } = row;
    const empty = row.value === NOTHING;
    const value = el("dd", {}, el("span", empty ? { class: "hint" } : {}, empty ? words.notFilled : row.value));
    const group = el("div", {}, el("dt", {}, row.label), value);
    if (payload && changed?.has(payload)) {
      group.className = "changed";
      value.prepend(el("strong", {}, words.changed), " ");
    }
    if (choose && payload) {
      const of = ` ${title ? `${title.toLowerCase()}: ` : ""}${row.label.toLowerCase()}`;
      const button = el("button", { type: "button", class: "fix" }, words.fix, el("span", { class: "sr" }, of));
      button.addEventListener("click", () => choose(payload, words.fix + of));
      value.append(button);
    }
    terms.append(group);
  }
  return terms;
}

/** @param {string[][]} parts @param {import("./api.js").Receipt} card */
function receipt(parts, card) {
  const bold = /^\*\*([^*]+)\*\*$/.exec(parts[0]?.length === 1 ? parts[0][0] : "");
  const heading = el("h3", {}, bold ? bold[1] : words.receipt);
  const facts = list([
    { slot: "", label: words.reference, value: card.reference },
    { slot: "", label: words.at, value: momentText(card.at) },
  ]);
  facts.className = "facts";
  const sent = el("details", {}, el("summary", {}, words.sent), list(card.rows));
  const buttons = tasks(() => /** @type {HTMLElement} */ (heading.parentElement));
  return [heading, facts, ...parts.slice(bold ? 1 : 0).map(block), sent, buttons];
}
