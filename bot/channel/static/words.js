// The widget's own Danish texts. The assistant's texts are in domain/.

export const PHONE = "3821 4236";
export const PHONE_LINK = "tel:+4538214236";

export const words = {
  region: "Chat med Frederiksberg Kommunes assistent",
  launch: "Spørg assistenten",
  close: "Luk chatten",
  closeShort: "Luk",
  more: "Mere",
  conversation: "Samtalen",
  messages: "Beskeder",
  you: "Du skrev: ",
  assistant: "Assistenten: ",
  field: "Din besked",
  send: "Send",
  typing: "Assistenten skriver …",
  slow: "Det tager længere tid end normalt. Vi venter stadig på svar.",
  replies: "Svarmuligheder",
  further: "Spørg videre",
  above: "Mere ovenfor",
  below: "Mere nedenfor",
  news: "Nyt svar",
  changed: "Rettet",
  notFilled: "Ikke udfyldt",
  /** @param {{label: string, value: string}[]} rows @param {string} question */
  corrected: (rows, question) => `${rows.map(({ label, value }) => `Rettet: ${label}: ${value}.`).join(" ")} ${question}`,
  source: "Fra siden:",
  contactSource: "Kontakt på siden:",
  helped: "Hjalp det?",
  helpedAnswers: /** @type {[string, string, boolean][]} */ ([["Ja", " det hjalp", true], ["Nej", " det hjalp ikke", false]]),
  thanks: "Tak for dit svar.",
  notRated: "Svaret blev ikke gemt.",

  request: "Din anmodning",
  /** @param {number} at @param {number} of */
  progress: (at, of) => `Spørgsmål ${at} af ${of}`,
  lastStep: "Se det igennem",
  back: "Tilbage",
  backMore: " til forrige spørgsmål",
  sayBack: "Gå tilbage",
  stop: "Stop",
  stopMore: " anmodningen",
  sayStop: "Stop",
  fix: "Ret",
  /** @param {number} count */
  choices: (count) => (count === 1 ? "Der er en svarknap efter beskeden." : `Der er ${count} svarknapper efter beskeden.`),

  empty: "Skriv din besked, før du sender.",
  /** @param {number} length */
  tooLong: (length) =>
    `Din besked er for lang: ${length.toLocaleString("da-DK")} tegn. Skriv højst 4.000 tegn, eller del den i flere beskeder.`,

  fields: "Udfyld, eller skriv med egne ord",
  days: "Arbejdsdage",
  department: "Afdeling",
  date: "Dato",
  clock: "Klokken",
  kind: "Mødeform",
  kinds: [["Vælg", ""], ["Vi mødes", "vi mødes"], ["På telefonen", "på telefonen"], ["Videomøde", "videomøde"]],
  name: "Dit navn",
  email: "Din e-mail",
  phone: "Dit telefonnummer",
  optional: "(hvis du ved det)",
  sendFields: "Send svaret",
  badDate: "Datoen findes ikke. Ret dagen, måneden eller året.",
  badEmail: "E-mailen mangler noget. Skriv den som navn@eksempel.dk, eller slet den.",
  badClock: "Skriv klokkeslættet som 14 eller 14.30.",
  nothingFilled: "Udfyld et felt, eller skriv svaret i beskedfeltet.",

  receipt: "Kvittering",
  reference: "Referencenummer",
  at: "Sendt",
  sent: "Det har du sendt",
  print: "Udskriv",
  copy: "Kopiér",
  copied: "Kvitteringen er kopieret.",
  notCopied: "Kvitteringen kunne ikke kopieres. Markér teksten i stedet.",

  offline: "Der er ingen forbindelse lige nu.",
  failed: "Chatten svarer ikke lige nu.",
  again: "Din besked er gemt her og bliver sendt igen af sig selv.",
  stopped: "Din besked er gemt her. Tryk på knappen for at prøve igen.",
  call: `Du kan også ringe til Jura på ${PHONE}.`,
  retry: "Prøv igen nu",
  againFirst: "Din forrige besked er gemt her og bliver sendt igen af sig selv. Det, du har skrevet siden, bliver stående i feltet.",
  busy: "Vent et øjeblik. Assistenten er ved at svare. Det, du har skrevet, bliver stående.",
  expired: "Din tidligere samtale er udløbet. Vi har startet en ny.",
  expiredWithText: "Din tidligere samtale er udløbet. Vi har startet en ny. Din besked står i feltet, så du kan sende den igen.",
  newConversation: "Ny samtale",
  choiceGone: "Det valg gælder ikke længere. Her er samtalen, som den er nu.",

  save: "Gem samtalen som tekst",
  saved: "Samtalen er gemt som en tekstfil.",
  savedPartly: "Der er ingen forbindelse. Det, der står her på siden, er gemt som en tekstfil.",
  erase: "Slet samtalen",
  eraseQuestion: "Vil du slette samtalen?",
  eraseText:
    "Alt, hvad du og assistenten har skrevet her, bliver slettet. En anmodning, som du har sendt, bliver ikke slettet.",
  keep: "Behold samtalen",
  erasing: "Vi sletter samtalen …",
  erased: "Samtalen er slettet. Vi har prøvet at hente den igen, og den findes ikke mere.",
  erasedElsewhere: "Samtalen er slettet i et andet vindue.",
  notErased: `Samtalen er ikke slettet. Prøv igen, eller ring til Jura på ${PHONE}.`,
  restart: "Start en ny samtale",
  readAloud: "Læs højt",
  privacy: "Sådan bruger vi dine oplysninger",
  accessibility: "Tilgængelighedserklæring",
  newTab: " (åbner i en ny fane)",

  hideNotice: "Skjul beskeden",
  paused: "Assistenten holder pause lige nu.",
  /** @param {string} site @param {string} server */
  notListed: (site, server) => `frederiksberg-chat: ${site} står ikke i CHAT_ORIGINS på ${server}, så chatten kan ikke bruges på denne side.`,

  telephone: "Telefon",
  hours: "Telefontid",
  address: "Adresse",
  post: "Digital post",
  postLine: "Send sikker digital post til Jura",
  hoursLines: ["Mandag - fredag klokken 10-15", "Fredag klokken 10-13"],
  addressLines: ["Frederiksberg Rådhus", "Smallegade 1, stuen, værelse 0.003", "2000 Frederiksberg"],

  transcript: "Samtale med Frederiksberg Kommunes assistent",
  /** @param {string} moment */
  savedAt: (moment) => `Gemt ${moment}`,
  transcriptYou: "Du",
  transcriptAssistant: "Assistenten",
};

/** The hour of a moment in Danish time: '10.04'; with its day where that is not today. @param {string} moment ISO 8601 time */
export function clockText(moment) {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  const say = (/** @type {Intl.DateTimeFormatOptions} */ options, of = date) =>
    new Intl.DateTimeFormat("da-DK", { timeZone: "Europe/Copenhagen", ...options }).format(of);
  const day = say({ day: "numeric", month: "numeric" });
  const clock = say({ hour: "2-digit", minute: "2-digit" }).replace(":", ".");
  return day === say({ day: "numeric", month: "numeric" }, new Date()) ? clock : `${day.replace(".", "/").replace(/\.$/, "")} ${clock}`;
}

/** A moment in Danish: 'tirsdag den 1. december 2026 kl. 10.00'.
 * @param {string|Date} moment an ISO 8601 time, or a date
 * @returns {string} in Danish time, wherever the browser is; an invalid time is returned unchanged */
export function momentText(moment) {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return String(moment);
  const zone = "Europe/Copenhagen";
  const day = new Intl.DateTimeFormat("da-DK", { dateStyle: "full", timeZone: zone }).format(date);
  const clock = new Intl.DateTimeFormat("da-DK", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(date);
  return `${day} kl. ${clock.replace(":", ".")}`;
}
