/**
 * The CNJ case number, `NNNNNNN-DD.AAAA.J.TR.OOOO` (CNJ Resolução 65/2008), checked while it is typed.
 *
 * The same rules and vectors as `rooms.model.case_number`, which has the last word.
 */

const LENGTH = 20;

/** ASCII digits only: a full-width digit is another character in another system's search field. */
const digitsOf = (text: string): string => text.replaceAll(/[^0-9]/g, "");

export type CaseNumberCheck =
  | { readonly is: "empty" }
  /** Right so far; `missing` digits to go. */
  | { readonly is: "partial"; readonly missing: number }
  | { readonly is: "right"; readonly canonical: string }
  | { readonly is: "wrong" };

/** `98 − (int(N‖AAAA‖J‖TR‖OOOO‖"00") mod 97)`, two digits; the remainder digit by digit, as 20 digits exceed a number. */
function checkDigits(digits: string): string {
  const rest = digits.slice(0, 7) + digits.slice(9);
  let remainder = 0;
  for (const digit of `${rest}00`) remainder = (remainder * 10 + Number(digit)) % 97;
  return String(98 - remainder).padStart(2, "0");
}

/** What is known of the number typed so far. DD is recomputed: `mod 97 == 1` would accept 01 for 98. */
export function checkCaseNumber(text: string): CaseNumberCheck {
  const trimmed = text.trim();
  if (trimmed === "") return { is: "empty" };
  const digits = digitsOf(trimmed);
  if (!/^[0-9.\-\s]*$/.test(trimmed) || digits.length > LENGTH) return { is: "wrong" };
  if (digits.length < LENGTH) return { is: "partial", missing: LENGTH - digits.length };
  if (checkDigits(digits) !== digits.slice(7, 9)) return { is: "wrong" };
  return { is: "right", canonical: punctuate(digits) };
}

/** Puts the number's punctuation in while it is typed; text that is no number is left as it is. */
export function spellCaseNumber(text: string): string {
  if (!/^[0-9.\-\s]*$/.test(text)) return text;
  const digits = digitsOf(text);
  return digits.length > LENGTH ? text.trim() : punctuate(digits);
}

function punctuate(digits: string): string {
  let spelled = "";
  for (const [index, digit] of Array.from(digits).entries()) spelled += (BEFORE[index] ?? "") + digit;
  return spelled;
}

const BEFORE: Readonly<Record<number, string>> = { 7: "-", 9: ".", 13: ".", 14: ".", 16: "." };
