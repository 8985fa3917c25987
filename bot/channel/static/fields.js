// The form with fields for what is asked: department, day, hour, how, name, e-mail, telephone. An alternative to own words.

import { el } from "./render.js";
import { site } from "./site.js";
import { words } from "./words.js";
import { isoToday, workingDays } from "./days.js";

/** @typedef {import("./api.js").Asked} Asked */
/** @typedef {"department"|"date"|"clock"|"kind"|"name"|"email"|"phone"} Name */
/** @typedef {Record<Name, string>} Typed */

const NAMES = /** @type {Name[]} */ (["department", "date", "clock", "kind", "name", "email", "phone"]);
// By the slot asked for. A telephone number is taken in place of the e-mail.
/** @type {Record<string, Name[]>} */
const OF_SLOT = {
  meeting_department: ["department"],
  meeting_date: ["date", "clock"],
  which_date: ["date", "clock"],
  meeting_time: ["clock"],
  meeting_kind: ["kind"],
  applicant_name: ["name"],
  applicant_email: ["email", "phone"],
  applicant_phone: ["phone"],
};
// Messages that the server reads only by themselves.
const STEERS = /^(stop|(gå )?tilbage|afbryd|annuller|glem det|(start )?forfra|vent|hjælp)\W*$/i;
// Choices by themselves have buttons under the question.
const NOT_ALONE = "meeting_kind";
/** @type {Record<string, Record<string, string>>} */
const ATTRIBUTES = {
  department: { list: "departments", autocomplete: "off" },
  date: { type: "date", autocomplete: "off" },
  clock: { inputmode: "decimal", maxlength: "8", autocomplete: "off" },
  name: { autocomplete: "name" },
  email: { type: "email", inputmode: "email", autocomplete: "email" },
  phone: { type: "tel", inputmode: "tel", autocomplete: "tel" },
};

/** Reads the fields: the answer as text, or the first invalid field with a message; null for any.
 * @param {Typed} typed @returns {{text: string} | {wrong: Name|null, message: string}} text as in '3/12-2026 kl. 14.30' */
export function read(typed) {
  // A phone's number pad may have a comma alone, or no sign at all.
  const clock = /^(?:kl\.?\s*)?(\d{1,2})(?:[.:,]?(\d{2}))?$/i.exec(typed.clock);
  if (typed.clock && (!clock || Number(clock[1]) > 23 || Number(clock[2] ?? 0) > 59)) return { wrong: "clock", message: words.badClock };
  const [year, month, day] = typed.date.split("-").map(Number);
  const when = [typed.date && `${day}/${month}-${year}`, clock && `kl. ${clock[1]}${clock[2] ? `.${clock[2]}` : ""}`];
  // Words stay words: whether they are an address is read as in a message.
  if (typed.email.includes("@") && !/^\S+@[^\s@.]+(\.[^\s@.]+)+$/.test(typed.email)) return { wrong: "email", message: words.badEmail };
  const parts = [typed.department, when.filter(Boolean).join(" "), typed.kind, typed.name, typed.email, typed.phone];
  const text = parts.filter(Boolean).join(", ");
  return text ? { text } : { wrong: null, message: words.nothingFilled };
}

/** The form; hidden while nothing is asked for that it has fields for. */
export class Fields {
  /** @type {Name[]} */
  #wanted = [];
  #past = false;
  /** Whether the error is that nothing is filled in. */
  #empty = false;
  /** What the server holds already, by field. @type {Partial<Typed>} */
  #held = {};

