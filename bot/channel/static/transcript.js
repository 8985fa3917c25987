// Saves the conversation as a text file.

import { el, plain } from "./render.js";
import { momentText, words } from "./words.js";

/** The conversation as text. @param {import("./api.js").Message[]} messages @param {Date} now @returns {string} */
export function transcript(messages, now) {
  const said = messages.map((message) => {
    const who = message.from === "citizen" ? words.transcriptYou : words.transcriptAssistant;
    const text = message.from === "citizen" ? message.text : plain(message.text);
    const buttons = message.buttons.map((button) => `[${button.title}]`).join(" ");
    const at = message.at ? `, ${momentText(message.at)}` : "";
    return `${who}${at}:\n${text}${buttons ? `\n${words.replies}: ${buttons}` : ""}`;
  });
  return [words.transcript, words.savedAt(momentText(now)), ...said].join("\n\n") + "\n";
}

/** Downloads a text as a file. @param {string} text @param {ShadowRoot} root where the link is inserted */
export function download(text, root) {
  // A byte order mark and CRLF, so that every editor shows æ, ø and å.
  const file = new Blob(["\uFEFF", text.replace(/\r?\n/g, "\r\n")], { type: "text/plain" });
  const address = URL.createObjectURL(file);
  const link = el("a", { href: address, download: "samtale.txt", hidden: "" });
  root.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
