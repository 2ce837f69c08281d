import { type ReadonlySignal, signal } from "@preact/signals";
import { language } from "~/i18n/language";
import type { PushKey } from "~/protocol/types";
import { get, post } from "~/transport/http";

const TAG = "balcao-turn";

/** `unable`: this browser has none for pages; the page does not speak of it then. */
export type NotificationState = "unable" | "unasked" | "granted" | "refused";

/** Says that one's turn is near, or there, outside the page too, through the service worker: phones know no other way. */
export class Notifications {
  readonly state: ReadonlySignal<NotificationState>;

  readonly #state = signal<NotificationState>("unable");

  constructor() {
    this.state = this.#state;
    this.#look();
  }

  /** Call it inside a tap. */
  async ask(): Promise<void> {
    if (this.#state.value !== "unasked") return;
    const answer = await Notification.requestPermission();
    this.#look();
    if (answer === "granted") await this.subscribe();
  }

  /**
   * Reminders of the ticket come by push while no page is open, where the site sends any and the browser has a service.
   * Without it everything else works: the page says its own notifications.
   */
  async subscribe(): Promise<void> {
    if (this.#state.value !== "granted") return;
    const registration = await navigator.serviceWorker.register("/sw.js");
    if (!("pushManager" in registration)) return;
    const site = await get<PushKey>("push");
    if (!site.ok || site.body.key === null) return;
    try {
      const found = await registration.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: site.body.key,
      });
      const { endpoint, keys } = found.toJSON();
      await post("push", {
        endpoint: endpoint ?? "",
        p256dh: keys?.["p256dh"] ?? "",
        auth: keys?.["auth"] ?? "",
        language: language.peek(),
      });
    } catch (refusal) {
      // No service behind this browser, or another key of this site before: there is nothing that the person could do.
      if (!(refusal instanceof DOMException)) throw refusal;
    }
  }

  /** Shows a notification where the person looks elsewhere; a newer one takes its place. */
  async say(title: string, body: string): Promise<void> {
    if (this.#state.value !== "granted" || document.visibilityState === "visible") return;
    await navigator.serviceWorker.register("/sw.js");
    // A worker that is still being installed shows nothing.
    const registration = await navigator.serviceWorker.ready;
    await registration.showNotification(title, {
      body,
      tag: TAG,
      icon: "/icon-192.png",
      requireInteraction: true,
      data: { address: location.href },
    });
  }

  /** It is over: a call that has passed must not stay on a locked screen. */
  async clear(): Promise<void> {
    if (this.#state.value !== "granted") return;
    const registration = await navigator.serviceWorker.getRegistration("/");
    const shown = await registration?.getNotifications({ tag: TAG });
    shown?.forEach((notification) => notification.close());
  }

  #look(): void {
    if (!("Notification" in globalThis) || !("serviceWorker" in navigator)) return;
    const { permission } = Notification;
    this.#state.value =
      permission === "default" ? "unasked" : permission === "granted" ? "granted" : "refused";
  }
}

export const notifications = new Notifications();
