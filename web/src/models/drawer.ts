/** Where a page keeps a few words until its tab closes: what was typed survives a reload. */
export interface Drawer {
  read(key: string): string | null;
  keep(key: string, text: string): void;
  empty(key: string): void;
}

/** The tab's own drawer. Where the browser forbids storage it keeps nothing, and the page still works. */
export function tabDrawer(): Drawer {
  return {
    read: (key) => attempt((storage) => storage.getItem(key)),
    keep: (key, text) => {
      attempt((storage) => storage.setItem(key, text));
    },
    empty: (key) => {
      attempt((storage) => storage.removeItem(key));
    },
  };
}

function attempt<Kept>(act: (storage: Storage) => Kept): Kept | null {
  try {
    return act(sessionStorage);
  } catch (refusal) {
    if (refusal instanceof DOMException) return null;
    throw refusal;
  }
}
