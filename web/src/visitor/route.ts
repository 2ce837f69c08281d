/** Which of the visitor's pages an address is. */
export type Route =
  | { readonly page: "home" }
  | { readonly page: "unit"; readonly unit: string }
  | { readonly page: "receipt"; readonly code: string }
  | { readonly page: "continue"; readonly code: string | null }
  | { readonly page: "guest"; readonly code: string };

export function routeOf(pathname: string): Route {
  const [first, second] = pathname.split("/").filter(Boolean).map(decoded);
  if (first === "balcao" && second !== undefined) return { page: "unit", unit: second };
  if (first === "recibo" && second !== undefined) return { page: "receipt", code: second };
  if (first === "acompanhar" && second !== undefined) return { page: "guest", code: second };
  if (first === "continuar") return { page: "continue", code: second ?? null };
  return { page: "home" };
}

/** A part of an address as it was meant; as it stands where somebody has cut it in the middle of a letter. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (broken) {
    if (broken instanceof URIError) return part;
    throw broken;
  }
}

export const unitPath = (unit: string): string => `/balcao/${encodeURIComponent(unit)}`;
export const receiptPath = (code: string): string => `/recibo/${encodeURIComponent(code)}`;
