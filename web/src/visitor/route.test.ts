import { describe, expect, it } from "vitest";
import { routeOf } from "~/visitor/route";

describe("the visitor's addresses", () => {
  it.each([
    ["/", { page: "home" }],
    ["/balcao/civel-1-cuiaba", { page: "unit", unit: "civel-1-cuiaba" }],
    ["/balcao/civel-1-cuiaba/", { page: "unit", unit: "civel-1-cuiaba" }],
    ["/recibo/48XF-YB0F-83JQ", { page: "receipt", code: "48XF-YB0F-83JQ" }],
    ["/continuar", { page: "continue", code: null }],
    ["/continuar/BCDF-GHJK", { page: "continue", code: "BCDF-GHJK" }],
    ["/acompanhar/abc", { page: "guest", code: "abc" }],
    ["/balcao", { page: "home" }],
    ["/anything/else", { page: "home" }],
    ["/balcao/c%C3%ADvel", { page: "unit", unit: "cível" }],
    ["/balcao/c%C3", { page: "unit", unit: "c%C3" }],
  ])("%s", (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });
});