  /** @param {(text: string) => void} send @param {() => void} changed */
  constructor(send, changed) {
    this.error = el("p", { class: "error", id: "fields-error", role: "alert" });
    const list = el("datalist", { id: "departments" }, ...site.departments.map((value) => el("option", { value })));
    const kinds = words.kinds.map(([title, value]) => el("option", { value }, title));
    /** @type {Record<Name, HTMLInputElement|HTMLSelectElement>} */
    this.inputs = /** @type {any} */ ({});
    this.places = NAMES.map((name) => {
      const id = `field-${name}`;
      const input = name === "kind" ? el("select", { id }, ...kinds) : el("input", { id, name, ...ATTRIBUTES[name] });
      this.inputs[name] = input;
      const label = el("label", { for: id }, words[name]);
      if (name === "clock") label.append(" ", el("span", { class: "hint" }, words.optional));
      return el("div", { class: name }, label, input);
    });
    this.days = el("div", { class: "days", role: "group", "aria-label": words.days });
    const [first, ...others] = this.places;
    const fields = el("fieldset", {}, el("legend", {}, words.fields), el("div", { class: "fields" }, first, this.days, ...others), list,
      el("button", { type: "submit" }, words.sendFields));
    this.element = el("form", { class: "asked", novalidate: "", hidden: "" }, fields);
    const edited = () => {
      this.#press();
      // Told when nothing is filled in, an error is over when anything is.
      if (this.#empty && this.filled) this.#mark({ text: "" });
      changed();
    };
    this.element.addEventListener("input", edited);
    this.days.addEventListener("click", (event) => {
      const day = /** @type {HTMLElement} */ (event.target).closest("button")?.value;
      if (!day) return;
      this.inputs.date.value = day === this.inputs.date.value ? "" : day;
      edited();
    });
    this.days.addEventListener("keydown", (event) => this.#walk(event));
    this.days.addEventListener("focusin", () => this.#press());
    this.element.addEventListener("keydown", (event) => this.#next(event));
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.answer();
      if (text) send(text);
    });
  }

  /** The content of the fields. @returns {Typed} */
  get typed() {
    return /** @type {Typed} */ (Object.fromEntries(NAMES.map((name) => [name, this.inputs[name].value.trim()])));
  }

  set typed(/** @type {Record<string, string>} */ values) {
    for (const name of NAMES) this.inputs[name].value = values[name] ?? "";
    this.#press();
  }

  /** Whether the form is shown and anything is filled in. */
  get filled() {
    return !this.element.hidden && this.#wanted.some((name) => this.inputs[name].value);
  }

  /** Empties fields whose answer was sent: those that are shown. @param {Name[]} [names] */
  sent(names = this.#wanted) {
    for (const name of names) this.inputs[name].value = "";
    this.#press();
  }

  /** The answer in the fields, as text; null where one is wrong, which is marked. @param {Name[]} [names] @returns {string|null} */
  answer(names = this.#wanted) {
    const { typed } = this;
    for (const name of NAMES) if (!names.includes(name)) typed[name] = "";
    const bad = names.includes("date") && this.inputs.date.validity.badInput;
    /** @type {ReturnType<typeof read>} */
    const found = bad ? { wrong: "date", message: words.badDate } : read(typed);
    this.#mark(found);
    return "text" in found ? found.text : null;
  }

  /** What a message takes along: the answer without what the server holds already, a day and its hour together.
   * @param {string} message @returns {string|null} empty where there is none; null where a field is wrong, which is marked */
  beside(message) {
    const own = (/** @type {Name} */ name) => {
      const { value, validity } = this.inputs[name];
      return (value.trim() || validity.badInput) && value !== this.#held[name];
    };
    const names = this.#wanted.filter((name) => (/date|clock/.test(name) ? own("date") || own("clock") : own(name)));
    return this.element.hidden || !names.length || STEERS.test(message) ? "" : this.answer(names);
  }

  /** Whether a button answers what an empty field is for, beside others that are filled in: then they are one answer.
   * @param {string} payload of the button */
  completedBy(payload) {
    const slot = /^\/inform\{"(\w+)"/.exec(payload)?.[1] ?? "";
    const [name] = OF_SLOT[slot] ?? [];
    return this.filled && this.#wanted.includes(name) && !this.inputs[name].value;
  }

  /** Shows the fields for what is asked. What is typed and not sent stays until the request is whole.
   * @param {Asked|null} asked null while a turn runs: hidden, for the same may be asked again after it @param {boolean} past whether the meeting has been @returns {boolean} whether that changed them */
  show(asked, past) {
    const shown = !this.element.hidden;
    // A question in between asks for no slot: what was typed may still be the answer.
    const waits = !asked || (!!asked.asking && !asked.asks);
    this.element.hidden = waits;
    // What the server holds comes with its reply, where it is still asked for.
    if (!asked) this.sent(NAMES.filter((name) => this.inputs[name].value === this.#held[name]));
    if (waits) return shown;
    this.#held = {};
    const slots = asked.asks ?? [];
    const wanted = slots.length === 1 && slots[0] === NOT_ALONE ? [] : slots.flatMap((slot) => OF_SLOT[slot] ?? []);
    this.element.hidden = !wanted.length;
    if (!asked.asking || asked.asking === "review") this.typed = {};
    if (wanted.join() === this.#wanted.join() && past === this.#past) return shown === this.element.hidden;
    this.#wanted = wanted;
    this.#past = past;
    this.#mark({ text: "" });
    NAMES.forEach((name, at) => {
      this.places[at].hidden = !wanted.includes(name);
      this.inputs[name].setAttribute("enterkeyhint", name === wanted.at(-1) ? "send" : "next");
    });
    this.days.hidden = !wanted.includes("date");
    this.days.replaceChildren(...(this.days.hidden ? [] : workingDays(isoToday(), past).map(chip)));
    this.#press();
    return true;
  }

  /** Fills in what a reopened slot holds. @param {NonNullable<Asked["kept"]>} kept
   * @param {Asked["kept_beside"]} beside what is kept of slots asked for with it @returns {HTMLInputElement|HTMLSelectElement|null} its field; null where it has none */
  fill({ slot, value, shown }, beside) {
    const [name] = OF_SLOT[slot] ?? [];
    if (!name || !this.#wanted.includes(name)) return null;
    if (typeof value === "string") this.#held[name] = name === "date" || name === "kind" ? value : shown.replace(/^kl\. /, "");
    const hour = beside?.meeting_time;
    if (name === "date" && typeof hour === "string") this.#held.clock = hour.replace(":", ".");
    for (const one of NAMES) this.inputs[one].value ||= this.#held[one] ?? "";
    this.#press();
    return this.inputs[name];
  }

  /** Marks the day that is chosen. The days are one stop of the tab key: the one in focus, else the chosen one, else the first. */
  #press() {
    const days = [...this.days.querySelectorAll("button")];
    for (const day of days) day.setAttribute("aria-pressed", String(day.value === this.inputs.date.value));
    const stop = days.find((day) => day.matches(":focus")) ?? days.find((day) => day.value === this.inputs.date.value) ?? days[0];
    for (const day of days) day.tabIndex = day === stop ? 0 : -1;
  }

  /** Enter goes to the next field that is empty, so that no half an answer is sent; after the last it sends.
   * @param {KeyboardEvent} event */
  #next(event) {
    const at = NAMES.findIndex((name) => this.inputs[name] === event.target);
    if (event.key !== "Enter" || event.isComposing || at < 0) return;
    const next = NAMES.find((name, place) => place > at && this.#wanted.includes(name) && !this.inputs[name].value);
    if (!next) return;
    event.preventDefault();
    this.inputs[next].focus();
  }

  /** Moves focus among the days with the arrow keys. @param {KeyboardEvent} event */
  #walk(event) {
    const days = [...this.days.querySelectorAll("button")];
    const at = days.findIndex((day) => day === event.target);
    /** @type {Record<string, number>} */
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (!(event.key in to)) return;
    event.preventDefault();
    days.at(to[event.key] % days.length)?.focus();
  }

  /** Shows the error at its field and moves focus there. @param {ReturnType<typeof read>} found */
  #mark(found) {
    for (const name of NAMES) {
      this.inputs[name].removeAttribute("aria-invalid");
      this.inputs[name].removeAttribute("aria-describedby");
    }
    this.error.textContent = "";
    this.#empty = "wrong" in found && !found.wrong;
    if (!("wrong" in found)) return;
    // As they stand on the page; where nothing is filled in, the first of them.
    const name = found.wrong ?? /** @type {Name} */ (NAMES.find((one) => this.#wanted.includes(one)));
    this.inputs[name].setAttribute("aria-invalid", "true");
    this.inputs[name].setAttribute("aria-describedby", "fields-error");
    // In the page before it has words: only then they are announced.
    this.inputs[name].after(this.error);
    this.error.textContent = found.message;
    this.inputs[name].focus();
    this.error.scrollIntoView({ block: "nearest" });
  }
}

/** A button for a day. @param {{iso: string, short: string, number: string, long: string}} day */
function chip({ iso, short, number, long }) {
  const button = el("button", { type: "button", value: iso, "aria-pressed": "false" }, `${short} ${number}`);
  button.append(el("span", { class: "sr" }, `, ${long}`));
  return button;
}
