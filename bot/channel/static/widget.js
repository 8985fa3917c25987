// Bot room, channel: the chat on a web page, a custom element without a build. One tag: <script type="module" src=".../widget.js">.

/** @typedef {{title: string, payload: string}} Button */
/** @typedef {{id: string, text: string, name: string|null, buttons: Button[], card: object|null, from?: string}} Message */

const BASE = new URL(".", import.meta.url);
const KEY = "frederiksberg-chat";
const STYLE = `
  :host { all: initial; display: block; font: 16px/1.5 "IBM Plex Sans", system-ui, sans-serif; color: #1a1a1a; }
  section { max-width: 42rem; margin: 1rem auto; border: 1px solid #bfbfbf; border-radius: 4px; background: #fff; }
  h2 { margin: 0; padding: .75rem 1rem; font-size: 1.125rem; background: #003366; color: #fff; border-radius: 4px 4px 0 0; }
  [role=log] { height: 24rem; overflow-y: auto; padding: 1rem; }
  [role=log]:focus-visible, button:focus-visible, textarea:focus-visible { outline: 3px solid #0059b3; outline-offset: 2px; }
  .message { margin: 0 0 .75rem; max-width: 90%; padding: .5rem .75rem; border-radius: 4px; background: #f2f5f9; overflow-wrap: anywhere; }
  .citizen { margin-left: auto; background: #dbe9f9; width: fit-content; }
  .message p, .message ul, .message ol { margin: 0 0 .5rem; }
  .message :last-child { margin-bottom: 0; }
  .replies { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: .75rem; }
  button { font: inherit; min-height: 44px; padding: .375rem 1rem; border: 2px solid #0059b3; border-radius: 4px; background: #fff; color: #0059b3; cursor: pointer; }
  .send { background: #0059b3; color: #fff; }
  form { display: flex; gap: .5rem; padding: .75rem 1rem; border-top: 1px solid #bfbfbf; align-items: end; flex-wrap: wrap; }
  label { flex: 1 1 12rem; }
  textarea { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; border: 1px solid #747474; border-radius: 4px; resize: vertical; }
  .status { padding: 0 1rem .75rem; min-height: 1.5rem; color: #b00020; }
`;

/** Markdown of paragraphs, bold, lists and links, as nodes: text never becomes markup.
 * @param {string} text @returns {Node[]} */
function render(text) {
  return text.split(/\n{2,}/).map((block) => {
    const lines = block.split("\n");
    const numbered = lines.every((line) => /^\d+\. /.test(line));
    if (numbered || lines.every((line) => line.startsWith("- "))) {
      const list = document.createElement(numbered ? "ol" : "ul");
      for (const line of lines) list.append(inline(document.createElement("li"), line.replace(/^(- |\d+\. )/, "")));
      return list;
    }
    const paragraph = document.createElement("p");
    lines.forEach((line, i) => {
      if (i) paragraph.append(document.createElement("br"));
      inline(paragraph, line);
    });
    return paragraph;
  });
}

/** @param {HTMLElement} parent @param {string} text */
function inline(parent, text) {
  for (const part of text.split(/(\*\*[^*]+\*\*)/)) {
    if (part.startsWith("**") && part.endsWith("**") && part.length > 4) {
      const strong = document.createElement("strong");
      strong.textContent = part.slice(2, -2);
      parent.append(strong);
    } else parent.append(part);
  }
  return parent;
}

class FrederiksbergChat extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const section = document.createElement("section");
    section.setAttribute("aria-label", "Chat med kommunens assistent");
    const heading = document.createElement("h2");
    heading.textContent = "Spørg assistenten";
    this.log = document.createElement("div");
    this.log.setAttribute("role", "log");
    this.log.tabIndex = 0;
    this.log.setAttribute("aria-label", "Samtalen");
    this.form = document.createElement("form");
    const label = document.createElement("label");
    label.textContent = "Din besked";
    this.field = document.createElement("textarea");
    this.field.rows = 2;
    label.append(this.field);
    const send = document.createElement("button");
    send.className = "send";
    send.textContent = "Send";
    this.form.append(label, send);
    this.status = document.createElement("div");
    this.status.className = "status";
    this.status.setAttribute("role", "alert");
    section.append(heading, this.log, this.form, this.status);
    root.append(section);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.field.value.trim();
      if (text) this.say({ text }, text);
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
  }

  async connectedCallback() {
    this.token = sessionStorage.getItem(KEY);
    if (this.token) {
      const past = await this.call("messages", "GET");
      if (past?.messages) return past.messages.forEach((message) => this.show(message));
    }
    const opened = await this.call("sessions", "POST");
    if (!opened?.session) return;
    this.token = opened.session;
    sessionStorage.setItem(KEY, opened.session);
    opened.messages.forEach((message) => this.show(message));
  }

  /** @param {{text?: string, payload?: string}} what @param {string} shown */
  async say(what, shown) {
    if (this.busy) return;
    this.busy = true;
    this.field.readOnly = true;
    const answer = await this.call("messages", "POST", { id: crypto.randomUUID(), ...what });
    if (answer?.messages) {
      this.log.querySelectorAll(".replies").forEach((group) => group.remove());
      this.show({ id: "", text: shown, name: null, buttons: [], card: null, from: "citizen" });
      if (what.text) this.field.value = "";
      answer.messages.forEach((message) => this.show(message));
    }
    this.field.readOnly = false;
    this.busy = false;
  }

  /** @param {string} path @param {string} method @param {object=} body */
  async call(path, method, body) {
    this.status.textContent = "";
    try {
      const response = await fetch(new URL(path, BASE), {
        method,
        headers: { "Content-Type": "application/json", ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}) },
        body: body && JSON.stringify(body),
      });
      const answer = await response.json();
      if (response.ok) return answer;
      if (response.status === 401) {
        sessionStorage.removeItem(KEY);
        this.token = null;
        if (method === "GET") return null;
      }
      this.status.textContent = answer.error.message;
    } catch {
      this.status.textContent = "Der er ingen forbindelse lige nu. Prøv igen, eller ring til Jura på 3821 4236.";
    }
    return null;
  }

  /** @param {Message} message */
  show(message) {
    const box = document.createElement("div");
    box.className = message.from === "citizen" ? "message citizen" : "message";
    box.append(...(message.from === "citizen" ? [inline(document.createElement("p"), message.text)] : render(message.text)));
    this.log.append(box);
    if (message.buttons.length) {
      const group = document.createElement("div");
      group.className = "replies";
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", "Svarmuligheder");
      for (const { title, payload } of message.buttons) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = title;
        button.addEventListener("click", () => this.say({ payload }, title));
        group.append(button);
      }
      this.log.append(group);
    }
    this.log.scrollTop = this.log.scrollHeight;
  }
}

customElements.define("frederiksberg-chat", FrederiksbergChat);
if (!document.querySelector("frederiksberg-chat")) document.body.append(document.createElement("frederiksberg-chat"));
