/**
 * The service worker: it shows the notification of one's turn, and brings the page back when it is tapped.
 *
 * It caches nothing: a page of the counter that is not the counter's own would show a line that no longer exists.
 */

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this file runs as nothing else
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

worker.addEventListener("install", () => {
  void worker.skipWaiting();
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
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

async function show(address: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => one.url === address) ?? pages[0];
  if (page === undefined) await worker.clients.openWindow(address);
  else await page.focus();
}
