// Renders the assistant's Markdown (paragraphs, bold, lists, links) as DOM nodes; everything else stays text.
// A citizen's words quoted in it are on one line, with Markdown escaped by backslashes (common/markdown.py).

import { PHONE, PHONE_LINK, words } from "./words.js";

/** Creates an element; string children become text nodes.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, string>} [attributes] @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[T]} */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Jura's number, however it is spaced, with its country code.
const NUMBER = `(?:\\+45 ?|\\b)${PHONE.replace(/\D/g, "").split("").join(" ?")}\\b`;
const AUTHORITY = "Datatilsynets hjemmeside";
const INLINE = new RegExp(`(\\*\\*[^*\\n]+\\*\\*|\\[[^\\]\\n]+\\]\\([^()\\s]+\\)|${NUMBER}|${AUTHORITY})`);
const IS_NUMBER = new RegExp(`^${NUMBER}$`);
// Words of English, and letters that it has not.
const ENGLISH = /\b(?:the|you|this|your)\b/gi;
const DANISH = /[æøå]/i;

/** Removes the backslash escapes. @param {string} text */
function unescaped(text) {
  return text.replace(/\\([\\*(])/g, "$1");
}

/** Renders bold, links and the telephone number. @param {string} text @returns {Node[]} */
export function inline(text) {
  return text.split(INLINE).filter(Boolean).map((part) => {
    const bold = /^\*\*(.+)\*\*$/.exec(part);
    if (bold) return el("strong", {}, ...inline(bold[1]));
    if (IS_NUMBER.test(part)) return el("a", { href: PHONE_LINK }, part);
    if (part === AUTHORITY) return /** @type {Node} */ (safeLink(part, "https://www.datatilsynet.dk"));
    const link = /^\[(.+)\]\((.+)\)$/.exec(part);
    return (link && safeLink(link[1], link[2])) ?? document.createTextNode(unescaped(part));
  });
}

/** A link when its URL is allowed, else its text. @param {string} text @param {string} address */
export function safeLink(text, address) {
  if (!/^(https?|mailto|tel):/i.test(address) || !URL.canParse(address)) return null;
  if (!/^http/i.test(address)) return el("a", { href: address }, text);
  const hidden = el("span", { class: "sr" }, words.newTab);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text, hidden);
}

/** Splits a text into paragraphs and lists. @param {string} text @returns {string[][]} lines of each block */
export function blocks(text) {
  return text.split(/\n\s*\n/).map((block) => block.split("\n").map((line) => line.trimEnd()).filter(Boolean)).filter((lines) => lines.length);
}

const ITEM = /^(?:-|\d+\.) /;

/** Renders a block. @param {string[]} lines */
export function block(lines) {
  if (lines.every((line) => ITEM.test(line))) {
    const items = lines.map((line) => el("li", {}, ...inline(line.replace(ITEM, ""))));
    return el(lines[0].startsWith("-") ? "ul" : "ol", {}, ...items);
  }
  const text = lines.join(" ");
  // The assistant has one answer with a paragraph in English; a Danish voice makes it unintelligible.
  const english = (text.match(ENGLISH)?.length ?? 0) > 1 && !DANISH.test(text);
  return el("p", english ? { lang: "en" } : {}, ...lines.flatMap((line, at) => (at ? [el("br"), ...inline(line)] : inline(line))));
}

/** The text without its Markdown, for speech and the text file. @param {string} text */
export function plain(text) {
  return unescaped(text.replace(/\*\*([^*\n]+)\*\*/g, "$1").replace(/\[([^\]\n]+)\]\(([^()\s]+)\)/g, "$1 ($2)"));
}
