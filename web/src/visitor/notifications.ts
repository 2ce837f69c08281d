import { type ReadonlySignal, signal } from "@preact/signals";

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
    if (answer === "granted") await navigator.serviceWorker.register("/sw.js");
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
