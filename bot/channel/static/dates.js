// The form with fields for a date and a time, as an alternative to writing the date in words.

import { el } from "./render.js";
import { words } from "./words.js";

/** @typedef {{day: string, month: string, year: string, clock: string}} Typed */

/** Reads the fields: the date as text, or the first invalid field with a message.
 * @param {Typed} typed @param {number} year this year, for the example
 * @returns {{text: string} | {wrong: keyof Typed, message: string}} text as in '3/12-2026 kl. 14.30' */
export function read(typed, year) {
  const number = (/** @type {string} */ text) => (/^\d+$/.test(text) ? Number(text) : 0);
  const day = number(typed.day);
  const month = number(typed.month);
  const full = /^\d{4}$/.test(typed.year) ? Number(typed.year) : 0;
  if (day < 1 || day > 31) return { wrong: "day", message: words.badDay };
  if (month < 1 || month > 12) return { wrong: "month", message: words.badMonth };
  if (full < 1900) return { wrong: "year", message: words.badYear(year) };
  const text = `${day}/${month}-${full}`;
  if (new Date(full, month - 1, day).getDate() !== day) return { wrong: "day", message: words.noSuchDate(text) };
  if (!typed.clock) return { text };
  const clock = /^(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?$/i.exec(typed.clock);
  if (!clock || Number(clock[1]) > 23 || Number(clock[2] ?? 0) > 59) return { wrong: "clock", message: words.badClock };
  return { text: `${text} kl. ${clock[1]}${clock[2] ? `.${clock[2]}` : ""}` };
}

const FIELDS = /** @type {const} */ (["day", "month", "year", "clock"]);

/** The form; hidden until a date is asked for. */
export class DateForm {
  /** @param {(text: string) => void} send @param {() => void} changed */
  constructor(send, changed) {
    this.error = el("p", { class: "error", id: "date-error", role: "alert" });
    this.inputs = {
      day: this.#input("day", 2),
      month: this.#input("month", 2),
      year: this.#input("year", 4),
      clock: this.#input("clock", 5),
    };
    const labelled = FIELDS.map((name) => {
      const label = el("label", { class: name, for: `date-${name}` }, words[name]);
      if (name === "clock") label.append(" ", el("span", { class: "hint" }, words.optional));
      return el("div", { class: name }, label, this.inputs[name]);
    });
    const fields = el("fieldset", {}, el("legend", {}, words.date), this.error);
    fields.append(el("div", { class: "fields" }, ...labelled), el("button", { type: "submit" }, words.sendDate));
    this.element = el("form", { class: "date", novalidate: "", hidden: "" }, fields, el("p", { class: "hint" }, words.dateHint));
    this.element.addEventListener("input", () => changed());
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const found = read(this.typed, new Date().getFullYear());
      this.#mark(found);
      if ("text" in found) send(found.text);
    });
  }

  /** The content of the fields. @returns {Typed} */
  get typed() {
    const { day, month, year, clock } = this.inputs;
    return { day: day.value.trim(), month: month.value.trim(), year: year.value.trim(), clock: clock.value.trim() };
  }

  set typed(values) {
    for (const name of FIELDS) this.inputs[name].value = values[name] ?? "";
  }

  /** Shows the form, or hides and empties it. @param {boolean} wanted @returns {boolean} whether that changed it */
  show(wanted) {
    if (this.element.hidden === !wanted) return false;
    this.element.hidden = !wanted;
    this.#mark({ text: "" });
    if (!wanted) this.typed = { day: "", month: "", year: "", clock: "" };
    return true;
  }

  /** @param {keyof Typed} name @param {number} length */
  #input(name, length) {
    return el("input", {
      id: `date-${name}`,
      name,
      maxlength: String(length),
      autocomplete: "off",
      inputmode: name === "clock" ? "decimal" : "numeric",
    });
  }

  /** Shows the error at its field and moves focus there. @param {ReturnType<typeof read>} found */
  #mark(found) {
    for (const name of FIELDS) {
      this.inputs[name].removeAttribute("aria-invalid");
      this.inputs[name].removeAttribute("aria-describedby");
    }
    this.error.textContent = "message" in found ? found.message : "";
    if (!("wrong" in found)) return;
    const input = this.inputs[found.wrong];
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", "date-error");
    input.focus();
  }
}
