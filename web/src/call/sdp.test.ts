import { describe, expect, it } from "vitest";
import { tuned } from "~/call/sdp";

const sdp = (fmtp: string): string =>
  ["m=audio 9 UDP/TLS/RTP/SAVPF 111 9", "a=rtpmap:111 opus/48000/2", fmtp, "a=rtpmap:9 G722/8000", ""].join(
    "\r\n",
  );

describe("what the other side describes", () => {
  it("is answered with correction and without silence, whatever it asked for", () => {
    for (const given of ["minptime=10;useinbandfec=1", "minptime=10", "minptime=10;usedtx=0;useinbandfec=0"])
      expect(tuned(sdp(`a=fmtp:111 ${given}`))).toBe(sdp("a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1"));
  });

  it("lets the first picture out at once, with each codec and none besides", () => {
    const video = (vp8: string, h264: string): string =>
      [
        "a=rtpmap:96 VP8/90000",
        vp8,
        "a=rtpmap:97 rtx/90000",
        "a=fmtp:97 apt=96",
        "a=rtpmap:102 H264/90000",
        h264,
        "",
      ]
        .filter((line, place) => line !== "" || place > 5)
        .join("\r\n");
    expect(tuned(video("", "a=fmtp:102 packetization-mode=1"))).toBe(
      video(
        "a=fmtp:96 x-google-start-bitrate=1000",
        "a=fmtp:102 packetization-mode=1;x-google-start-bitrate=1000",
      ),
    );
  });

  it("is left alone where neither is known", () => {
    expect(tuned("m=video 9 UDP/TLS/RTP/SAVPF 96\r\n")).toBe("m=video 9 UDP/TLS/RTP/SAVPF 96\r\n");
  });
});
