// The widget's own Danish texts. The assistant's texts are in domain/.

export const PHONE = "3821 4236";
export const PHONE_LINK = "tel:+4538214236";

export const words = {
  region: "Chat med Frederiksberg Kommunes assistent",
  launch: "Spørg assistenten",
  title: "Spørg assistenten",
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
  fix: "Ret",
  /** @param {number} count */
  choices: (count) => (count === 1 ? "Der er en svarknap efter beskeden." : `Der er ${count} svarknapper efter beskeden.`),

  empty: "Skriv din besked, før du sender.",
  /** @param {number} length */
  tooLong: (length) =>
    `Din besked er for lang: ${length.toLocaleString("da-DK")} tegn. Skriv højst 4.000 tegn, eller del den i flere beskeder.`,

  date: "Vælg en dato",
  dateHint: "Du kan også skrive dagen med dine egne ord i beskedfeltet.",
  day: "Dag",
  month: "Måned",
  year: "År",
  clock: "Klokken",
  optional: "(hvis du ved det)",
  sendDate: "Send dato",
  badDay: "Skriv dagen som et tal fra 1 til 31.",
  badMonth: "Skriv måneden som et tal fra 1 til 12.",
  /** @param {number} year */
  badYear: (year) => `Skriv året med fire tal, for eksempel ${year}.`,
  badClock: "Skriv klokkeslættet som 14 eller 14.30.",
  /** @param {string} date */
  noSuchDate: (date) => `Datoen ${date} findes ikke. Ret dagen eller måneden.`,

  receipt: "Kvittering",
  reference: "Referencenummer",
  at: "Tidspunkt",
  sent: "Det har du sendt",

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

  contact: "Kontakt Jura",
  telephone: "Telefon",
  hours: "Telefontid",
  address: "Adresse",
  hoursLines: ["Mandag - fredag klokken 10-15", "Fredag klokken 10-13"],
  addressLines: ["Frederiksberg Rådhus", "Smallegade 1, stuen, værelse 0.003", "2000 Frederiksberg"],

  transcript: "Samtale med Frederiksberg Kommunes assistent",
  /** @param {string} moment */
  savedAt: (moment) => `Gemt ${moment}`,
  transcriptYou: "Du",
  transcriptAssistant: "Assistenten",
};

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
