import { describe, expect, it } from "vitest";
import { ScreenModel } from "~/call/screen";
import { Later } from "~/call/testing/later";

class FakeTrack extends EventTarget {
  contentHint = "";
  stopped = false;

  stop(): void {
    this.stopped = true;
  }
}

/** A browser whose question the test answers. */
function asked(): {
  readonly screen: ScreenModel;
  readonly answer: Later<object>;
  readonly track: FakeTrack;
} {
  const answer = new Later<object>();
  const devices = { getDisplayMedia: () => answer.promise };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of it as is used
  const screen = ScreenModel.of(devices as unknown as MediaDevices);
  if (screen === null) throw new Error("it can show a screen");
  return { screen, answer, track: new FakeTrack() };
}
const streamOf = (track: FakeTrack): object => ({ getVideoTracks: () => [track], getTracks: () => [track] });

describe("a screen", () => {
  it("is not offered where the browser cannot show one", () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as a telephone has it
    expect(ScreenModel.of({ getUserMedia: () => undefined } as unknown as MediaDevices)).toBeNull();
  });

  it("is shown, to be read, until the browser's own button ends it", async () => {
    const { screen, answer, track } = asked();
    const sharing = screen.share();
    expect(screen.state.value).toBe("asking");
    answer.settle(streamOf(track));
    await sharing;
    expect([screen.state.value, screen.track.value, track.contentHint]).toEqual(["on", track, "detail"]);
    track.dispatchEvent(new Event("ended"));
    expect([screen.state.value, screen.track.value]).toEqual(["off", null]);
  });

  it("that is refused says so", async () => {
    const { screen, answer } = asked();
    const sharing = screen.share();
    answer.settle(Promise.reject(new DOMException("", "NotAllowedError")));
    await sharing;
    expect(screen.state.value).toBe("refused");
  });

  it("chosen when nobody wants it any more is shown to nobody", async () => {
    const { screen, answer, track } = asked();
    const sharing = screen.share();
    screen.stop();
    answer.settle(streamOf(track));
    await sharing;
    expect([screen.state.value, screen.track.value, track.stopped]).toEqual(["off", null, true]);
  });
});
