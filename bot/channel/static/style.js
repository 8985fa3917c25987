// Style sheet of the chat, after Det Fælles Designsystem. A page can set the --fc-* properties.
// Lengths are in em, so that they follow the reader's text size and not that of the embedding page.
// Comments with two stars, on lines of their own, are not sent to browsers (widget_bundle.py).

export const style = `
:host {
  all: initial !important;
  color-scheme: light dark !important; direction: ltr !important; unicode-bidi: isolate !important;
}
*, ::before, ::after { box-sizing: border-box; }
:host([data-theme=light]) { color-scheme: light !important; }
[hidden] { display: none !important; }
.sr {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.shell {
  --primary: var(--fc-primary, #004d99);
  --primary-dark: var(--fc-primary-dark, #003366);
  --on-primary: var(--fc-on-primary, #fff);
  --surface: var(--fc-surface, #fff);
  --text: var(--fc-text, #1a1a1a);
  --muted: var(--fc-muted, #454545);
  --line: var(--fc-line, #8e8e8e);
  --assistant: var(--fc-assistant, #f5f5f5);
  --citizen: var(--fc-citizen, #e2f2fb);
  --focus: var(--fc-focus, #454545);
  --error: var(--fc-error, #cc0000);
  --field: #fff; --faint: #dcdcdc; --edge: #707070;
  --warning: var(--fc-warning, #febb30);
  --warning-light: var(--fc-warning-light, #ffeecc);
  --radius: var(--fc-radius, 3px);
  /** Of the window, hidden by a phone's keyboard (sight.js). */
  --top: 0px; --below: 0px;
  position: fixed; inset: auto 0 var(--below) auto; z-index: 2147483647; margin: 0; border: 0; padding: 0;
  width: auto; height: auto; max-width: 100%; max-height: 100%; overflow: visible; background: none;
  color: var(--text); font: medium/1.5 var(--fc-font, "IBM Plex Sans", system-ui, sans-serif); text-align: left;
  /** The page's text size, where it is larger than the reader's. */
  font-size: clamp(1em, 1rem, 2em);
}
button, textarea, input, select { font: inherit; letter-spacing: inherit; word-spacing: inherit; color: inherit; margin: 0; }
button, summary, .tools a {
  min-height: 2.75em; min-width: 2.75em; padding: .5em 1em; border: 2px solid var(--primary); border-radius: var(--radius);
  background: var(--surface); color: var(--primary); font-weight: 600; cursor: pointer; overflow-wrap: anywhere; text-align: left;
}
button:hover { text-decoration: underline; border-color: var(--primary-dark); color: var(--primary-dark); }
.primary { background: var(--primary); color: var(--on-primary); }
.primary:hover { background: var(--primary-dark); color: var(--on-primary); }
.danger { background: var(--error); border-color: var(--error); color: #fff; }
.danger:hover { background: #900; border-color: #900; color: #fff; }
[aria-disabled=true] { opacity: .55; cursor: default; }
:focus { outline: none; }
:focus-visible, textarea:focus, input:focus, select:focus { outline: 3px solid var(--focus); outline-offset: 1px; }
a { color: var(--primary); overflow-wrap: anywhere; }
a[href^=tel] { white-space: nowrap; }
h2, h3, h4, p, ul, ol, dl, dd { margin: 0; padding: 0; }
h2 { font-size: 1.125em; line-height: 1.3; }
h3, h4 { font-size: 1.125em; line-height: 1.3; }
h4 { font-size: 1em; padding-top: .5em; }

.launcher { margin: 0 1.25em 1.25em 0; padding: .75em 1.25em; box-shadow: 0 0 0 2px var(--surface), 0 4px 12px 2px rgb(0 0 0 / .3); }
.panel {
  display: flex; flex-direction: column; width: 28em; max-width: 100vw; height: 46em; max-height: calc(100vh - 2.5em);
  max-height: calc(100dvh - 2.5em - var(--below)); margin: 0 1.25em 1.25em 0; overflow: hidden; overscroll-behavior: contain; background: var(--surface);
  border: 1px solid var(--line); border-radius: var(--radius); box-shadow: 0 8px 24px rgb(0 0 0 / .25);
}
.header {
  position: relative; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: .25em; flex: none; padding: .25em .5em .25em 1em;
  background: var(--primary); color: var(--on-primary);
}
.header h2 { flex: 1 1 8em; min-width: 0; overflow-wrap: anywhere; }
.quiet { border-color: transparent; background: none; color: var(--on-primary); padding: .5em .75em; }
.quiet:hover { color: var(--on-primary); border-color: var(--on-primary); }
.header :focus-visible { outline-color: var(--on-primary); }
.steps { display: flex; flex-wrap: wrap; align-items: center; gap: .25em; flex: none; padding: 0 .5em 0 1em; border-top: 1px solid var(--faint); }
.steps p { flex: 1 1 6em; font-size: .875em; }
.steps button { border-color: transparent; padding: .5em; }
.announcement { flex: 0 1 auto; min-height: 4em; max-height: 40%; overflow: auto; padding: .75em 1em; border-bottom: 4px solid var(--warning); background: var(--warning-light); }
.paused .announcement { flex: 1 0 auto; max-height: none; }
.paused :is(.steps, .composer, .replies, .asked, .notice, .fix, .helped) { display: none; }
.announcement button { margin-top: .5em; }
.tools ul {
  position: absolute; top: 100%; right: .5em; width: 20em; max-width: calc(100% - 1em); max-height: calc(100dvh - 7em); overflow: auto;
  list-style: none; padding: .25em; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius);
  box-shadow: 0 4px 12px rgb(0 0 0 / .3); color: var(--text);
}
.tools li > * { display: block; width: 100%; border-color: transparent; font-weight: 400; }
.tools li > :focus-visible { outline-color: var(--focus); outline-offset: -2px; }
.tools [aria-pressed=true]::after { content: " (slået til)" / ""; }

.scroll {
  position: relative; flex: 1 1 0; min-height: 2em; overflow: hidden auto; padding: 1em; overscroll-behavior: contain;
}
.chips { z-index: 1; display: flex; flex-wrap: wrap; flex: none; border-top: 1px solid var(--line); background: var(--surface); }
.chips button { border-color: transparent; padding: 0 .5em; background: none; font-size: .875em; min-height: calc(44rem / 16); white-space: nowrap; }
.chips button[hidden] { display: block !important; visibility: hidden; }
.chips .leave { display: none; margin-left: auto; }
.scroll:focus-visible, .steps :focus-visible { outline-offset: -3px; }
.message {
  width: fit-content; max-width: 92%; margin: 0 0 1em; padding: .625em .875em; border: 1px solid transparent;
  border-radius: var(--radius); background: var(--assistant); overflow-wrap: anywhere; hyphens: auto;
}
.message::after { content: attr(data-at); display: block; margin-top: .25em; color: var(--muted); font-size: .75em; }
.citizen { margin-left: auto; background: var(--citizen); }
.said { white-space: pre-wrap; }
.message > * + * + * { margin-top: .625em; }
.message ul, .message ol { padding-left: 1.375em; }
.waiting { opacity: .8; border: 1px dashed var(--line); }
.divider { margin: 1.5em 0; border-top: 1px solid var(--line); padding-top: .5em; color: var(--muted); text-align: center; }
.review, .receipt { width: auto; max-width: 100%; }
.receipt { border: 2px solid var(--primary); background: var(--surface); }
dl > div { padding: .25em 0; border-bottom: 1px solid var(--faint); }
dl > div:last-child { border-bottom: 0; }
dt { font-weight: 600; }
/** The label, its value below it, and the button beside both. */
.review > div { position: relative; min-height: 3em; padding-right: 3.75em; line-height: 1.3; }
.review dd > span { white-space: pre-wrap; }
.fix { position: absolute; top: .125em; right: 0; padding: .5em; border-color: transparent; text-decoration: underline; background: none; }
.changed { box-shadow: -.5em 0 var(--citizen), -.625em 0 var(--primary); background: var(--citizen); }
.facts dd { font-size: 1.125em; }
summary { display: list-item; list-style-position: inside; border-color: transparent; padding: .5em 0; background: none; }
.typing { display: flex; align-items: center; gap: .5em; margin-bottom: 1em; color: var(--muted); }
.dots { width: 2em; height: .5em; background: radial-gradient(circle .25em, currentColor 90%, transparent) 0 0 / .75em .5em; }
.replies, .tasks, .helped { display: flex; flex-wrap: wrap; align-items: center; gap: .5em; margin-bottom: 1em; }
.tasks { margin: .5em 0 0; }
.foot { margin: -.5em 0 1em; font-size: .875em; color: var(--muted); }
.foot button { min-width: 3.25em; min-height: 3.25em; border-color: transparent; background: none; text-decoration: underline; }
.helped { margin: 0; gap: 0 .25em; }

.asked { margin-bottom: 1em; }
fieldset { min-width: 0; margin: 0; border: 0; padding: 0; }
legend { padding: 0; font-weight: 600; }
.fields { display: flex; flex-wrap: wrap; align-items: end; gap: .5em 1em; margin: .5em 0; }
.asked label { display: block; }
.fields > div { min-width: 0; max-width: 100%; }
.asked :is(.days, .department, .name, .email) { flex: 1 1 100%; }
.days { display: grid; grid-template-columns: repeat(auto-fill, minmax(3.5em, 1fr)); gap: .25em; }
.days button { padding: .125em; border-width: 1px; font-weight: 400; line-height: 1.2; text-align: center; overflow-wrap: normal; }
.days [aria-pressed=true] { background: var(--primary); color: var(--on-primary); }
.hint { color: var(--muted); font-size: .875em; }
input, textarea, select {
  border: 1px solid var(--edge); border-radius: var(--radius); background: var(--field); color: var(--text); padding: .5em .75em; min-height: 2.75em;
}
input, select { width: 100%; }
.date input { width: 10.5em; max-width: 100%; }
.clock input { width: calc(5ch + 2.5em); }
[aria-invalid=true] { border: 2px solid var(--error); }
.error { color: var(--error); font-weight: 600; }
.error:empty, .status:empty, .ended:empty { display: none; }
.ended { margin-bottom: .75em; }
.error:not(:empty) { margin: .25em 0; }

.status { flex: none; padding: .5em 1em; border-top: 1px solid var(--faint); }
.notice { padding: .75em 1em; border-top: 4px solid var(--warning); background: var(--warning-light); }
.notice button { margin-top: .5em; }
.contact { margin-top: .5em; }
.composer { position: relative; flex: none; padding: .5em 1em 1em; border-top: 1px solid var(--line); }
.composer label { display: block; font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: .5em; align-items: end; }
textarea { flex: 1 1 10em; min-width: 0; display: block; max-height: min(9em, 22vh); resize: none; field-sizing: content; }

dialog {
  width: 26em; max-width: calc(100vw - 1em); max-height: calc(100dvh - 1em); overflow: auto; padding: 1.25em; color: var(--text);
  background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius);
}
dialog > * + * { margin-top: .75em; }
dialog .replies { margin-bottom: 0; }
dialog::backdrop { background: rgb(0 0 0 / .5); }

@media (prefers-color-scheme: dark) {
  :host(:not([data-theme=light])) .shell {
    --primary: var(--fc-dark-primary, #9cc9ff); --primary-dark: var(--fc-dark-primary-dark, #c8e1ff); --on-primary: var(--fc-dark-on-primary, #10202f);
    --surface: var(--fc-dark-surface, #1b1b1b); --text: var(--fc-dark-text, #ececec); --muted: var(--fc-dark-muted, #bdbdbd);
    --line: var(--fc-dark-line, #8e8e8e); --assistant: var(--fc-dark-assistant, #2b2b2b); --citizen: var(--fc-dark-citizen, #1d3a52);
    --focus: var(--fc-dark-focus, #ececec); --error: var(--fc-dark-error, #ff9d9d); --warning-light: var(--fc-dark-warning-light, #3d3013);
    --field: #111; --faint: #444; --edge: #9a9a9a;
  }
  .danger { color: #1b1b1b; }
}
@media (max-width: 40em), (max-height: 30em) {
  .panel { position: fixed; inset: var(--top) 0 var(--below); width: auto; height: auto; max-width: none; max-height: none; margin: 0; border: 0; border-radius: 0; }
}
@media (max-width: 40em) {
  .launcher { margin: 0 .5em .5em 0; padding: .625em .875em; }
  .scroll { padding: .75em; }
  .composer { padding: .5em .75em .75em; }
  .header { padding-inline: .75em .25em; gap: 0; }
  .header h2 { font-size: 1em; }
  .quiet { padding-inline: .5em; }
}
/** Little height, as at 400 % zoom or with a keyboard open: the whole panel scrolls, so that the question has the room. */
.low { overflow: hidden auto; }
.low > * { flex: none; }
.low .scroll * { scroll-margin-bottom: calc(3em + var(--held)); }
/** Last, so that no other button comes where one of these was. */
.low .chips { order: 1; position: sticky; bottom: 0; }
.held .composer { position: sticky; bottom: var(--bar); z-index: 1; background: var(--surface); }
.low .chips .leave { display: block; }
.low .scroll { overflow: visible; padding-block: .5em; }
.low .header { padding-block: 0; }
.low .composer { padding-block: .375em; }
.low textarea { max-height: 4.25em; }
@media (prefers-reduced-motion: no-preference) {
  .dots { animation: dots 1.2s steps(4, jump-none) infinite; }
  @keyframes dots { from { width: .5em; } to { width: 2.75em; } }
}
@media (forced-colors: active) {
  .message, .launcher, .panel, .quiet, .tools li > *, .notice { border-color: CanvasText; }
  .dots { display: none; }
}
@media print { .shell { display: none; } }
`;
