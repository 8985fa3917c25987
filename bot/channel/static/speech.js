// Reading aloud with a Danish voice of this machine.

import { plain } from "./render.js";

/** A Danish voice that speaks on this machine: others send what is said to their maker. */
function voice() {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  return voices.find((one) => one.localService && /^da\b/i.test(one.lang.replace("_", "-"))) ?? null;
}

/** Tells, now and when it changes, whether there is a voice. @param {(there: boolean) => void} told @param {AbortSignal} signal */
export function whenVoice(told, signal) {
  if (!window.speechSynthesis) return;
  told(voice() !== null);
  window.speechSynthesis.addEventListener?.("voiceschanged", () => told(voice() !== null), { signal });
}

/** Speaks after what is already being spoken. @param {string} text */
export function speak(text) {
  const danish = voice();
  if (!danish) return;
  const words = new SpeechSynthesisUtterance(plain(text));
  words.voice = danish;
  words.lang = danish.lang;
  window.speechSynthesis.speak(words);
}

/** Falls silent. */
export function hush() {
  window.speechSynthesis?.cancel();
}
