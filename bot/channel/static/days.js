// The working days around today, in Danish.

import { site } from "./site.js";

const ZONE = "Europe/Copenhagen";
const COUNT = 10;

/** Today's date in Denmark. @returns {string} as in '2026-12-03' */
export function isoToday() {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: ZONE }).format(new Date());
}

/** The next ten working days from today, or the last ten, newest first.
 * @param {string} today ISO date @param {boolean} past */
export function workingDays(today, past) {
  const days = [];
  // Noon, so that no change of the clock moves the day.
  for (const day = new Date(`${today}T12:00Z`); days.length < COUNT; day.setUTCDate(day.getUTCDate() + (past ? -1 : 1))) {
    const iso = day.toISOString().slice(0, 10);
    if (day.getUTCDay() % 6 === 0 || site.closed.includes(iso)) continue;
    const say = (/** @type {Intl.DateTimeFormatOptions} */ options) => new Intl.DateTimeFormat("da-DK", { timeZone: "UTC", ...options }).format(day);
    days.push({
      iso,
      short: say({ weekday: "short" }).replace(".", ""),
      number: `${day.getUTCDate()}/${day.getUTCMonth() + 1}`,
      long: say({ weekday: "long", day: "numeric", month: "long" }).replace(" ", " den "),
    });
  }
  return days;
}
