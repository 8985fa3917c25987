// Shows new turns as they come, and sends the page's forms without a reload. Without it, links and forms work.

const list = /** @type {HTMLElement} */ (document.getElementById("ture"));
const EVERY = 700;

/** @param {string} html */
const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** Puts the turns of a page in place of those shown: only what changed, so that what is open and focused stays.
 * @param {Document} page */
function show(page) {
  const fresh = [...page.querySelectorAll("details.turn")];
  const known = new Map([...list.querySelectorAll("details.turn")].map((turn) => [turn.id, turn]));
  if (!fresh.length && !known.size) return;
  const arrived = fresh.some((turn) => !known.has(turn.id));
  for (const turn of known.values()) {
    if (!fresh.some((one) => one.id === turn.id)) turn.remove();
    // The newest turn is the one that is read: those before it fold.
    else if (arrived && !turn.contains(document.activeElement)) turn.removeAttribute("open");
  }
  list.querySelector(":scope > p")?.remove();
  for (const turn of fresh.reverse()) {
    const old = known.get(turn.id);
    if (!old) list.prepend(turn);
    else if (old.querySelector(".body")?.innerHTML !== turn.querySelector(".body")?.innerHTML && !old.contains(document.activeElement)) {
      turn.toggleAttribute("open", old.hasAttribute("open"));
      old.replaceWith(turn);
    }
  }
}

async function look() {
  try {
    const response = await fetch(String(list.dataset.source), { cache: "no-cache" });
    if (response.ok) {
      const html = await response.text();
      if (html !== look.last) show(parse(html));
      look.last = html;
    }
  } catch {
    // The command was stopped, or starts again: the page asks on.
  }
  setTimeout(look, EVERY);
}
/** @type {string|undefined} */
look.last = undefined;

document.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  event.preventDefault();
  const part = /** @type {HTMLElement} */ (form.closest("details.turn, section.saving"));
  form.querySelector("button")?.setAttribute("aria-disabled", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(/** @type {any} */ (new FormData(form))) });
    const fresh = parse(await response.text()).getElementById(part.id);
    if (!fresh) throw new Error();
    if (fresh.matches("details")) fresh.setAttribute("open", "");
    part.replaceWith(fresh);
    const told = /** @type {HTMLElement|null} */ (fresh.querySelector("[role=status], [role=alert]"));
    told?.setAttribute("tabindex", "-1");
    told?.focus();
  } catch {
    form.submit();
  }
});

look();
