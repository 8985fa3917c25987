// Reads messages aloud with a local Danish voice of the browser.

import { plain } from "./render.js";

/** A local Danish voice; remote voices would send the text to their vendor. */
function voice() {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  return voices.find((one) => one.localService && /^da\b/i.test(one.lang.replace("_", "-"))) ?? null;
}

/** Reports whether there is a voice, now and on each change. @param {(there: boolean) => void} told @param {AbortSignal} signal */
export function whenVoice(told, signal) {
  if (!window.speechSynthesis) return;
  told(voice() !== null);
  window.speechSynthesis.addEventListener?.("voiceschanged", () => told(voice() !== null), { signal });
}

/** Queues a text for speaking. @param {string} text */
export function speak(text) {
  const danish = voice();
  if (!danish) return;
  const words = new SpeechSynthesisUtterance(plain(text));
  words.voice = danish;
  words.lang = danish.lang;
  window.speechSynthesis.speak(words);
}

/** Stops speaking. */
export function hush() {
  window.speechSynthesis?.cancel();
}
