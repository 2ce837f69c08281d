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
  units: "Call a unit",
  unitsHow: "It rings at the desks of the unit that are in a call; whoever needs Libras lets you in.",
  noUnits: "No unit is in a call now.",
  calls: (count) => (count === 1 ? "1 call" : `${count} calls`),
  offering: (unit) => `Calling ${unit}.`,
  stopOffering: "Cancel",
  answers: {
    declined: (unit) => `${unit} needs no interpreter now.`,
    no_answer: (unit) => `${unit} did not answer.`,
    busy: (unit) => `The call at ${unit} has ended.`,
  },
};
