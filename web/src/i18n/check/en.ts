import type { CheckWords } from "~/i18n/check/pt";

export const en: CheckWords = {
  title: "Test camera, sound and internet",
  how: "Your picture and sound go out and come back for some seconds. Only you see and hear them; nothing is recorded.",
  headphones: "Use headphones if you can: without them, your voice may come back twice.",
  start: "Begin the test",
  again: "Test again",
  asking: "Tap Allow to use the camera and the microphone.",
  connecting: "Preparing the test…",
  waiting: (ahead) =>
    ahead === 0
      ? "Other people are testing. You are next."
      : `Other people are testing. ${ahead === 1 ? "1 person" : `${ahead} people`} ahead of you.`,
  seen: (left) =>
    `This is how you will be seen and heard. Say something. ${left === 1 ? "1 second" : `${left} seconds`} left.`,
  picture: "Your picture, as it comes back",

  results: "Result of the test",
  camera: "Camera",
  microphone: "Microphone",
  video: "Video",
  works: "works",
  without: "not in use",
  paths: {
    direct: "passes directly",
    relay: "passes by a detour",
    none: "does not pass",
    untried: "not tested",
  },
  server: "Line",
  serverWell: "opens",
  serverNot: "does not open",
  udp: "Fast way (UDP)",
  udps: { yes: "free", no: "blocked", untried: "not tested" },
  relay: "Detour (TURN)",
  relays: { yes: "answers", no: "does not answer", untried: "not offered here" },
  measured: (rttMs, lossPercent, kbit) =>
    `There and back in ${rttMs} ms, ${lossPercent}% lost, ${kbit} kbit/s sent.`,
  heard: "Did you hear your voice?",
  heardYes: "I did",
  heardNo: "I did not",
  speakerHow: "Turn the volume up and check that the headphones are well plugged in. Then test again.",
  speakerWell: "The sound of this device works too.",

  advice: {
    all_well: "Everything is ready.",
    no_line:
      "Video did not pass through this internet. Try another, such as your phone's. You can talk by text.",
    much_lost: "The internet is losing parts. Move closer to the Wi-Fi or use another internet.",
    slow: "The internet is slow. Close other programs and videos, or prefer audio only.",
    no_udp: "This internet blocks the fast way for video. It works, but the picture may freeze.",
    relayed: "On this internet, video passes by a detour only. It works, a little more slowly.",
    no_relay: "The detour for video did not answer. If video does not pass, use another internet or text.",
    no_camera: "Without a camera you can talk by audio or text.",
    no_microphone: "Without a microphone you can talk by text.",
    line_untried: "Camera and microphone work. Video cannot be tested here.",
    no_server: "This internet blocks the line of the counter. Use another, such as your phone's.",
  },
};
