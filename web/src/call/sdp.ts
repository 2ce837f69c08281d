/** The one change that is made to what the other side describes. */

/**
 * Asks this browser's Opus encoder to repeat each packet's gist in the next (`useinbandfec`), so that a lost one is
 * still heard, and to send next to nothing in silence (`usedtx`), which is half of any conversation (RFC 7587 §6.1).
 */
export function frugal(sdp: string): string {
  const opus = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  if (opus === undefined) return sdp;
  return sdp.replace(new RegExp(`^a=fmtp:${opus} (.*)$`, "m"), (_, given: string) => {
    const kept = given.split(";").filter((each) => !/^\s*(useinbandfec|usedtx)=/.test(each));
    return `a=fmtp:${opus} ${[...kept, "useinbandfec=1", "usedtx=1"].join(";")}`;
  });
}
