/** A moment as a clock on the wall of its zone shows it. */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}

/** What the wall clock of an IANA zone shows at `ms`. */
export function wall(ms: number, zone: string): Wall {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(ms)
      .map((part) => [part.type, Number(part.value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const [year, month, day] = [read("year"), read("month"), read("day")];
  return {
    year,
    month,
    day,
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
    hour: read("hour"),
    minute: read("minute"),
  };
}

/** Calendar days from one wall date to another: 0 today, 1 tomorrow. */
export function daysBetween(from: Wall, to: Wall): number {
  const day = (at: Wall): number => Date.UTC(at.year, at.month - 1, at.day) / 86_400_000;
  return day(to) - day(from);
}
