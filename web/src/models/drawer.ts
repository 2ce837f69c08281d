/** Where a page keeps a few words: what was typed survives a reload. */
export interface Drawer {
  read(key: string): string | null;
  keep(key: string, text: string): void;
  empty(key: string): void;
}

/** The tab's own drawer. Where the browser forbids storage it keeps nothing, and the page still works. */
export function tabDrawer(): Drawer {
  return drawerIn(() => sessionStorage);
}

/** The browser's: what must be here tomorrow too. */
export function browserDrawer(): Drawer {
  return drawerIn(() => localStorage);
}

function drawerIn(storage: () => Storage): Drawer {
  return {
    read: (key) => attempt(() => storage().getItem(key)),
    keep: (key, text) => {
      attempt(() => storage().setItem(key, text));
    },
    empty: (key) => {
      attempt(() => storage().removeItem(key));
    },
  };
}

function attempt<Kept>(act: () => Kept): Kept | null {
  try {
    return act();
  } catch (refusal) {
    if (refusal instanceof DOMException) return null;
    throw refusal;
  }
}
