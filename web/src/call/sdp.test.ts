import { describe, expect, it } from "vitest";
import { frugal } from "~/call/sdp";

const sdp = (fmtp: string): string =>
  ["m=audio 9 UDP/TLS/RTP/SAVPF 111 9", "a=rtpmap:111 opus/48000/2", fmtp, "a=rtpmap:9 G722/8000", ""].join(
    "\r\n",
  );

describe("what the other side describes", () => {
  it("is answered with correction and without silence, whatever it asked for", () => {
    for (const given of ["minptime=10;useinbandfec=1", "minptime=10", "minptime=10;usedtx=0;useinbandfec=0"])
      expect(frugal(sdp(`a=fmtp:111 ${given}`))).toBe(sdp("a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1"));
  });

  it("is left alone where there is no Opus", () => {
    expect(frugal("m=video 9 UDP/TLS/RTP/SAVPF 96\r\n")).toBe("m=video 9 UDP/TLS/RTP/SAVPF 96\r\n");
  });
});
