// A receipt, to be printed and copied.

import { el } from "./render.js";
import { words } from "./words.js";

const PRINTED = `body { font: 12pt/1.5 system-ui, sans-serif; } dt { font-weight: 600; } dd { margin: 0 0 .5em; } .tasks, summary { display: none; }`;

/** The buttons under a receipt. @param {() => HTMLElement} receipt */
export function tasks(receipt) {
  const done = el("span", { role: "status" });
  const print = el("button", { type: "button" }, words.print);
  const copy = el("button", { type: "button" }, words.copy);
  print.addEventListener("click", () => printed(receipt()));
  copy.addEventListener("click", async () => {
    done.textContent = (await copied(text(receipt()), copy)) ? words.copied : words.notCopied;
  });
  return el("div", { class: "tasks" }, print, copy, done);
}

/** The receipt's words, a line each. @param {HTMLElement} receipt */
function text(receipt) {
  const parts = receipt.querySelectorAll("h3, dt, dd, .receipt > p");
  return [...parts].map((part) => (part.matches("dt") ? `${part.textContent}:` : part.textContent)).join("\n").replace(/:\n/g, ": ");
}

/** Prints the receipt alone, without the page around it. @param {HTMLElement} receipt */
function printed(receipt) {
  const frame = el("iframe", { class: "sr", "aria-hidden": "true", tabindex: "-1", title: words.receipt });
  receipt.append(frame);
  const window = /** @type {Window & typeof globalThis} */ (frame.contentWindow);
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(PRINTED);
  window.document.adoptedStyleSheets = [sheet];
  window.document.title = words.receipt;
  window.document.documentElement.lang = "da";
  const copy = /** @type {HTMLElement} */ (window.document.importNode(receipt, true));
  for (const gone of copy.querySelectorAll("iframe, .sr")) gone.remove();
  for (const folded of copy.querySelectorAll("details")) folded.open = true;
  window.document.body.append(copy);
  window.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  window.print();
}

/** @param {string} text @param {HTMLElement} beside where focus is @returns {Promise<boolean>} whether it was copied */
async function copied(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https, or where the page's policy forbids the clipboard.
    const area = el("textarea", { class: "sr", "aria-hidden": "true" });
    area.value = text;
    beside.after(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    beside.focus({ preventScroll: true });
    return done;
  }
}
