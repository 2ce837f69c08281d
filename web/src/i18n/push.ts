import type { PushMessage } from "~/protocol/types";

/**
 * What a locked screen shows. The service worker alone uses these words, so they stand apart from a page's: a worker that
 * shared a chunk with the pages could not be loaded.
 */
export interface Told {
  readonly title: string;
  readonly body: string;
}

type Language = PushMessage["language"];

const WORDS: Record<
  Language,
  Record<PushMessage["occasion"], (message: PushMessage, clock: string) => Told>
> = {
  pt: {
    near: ({ number, unit }) => ({
      title: "Sua vez está perto",
      body: `Senha ${number}, ${unit}. Abra a página para não perder a chamada.`,
    }),
    passed: ({ number, unit }, clock) => ({
      title: "Sua vez chegou",
      body: `Senha ${number}, ${unit}. Abra a página até ${clock}.`,
    }),
    called: ({ number, unit }) => ({
      title: "É a sua vez",
      body: `Senha ${number}: ${unit} está chamando. Abra e toque em Entrar.`,
    }),
  },
  en: {
    near: ({ number, unit }) => ({
      title: "Your turn is near",
      body: `Ticket ${number}, ${unit}. Open the page so as not to miss the call.`,
    }),
    passed: ({ number, unit }, clock) => ({
      title: "Your turn has come",
      body: `Ticket ${number}, ${unit}. Open the page until ${clock}.`,
    }),
    called: ({ number, unit }) => ({
      title: "It is your turn",
      body: `Ticket ${number}: ${unit} is calling. Open the page and tap Enter.`,
    }),
  },
  es: {
    near: ({ number, unit }) => ({
      title: "Su turno está cerca",
      body: `Turno ${number}, ${unit}. Abra la página para no perder la llamada.`,
    }),
    passed: ({ number, unit }, clock) => ({
      title: "Llegó su turno",
      body: `Turno ${number}, ${unit}. Abra la página hasta ${clock}.`,
    }),
    called: ({ number, unit }) => ({
      title: "Es su turno",
      body: `Turno ${number}: ${unit} está llamando. Abra la página y toque Entrar.`,
    }),
  },
};

/** "as 14h20" in Portuguese, after "até"; "14:20" elsewhere. */
function clockOf(ms: number, zone: string, language: Language): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    hour: "numeric",
    minute: "2-digit",
  }).formatToParts(ms);
  const read = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((part) => part.type === type)?.value ?? "";
  const [hour, minute] = [Number(read("hour")), read("minute")];
  if (language !== "pt") return `${language === "es" ? (hour === 1 ? "la " : "las ") : ""}${hour}:${minute}`;
  return `${hour === 1 ? "a" : "as"} ${hour}h${minute === "00" ? "" : minute}`;
}

/** A push message in words. */
export function told(message: PushMessage): Told {
  const clock = message.until_ms === null ? "" : clockOf(message.until_ms, message.zone, message.language);
  return WORDS[message.language][message.occasion](message, clock);
}

/** A push service that shows nothing is cut off by browsers: what cannot be read is said in general. */
export const UNREADABLE: Told = { title: "Balcão Virtual", body: "Há novidade na sua senha. Abra a página." };
