import type { PublicUnit } from "~/protocol/types";

/** Without accents, case and doubled spaces: "varzea" finds "Várzea Grande". */
const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replaceAll(/[ºª]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();

/** The units that have every word of `text` in their name, comarca or letters; in the order given, open ones first. */
export function search(units: readonly PublicUnit[], text: string): readonly PublicUnit[] {
  const words = plain(text).split(" ").filter(Boolean);
  const found = units.filter((unit) => {
    const held = plain(`${unit.name} ${unit.comarca} ${unit.letters}`);
    return words.every((word) => held.includes(word));
  });
  return [...found.filter((unit) => unit.open), ...found.filter((unit) => !unit.open)];
}

/** How many others are offered. */
const NEARBY = 3;

/** Other units of the same comarca that give out tickets now. */
export function nearby(units: readonly PublicUnit[], unit: PublicUnit): readonly PublicUnit[] {
  return units
    .filter((one) => one.comarca === unit.comarca && one.slug !== unit.slug)
    .filter((one) => one.open && one.suspended === null && !one.full && !one.closing)
    .slice(0, NEARBY);
}
