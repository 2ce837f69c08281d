/** The changes that are made to what the other side describes. */

/**
 * What a browser believes of a way before it has sent anything, kbit/s. Left to itself (300), Chromium takes a quarter of
 * a second to let the first picture out of the door; what the way really carries, it knows soon after.
 */
const START_KBITS_PER_S = 1_000;

/** `described` with what this browser's encoders do not do unasked. */
export function tuned(described: string): string {
  return prompt(frugal(described));
}

/**
 * Asks this browser's Opus encoder to repeat each packet's gist in the next (`useinbandfec`), so that a lost one is
 * still heard, and to send next to nothing in silence (`usedtx`), which is half of any conversation (RFC 7587 §6.1).
 */
function frugal(sdp: string): string {
  const opus = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  if (opus === undefined) return sdp;
  return sdp.replace(new RegExp(`^a=fmtp:${opus} (.*)$`, "m"), (_, given: string) => {
    const kept = given.split(";").filter((each) => !/^\s*(useinbandfec|usedtx)=/.test(each));
    return `a=fmtp:${opus} ${[...kept, "useinbandfec=1", "usedtx=1"].join(";")}`;
  });
}

/** Chromium reads its first belief from the codec's own parameters; others ignore what they do not know. */
function prompt(sdp: string): string {
  const start = `x-google-start-bitrate=${START_KBITS_PER_S}`;
  const codecs = [...sdp.matchAll(/^a=rtpmap:(\d+) (?:VP8|VP9|H264|AV1)\/90000$/gim)].map(
    ([, codec = ""]) => codec,
  );
  return codecs.reduce<string>((text, codec) => {
    const parameters = new RegExp(`^a=fmtp:${codec} .*$`, "m");
    if (parameters.test(text)) return text.replace(parameters, (line) => `${line};${start}`);
    const name = new RegExp(`^a=rtpmap:${codec} .*$`, "m");
    return text.replace(name, (line) => `${line}\r\na=fmtp:${codec} ${start}`);
  }, sdp);
}
