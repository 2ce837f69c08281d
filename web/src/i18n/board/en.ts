import type { BoardWords } from "~/i18n/board/pt";

const people = (count: number): string => (count === 1 ? "1 person" : `${count} people`);

export const en: BoardWords = {
  title: "Units board",
  pageTitle: (needing) => (needing === 0 ? "Board" : `(${needing}) Board`),
  needing: (count) => (count === 1 ? "1 unit needs attention" : `${count} units need attention`),
  allWell: (count) => (count === 1 ? "All is well in the unit." : `All is well in the ${count} units.`),
  noUnits: "This court has no units yet.",
  unattended: (since, waiting) =>
    `Open for ${since} with nobody attending. ${waiting === 0 ? "Nobody waits." : `${people(waiting)} waiting.`}`,
  unattendedNow: (waiting) => `Open with nobody attending. ${people(waiting)} waiting.`,
  longWait: (wait) => `Somebody has waited for ${wait}.`,
  opens: (moment) => `Opens ${moment}.`,

  columns: {
    standing: "State",
    unit: "Unit",
    waiting: "In line",
    longest: "Longest wait",
    attendants: "Attendants",
    served: "Served today",
    left: "Left today",
    phone: "Phone",
  },
  standings: {
    unattended_waiting: "Unattended",
    unattended: "Unattended",
    long_wait: "Long wait",
    suspended: "Tickets suspended",
    attending: "Attending",
    nobody_yet: "Open",
    closed: "Closed",
  },
  away: (count) => `+${count} away`,
  outOfOrder: (count) => `${count} out of order`,
  none: "–",
  minutes: (count) =>
    count < 60 ? `${count} min` : `${Math.floor(count / 60)}h${String(count % 60).padStart(2, "0")}`,

  free: (count) => `${count} free`,
  calling: (count) => `${count} calling`,
  inCall: (count) => `${count} with somebody`,
  wrapUp: (count) => `${count} finishing`,
  helping: (count) => `${count} helping`,
  paused: (count) => `${count} paused`,
  nobodyHere: "nobody",
  showNames: (unit) => `Show attendants: ${unit}`,
  hideNames: (unit) => `Hide attendants: ${unit}`,
  doing: {
    free: "free",
    calling: "calling",
    in_call: "with somebody",
    wrap_up: "finishing",
    helping: "in a colleague's call",
    paused: (reason) => `paused: ${reason.toLowerCase()}`,
    offline: "not attending",
  },
  since: (time) => `for ${time}`,

  totals: "The court's totals",
  totalWaiting: "in line",
  totalAttending: (count) => (count === 1 ? "attendant" : "attendants"),
  totalInCall: "being served",
  totalServed: () => "served today",
  totalRefused: () => "got no ticket today",
  totalFree: ({ free, helping }) =>
    `Libras ${free === 1 ? "interpreter" : "interpreters"} free${helping === 0 ? "" : `, ${helping} in a call`}`,
  refused: (count) => `${count} without ticket`,
  flood: {
    joins: (network, count) => `Place ${network} asked for ${count} tickets in 10 minutes and was limited.`,
    sign_ins: (network, count) =>
      `Place ${network} tried to sign in ${count} times in 15 minutes and was limited.`,
  },
  floodUntil: (time) => `The limit ends in ${time}.`,
  floodClear: "Clear it now",
  totalLeft: () => "left today",

  cancelled: (count) => `${count} cancelled`,
  line: "See the line",
  lineOf: (unit) => `Line: ${unit}`,
  lineEmpty: "Nobody in line.",
  lineAway: "away",
  lineTier: "Priority",
  lineRemove: "Close",

  signOut: "End access",
  signingOut: "Ending",
  signOutTitle: (name) => `End the access of ${name}?`,
  signOutIdle: (name) => `${name} stops attending and has to sign in again.`,
  signOutCalling: "The ticket that rings goes back to be the first in line.",
  signOutInCall: (name) => `The visit under way ends. Phone ${name} first, if you can.`,

  offline: "No internet. What you see has stopped in time. We are trying again.",
  connecting: "Opening the board",
};
