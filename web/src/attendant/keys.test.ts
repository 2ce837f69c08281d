import { describe, expect, it } from "vitest";
import { actionOf } from "~/attendant/keys";

const plain = { repeat: false, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

describe("the desk's keys", () => {
  it.each([
    ["F2", "call"],
    ["F4", "pause"],
    ["F6", "come"],
    ["F7", "decline"],
    ["F8", "microphone"],
    ["F9", "end"],
    ["F5", null],
    ["f", null],
    ["toString", null],
  ])("%s asks for %s", (key, action) => {
    expect(actionOf({ ...plain, key })).toBe(action);
  });

  it("leaves the browser its own: a held key, and Alt+F4", () => {
    expect(actionOf({ ...plain, key: "F9", repeat: true })).toBeNull();
    expect(actionOf({ ...plain, key: "F4", altKey: true })).toBeNull();
  });
});
