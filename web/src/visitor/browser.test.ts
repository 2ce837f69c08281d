import { describe, expect, it } from "vitest";
import { type Browser, chromeAddress, lookAt, portalOf } from "~/visitor/browser";

const ANDROID =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15";

const look = (userAgent: string, touchPoints = 5): Browser =>
  lookAt({ userAgent, secure: true, has: () => true, touchPoints });

describe("a page inside another app", () => {
  it.each([
    [`${ANDROID} Safari/537.36 Instagram 300.0`],
    [`${ANDROID} Safari/537.36 [FBAN/EMA;FBAV/1]`],
    [
      "Mozilla/5.0 (Linux; Android 10; SM-A032M; wv) AppleWebKit/537.36 Version/4.0 Chrome/130 Mobile Safari/537.36",
    ],
    [`${IPHONE} Mobile/15E148`],
  ])("%s", (userAgent) => {
    expect(look(userAgent).inApp).toBe(true);
  });

  it.each([
    [`${ANDROID} Safari/537.36`],
    [`${IPHONE} Version/17.0 Mobile/15E148 Safari/604.1`],
    [`${IPHONE} CriOS/130.0 Mobile/15E148 Safari/604.1`],
  ])("is not a browser of its own: %s", (userAgent) => {
    expect(look(userAgent).inApp).toBe(false);
  });
});

it("an iPad that calls itself a Mac is an iPad", () => {
  expect([look(MAC, 5).ios, look(MAC, 0).ios]).toEqual([true, false]);
});

it("says what is missing", () => {
  const old = lookAt({
    userAgent: ANDROID,
    secure: false,
    has: (name) => name === "WebSocket",
    touchPoints: 5,
  });
  expect([old.secure, old.video, old.socket]).toEqual([false, false, true]);
});

it("opens the same page in Chrome", () => {
  expect(chromeAddress(new URL("https://balcao.example/balcao/civel?case=1"))).toBe(
    "intent://balcao.example/balcao/civel?case=1#Intent;scheme=https;package=com.android.chrome;end",
  );
});

describe("the way back to a portal", () => {
  it("is an address over HTTPS, nothing else", () => {
    expect(portalOf("?from=https%3A%2F%2Fclickjud.example%2Fa")?.host).toBe("clickjud.example");
    for (const from of [
      "http://clickjud.example",
      "javascript:alert(1)",
      "//clickjud.example",
      "https://clickjud.example@evil.example/",
      "",
    ]) {
      expect(portalOf(`?from=${encodeURIComponent(from)}`)).toBeNull();
    }
    expect(portalOf("")).toBeNull();
  });
});
