// Renders a message: its text and its card (a review or a receipt).

import { block, blocks, el } from "./render.js";
import { momentText, words } from "./words.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {import("./api.js").Row} Row */

/** Renders a message's content.
 * @param {Message} message @param {(payload: string, title: string) => void} choose called by the 'Ret' buttons
 * @returns {Node[]} */
export function content(message, choose) {
  if (message.from === "citizen") return [el("p", { class: "said" }, message.text)];
  const parts = blocks(message.text);
  if (message.card?.type === "receipt" && Array.isArray(message.card.rows)) return receipt(parts, message.card);
  if (message.card?.type !== "review" || !Array.isArray(message.card.rows)) return parts.map(block);
  const terms = list(message.card.rows, choose);
  // The text lists the same values for clients without cards; the card replaces that list.
  const first = message.card.rows[0]?.label;
  const place = parts.findIndex((lines) => lines[0].startsWith(`- **${first}:**`));
  const nodes = parts.map((lines, at) => (at === place ? terms : block(lines)));
  return place < 0 ? [...nodes, terms] : nodes;
}

/** @param {Row[]} rows @param {(payload: string, title: string) => void} [choose] */
function list(rows, choose) {
  const terms = el("dl", { class: choose ? "review" : "" });
  for (const row of rows) {
    const value = el("dd", {}, el("span", {}, row.value));
    if (choose && row.payload) {
      const { payload } = row;
      const title = `${words.fix} ${row.label.toLowerCase()}`;
      const button = el("button", { type: "button", class: "fix" }, words.fix);
      button.append(el("span", { class: "sr" }, ` ${row.label.toLowerCase()}`));
      button.addEventListener("click", () => choose(payload, title));
      value.append(button);
    }
    terms.append(el("div", {}, el("dt", {}, row.label), value));
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
  return [heading, facts, ...parts.slice(bold ? 1 : 0).map(block), sent];
}
