// What stands under an answer: the paragraph of the page that it is from, and whether it helped.

import { el } from "./render.js";
import { site } from "./site.js";
import { words } from "./words.js";

const ANSWER = /^utter_(faq|simple|more)_(.+)$/;

/** Whether a message answers a question of the citizen's. @param {import("./api.js").Message} message */
export function isAnswer(message) {
  return ANSWER.test(message.name ?? "");
}

/** The foot of an answer. @param {import("./api.js").Message} message
 * @param {(id: string, helped: boolean) => Promise<void>} rate @param {(place: HTMLElement) => void} leave called before the page is shown
 * @returns {Node[]} */
export function foot(message, rate, leave) {
  return [...sources(message.name ?? "", leave), helped(message.id, rate)];
}

/** @param {string} name @param {(place: HTMLElement) => void} leave @returns {Node[]} */
function sources(name, leave) {
  const topic = ANSWER.exec(name)?.[2] ?? "";
  // A follow-up's name begins with its topic.
  const known = Object.keys(site.sources).filter((one) => topic === one || topic.startsWith(`${one}_`)).sort().at(-1);
  const numbers = known ? site.sources[known] : "";
  const links = numbers.split(" ").flatMap((number) => {
    const quote = site.quotes[number];
    const place = quote && find(quote);
    if (!place) return [];
    const link = el("a", { href: `#:~:text=${encodeURIComponent(quote)}` }, `»${quote} …«`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave(place);
    });
    return [link];
  });
  return links.length ? [el("p", { class: "source" }, `${numbers === site.contact ? words.contactSource : words.source} `, ...links.flatMap((link, at) => (at ? [", ", link] : [link])))] : [];
}

/** The paragraph of the page that begins with these words. @param {string} quote @returns {HTMLElement|null} */
function find(quote) {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (texts.currentNode.nodeValue?.replace(/\s+/g, " ").includes(quote)) return texts.currentNode.parentElement;
  }
  return null;
}

/** Shows a paragraph of the page. @param {HTMLElement} place */
export function visit(place) {
  if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}

/** @param {string} id @param {(id: string, helped: boolean) => Promise<void>} rate */
function helped(id, rate) {
  const group = el("div", { class: "helped", role: "group", "aria-label": words.helped, "aria-live": "polite" }, el("span", {}, words.helped));
  for (const [title, more, yes] of words.helpedAnswers) {
    const button = el("button", { type: "button" }, title, el("span", { class: "sr" }, more));
    button.addEventListener("click", async () => {
      try {
        await rate(id, yes);
        // Focus stays at what was pressed, which says what became of it.
        const thanks = el("p", { tabindex: "-1" }, words.thanks);
        group.replaceChildren(thanks);
        thanks.focus({ preventScroll: true });
      } catch {
        group.append(el("span", {}, words.notRated));
      }
    });
    group.append(button);
  }
  return group;
}
