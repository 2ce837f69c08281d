import { beforeEach, describe, expect, it, vi } from "vitest";

type Held = (lock: { readonly name: string } | null) => unknown;

/** A browser's locks and one tab's storage; `tabs` open pages share the first, a duplicated tab copies the second. */
const held = new Set<string>();
const locks = {
  request: (name: string, _: object, granted: Held): Promise<void> => {
    const free = !held.has(name);
    if (free) held.add(name);
    void granted(free ? { name } : null);
    return Promise.resolve();
  },
};

/** A page that opens with this storage. */
async function opened(kept: Map<string, string>): Promise<string> {
  vi.resetModules();
  vi.stubGlobal("navigator", { locks });
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  });
  const { tabId } = await import("~/transport/tab");
  expect(await tabId()).toBe(await tabId());
  return tabId();
}

beforeEach(() => {
  held.clear();
});

describe("a tab's id", () => {
  it("is as the wire spells ids, and another in another tab", async () => {
    const one = await opened(new Map());
    expect(one).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(await opened(new Map())).not.toBe(one);
  });

  it("survives a reload, which lets go of the lock", async () => {
    const kept = new Map<string, string>();
    const before = await opened(kept);
    held.clear();
    expect(await opened(kept)).toBe(before);
  });

  it("is another in a duplicated tab, which copies the storage while the first is open", async () => {
    const kept = new Map<string, string>();
    const first = await opened(kept);
    const copy = new Map(kept);
    const second = await opened(copy);
    expect(second).not.toBe(first);
    held.clear();
    expect(await opened(copy)).toBe(second);
  });
});
