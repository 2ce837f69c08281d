import type { InterpreterWords } from "~/i18n/interpreter/pt";

export const en: InterpreterWords = {
  title: "Libras",
  begin: "You are not available yet",
  soundOn: "Turn sound on",
  soundOff: "Turn sound off",
  start: "Be available",
  starting: "Starting",
  startHow: "The units call through this page. Leave it open and the sound on.",
  ready: "Available. Nobody calls now.",
  readyHow: "When a unit calls, you hear it. Whoever answers first comes in.",
  paused: "In a pause",
  pausedHow: "Meanwhile the units do not call you.",
  elsewhere: "This page is open in another window",
  elsewhereHow: "Only one window is called at a time. The other one stops if you use this one.",
};
