const KEY = "balcao.tab";

let claimed: Promise<string> | null = null;

/**
 * This page's tab id: the same after a reload, another in a duplicated tab.
 *
 * A duplicated tab starts with a copy of its sessionStorage, so the id alone does not tell the two apart: the page
 * that holds the lock of that name keeps the id, the other takes a new one.
 */
export function tabId(): Promise<string> {
  claimed ??= claim();
  return claimed;
}

async function claim(): Promise<string> {
  const kept = storage()?.getItem(KEY) ?? null;
  if (kept !== null && (await hold(kept))) return kept;
  const fresh = randomId();
  storage()?.setItem(KEY, fresh);
  await hold(fresh);
  return fresh;
}

/** None where the browser forbids it: a reload is then another tab, which takes over as it opens. */
function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch (refusal) {
    if (refusal instanceof DOMException) return null;
    throw refusal;
  }
}

/** Whether no other live page has this id. The lock is held until the page ends. */
function hold(id: string): Promise<boolean> {
  // Without HTTPS there are no locks, and a duplicated tab is one page's mirror until it is reloaded: nothing is lost.
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(`${KEY}.${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => {});
    });
  });
}

/** 96 random bits, as the wire spells ids. (`crypto.randomUUID` is missing without HTTPS.) */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
