import { told, UNREADABLE } from "~/i18n/push";
import type { PushMessage } from "~/protocol/types";

/**
 * The service worker: it shows the notification of one's turn, and brings the page back when it is tapped.
 * The one that a page shows and the one that comes by push have the same tag: a newer one takes the place of the older.
 *
 * It caches nothing: a page of the counter that is not the counter's own would show a line that no longer exists.
 */

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this file runs as nothing else
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const TAG = "balcao-turn";

worker.addEventListener("install", () => {
  void worker.skipWaiting();
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("push", (event) => {
  event.waitUntil(remind(event.data));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const data: unknown = event.notification.data;
  const address =
    typeof data === "object" && data !== null && "address" in data && typeof data.address === "string"
      ? data.address
      : "/";
  event.waitUntil(show(address));
});

/** A page that somebody looks at tells it itself; browsers want a notification for every push to any other. */
async function remind(sealed: PushMessageData | null): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some((page) => page.visibilityState === "visible")) return;
  const message = read(sealed);
  const { title, body } = message === null ? UNREADABLE : told(message);
  await worker.registration.showNotification(title, {
    body,
    tag: TAG,
    icon: "/icon-192.png",
    requireInteraction: true,
    data: { address: new URL(message?.address ?? "/", worker.location.origin).href },
  });
}

function read(sealed: PushMessageData | null): PushMessage | null {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by our own server for this browser
    return sealed === null ? null : (sealed.json() as PushMessage);
  } catch (broken) {
    if (broken instanceof SyntaxError) return null;
    throw broken;
  }
}

async function show(address: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => one.url === address) ?? pages[0];
  if (page === undefined) await worker.clients.openWindow(address);
  else await page.focus();
}
