/** A lawyer's number at the bar: UF + number + suffix, three spellings of one grammar, as in `rooms.model.oab`. */

const STATES = new Set(
  "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO".split(" "),
);
const STATE = "(?<state>[A-Z]{2})";
// Thousands are pointed all through or not at all: `1.2345` is a slip, not a number.
const NUMBER = String.raw`(?<number>[0-9]{1,3}(?:\.[0-9]{3})|[0-9]{1,6})(?:[ -]?(?<suffix>[ABDENPS]))?`;
const SHAPES = [
  new RegExp(`^(?:OAB[ /-]*)?${STATE}[ /-]*${NUMBER}$`),
  new RegExp(`^(?:OAB[ /-]*)?${NUMBER}[ ]*[/-]?[ ]*${STATE}$`),
];

/** The canonical form (`OAB/MT 12345-A`), or null where the text is no registration. */
export function parseOab(text: string): string | null {
  const spelled = text.toUpperCase().split(/\s+/).filter(Boolean).join(" ");
  for (const shape of SHAPES) {
    const { state = "", number = "", suffix } = shape.exec(spelled)?.groups ?? {};
    const registration = Number(number.replaceAll(".", ""));
    if (STATES.has(state) && registration > 0) {
      return `OAB/${state} ${registration}${suffix === undefined ? "" : `-${suffix}`}`;
    }
  }
  return null;
}
