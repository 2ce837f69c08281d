import { describe, expect, it } from "vitest";
import { ChatModel } from "~/call/chat";
import { Later } from "~/call/testing/later";
import type { SignalEntry } from "~/protocol/types";

const entry = (id: string, sender: "visitor" | "attendant", text: string): SignalEntry => ({
  id,
  call: "c",
  at_ms: 5,
  sender,
  to: null,
  body: { type: "chat", text },
});
const nameOf = (): null => null;
const shown = (chat: ChatModel): string[] => chat.lines.value.map(({ text, state }) => `${text}: ${state}`);

describe("text beside the video", () => {
  it("shows one's own line at once, and once", async () => {
    const sent = new Later<boolean>();
    const chat = new ChatModel({ party: "visitor", now: () => 1, say: () => sent.promise, nameOf });
    const writing = chat.write("  Bom dia  ");
    expect(shown(chat)).toEqual(["Bom dia: sending"]);
    sent.settle(true);
    await writing;
    expect(shown(chat)).toEqual(["Bom dia: sent"]);
    chat.logged(entry("10-0", "visitor", "Bom dia"));
    chat.logged(entry("10-0", "visitor", "Bom dia"));
    expect(shown(chat)).toEqual(["Bom dia: sent"]);
  });

  it("keeps a line that could not be sent, to be sent again", async () => {
    let works = false;
    const chat = new ChatModel({ party: "visitor", now: () => 1, say: async () => works, nameOf });
    await chat.write("Olá");
    expect(shown(chat)).toEqual(["Olá: unsent"]);
    works = true;
    await chat.writeAgain(chat.lines.value[0]?.id ?? "");
    expect(shown(chat)).toEqual(["Olá: sent"]);
  });

  it("restores both sides' lines from the log, in its order", () => {
    const chat = new ChatModel({ party: "visitor", now: () => 1, say: async () => true, nameOf });
    chat.logged(entry("1-0", "visitor", "um"));
    chat.logged(entry("2-0", "attendant", "dois"));
    chat.logged(entry("3-0", "visitor", "um"));
    expect(chat.lines.value.map(({ text }) => text)).toEqual(["um", "dois", "um"]);
  });

  it("counts what the other side wrote while the text was closed", () => {
    const chat = new ChatModel({ party: "visitor", now: () => 1, say: async () => true, nameOf });
    chat.logged(entry("1-0", "attendant", "um"));
    chat.logged(entry("2-0", "visitor", "dois"));
    expect(chat.unread.value.length).toBe(1);
    chat.show(true);
    chat.logged(entry("3-0", "attendant", "três"));
    expect(chat.unread.value.length).toBe(0);
    chat.show(false);
    expect(chat.unread.value.length).toBe(0);
    chat.logged(entry("4-0", "attendant", "quatro"));
    expect(chat.unread.value.map(({ text }) => text)).toEqual(["quatro"]);
  });
});
