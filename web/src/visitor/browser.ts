/** What this browser can and cannot do for a visit, read once. */
export interface Browser {
  /** Without HTTPS no browser gives a camera. */
  readonly secure: boolean;
  /** A page inside another app's own window, which often has no camera and cannot be found again. */
  readonly inApp: boolean;
  readonly video: boolean;
  readonly socket: boolean;
  readonly ios: boolean;
  readonly android: boolean;
}

/** Windows of apps, by what they say of themselves. A tile of an installed page (ClickJud) is a full browser. */
const IN_APP =
  /\b(?:FBAN|FBAV|FB_IAB|Instagram|WhatsApp|Line|MicroMessenger|TikTok|LinkedInApp|GSA|Snapchat)\b|; wv\)/;

export function lookAt(around: {
  readonly userAgent: string;
  readonly secure: boolean;
  readonly has: (name: string) => boolean;
  readonly touchPoints: number;
}): Browser {
  const { userAgent, secure, has } = around;
  // An iPad says that it is a Mac; no Mac has a touch screen.
  const ios =
    /\b(?:iPhone|iPad|iPod)\b/.test(userAgent) || (/\bMacintosh\b/.test(userAgent) && around.touchPoints > 1);
  // Every real browser on iOS names Safari; a window inside an app does not.
  const inApp = IN_APP.test(userAgent) || (ios && !/\bSafari\//.test(userAgent));
  return {
    secure,
    inApp,
    video: has("RTCPeerConnection"),
    socket: has("WebSocket"),
    ios,
    android: /\bAndroid\b/.test(userAgent),
  };
}

let own: Browser | null = null;

/** This page's browser. */
export function browser(): Browser {
  own ??= lookAt({
    userAgent: navigator.userAgent,
    secure: isSecureContext,
    has: (name) => name in globalThis,
    touchPoints: navigator.maxTouchPoints,
  });
  return own;
}

/** An Android address that opens this page in Chrome. */
export function chromeAddress(here: URL): string {
  const scheme = here.protocol.replace(":", "");
  return `intent://${here.host}${here.pathname}${here.search}#Intent;scheme=${scheme};package=com.android.chrome;end`;
}

/** The portal that sent the visitor here (`?from=`): only over HTTPS, and shown with its host. */
export function portalOf(search: string): URL | null {
  const from = new URLSearchParams(search).get("from");
  if (from === null || !URL.canParse(from)) return null;
  const portal = new URL(from);
  return portal.protocol === "https:" && portal.username === "" && portal.password === "" ? portal : null;
}
