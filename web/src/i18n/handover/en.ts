import type { HandoverWords } from "~/i18n/handover/pt";

export const en: HandoverWords = {
  take: "Take it to another device",
  title: "Take your ticket to another device",
  how: "Or point its camera at the drawing. There, tap Bring it here.",
  drawing: "Drawing for the other device's camera",
  typed: (address) => ["On the other device, open ", address, " and type:"],
  left: (seconds) => `Good for ${seconds}, once.`,
  over: "This code is over. Your place in line is the same.",
  another: "Make another code",
  making: "Making the code…",

  bringTitle: "Bring your ticket to this device",
  bringHow: "On the device that has it, tap Take it to another device and type the eight letters here.",
  letters: "Code of eight letters",
  lettersMissing: "Type the eight letters of the code.",
  look: "Check the code",
  looking: "Checking the code…",
  found: (number, unit) => `Ticket ${number}, ${unit}`,
  foundHow: "The other screen stops following it. The place in line is the same.",
  bring: "Bring it here",
  bringing: "Bringing it…",
  unknown: "This code is over or was used already. Make another one on the device that has the ticket.",
  own: "This device already has a ticket.",
  toOwn: "See this device's ticket",

  moved: "Your ticket is on another device",
  movedHow: (number) => `Ticket ${number} is still in line. Follow it there.`,
  forgotten: "This browser no longer follows the ticket",
  forgottenHow: "Somebody tapped Not me in another window. To be in line, take another ticket.",
  again: "Take another ticket",

  notMe: "Not me",
  notMeTitle: "Is this ticket not yours?",
  notMeHow: "This browser stops following the ticket. The place is kept, as for somebody who stepped away.",
  notMeYes: "It is not mine",
  notMeNo: "It is mine",
};
