import type { CommonWords } from "~/i18n/common.pt";
import type { Wall } from "~/i18n/time";

const two = (number: number): string => String(number).padStart(2, "0");
const clock = ({ hour, minute }: Pick<Wall, "hour" | "minute">): string => `${hour}:${two(minute)}`;

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

const seconds = (count: number): string => (count === 1 ? "1 second" : `${count} seconds`);
const minutes = (count: number): string => (count === 1 ? "1 minute" : `${count} minutes`);
const duration = (total: number): string => {
  if (total < 60) return minutes(total);
  const hours = Math.floor(total / 60);
  const rest = total % 60;
  const spelled = hours === 1 ? "1 hour" : `${hours} hours`;
  return rest === 0 ? spelled : `${spelled} and ${minutes(rest)}`;
};

export const common: CommonWords = {
  product: "Virtual Counter",
  language: "Language",
  help: "Help",
  close: "Close",
  back: "Back",
  cancel: "Cancel",
  tryAgain: "Try again",
  refusals: {
    unit_unknown: "We did not find this unit. Check the address or choose from the list.",
    ticket_unknown: "This ticket is no longer there. Take another one.",
    call_unknown: "This conversation has already ended.",
    attendant_unknown: "We did not find this person.",
    receipt_unknown: "We did not find this receipt. Check the code.",
    invitation_unknown: "This invitation is over or was used already. Ask the attendant for another.",
    handover_unknown: "This code is over or was used already.",
    ticket_exists: "You already have a ticket. It is still valid.",
    wrong_state: "This has changed. Check what the screen says.",
    stale_rev: "This has changed. Check what the screen says.",
    stale_fence: "This has changed. Check what the screen says.",
    desk_elsewhere: "Your desk is open in another window.",
    request_reused: "Check and try again.",
    not_available: "Make yourself available before you call.",
    not_active_page: "Your ticket is open in another window.",
    not_waiting: "That person is no longer in line. Choose another one.",
    not_asked: "No longer needed: somebody else came in, or the time is over.",
    unit_closed: "The unit is closed now.",
    unit_closing: "There is no more time today for everybody in line. Come back on the next working day.",
    unit_suspended: "The unit gives out no tickets for now. See on this page until when.",
    unit_full: "The line is full now. Try again shortly or phone the unit.",
    too_many_transfers: "This person has been through three units. Settle it here or book a return.",
    call_full: "There are four people in this call already.",
    colleague_busy: "That person cannot come now. See who is free.",
    no_interpreter:
      "No Libras interpreter is free now. Try again in a few minutes, or invite one by an address.",
    no_call_there: "No call of that unit has room for an interpreter now.",
    unit_unattended: "Nobody is attending at that unit now.",
    nobody_waiting: "Nobody in line.",
    too_late: "The time to come back is over. You may take another ticket.",
    no_more_time: "The extra time has already been used.",
    not_yours: "This ticket belongs to another person.",
    not_member: "This conversation belongs to other people.",
    not_your_unit: "You do not attend this unit.",
    sign_in_wrong: "Check the sign-in name and the password.",
    role_missing: "Your access does not include this page.",
    no_permission: "Your access does not let you call out of order.",
    too_many_joins:
      "Many tickets were taken from this same place. Try again in a few minutes or phone the unit.",
    too_many_attempts: "Many attempts. Wait a few minutes and try again.",
    call_log_full: "This conversation has become too long. Arrange with the attendant how to go on.",
    name_missing: "Write how you want to be called.",
    case_number_wrong:
      "Check the number: a digit does not match. Example: 0000001-44.2021.8.11.0041. You may leave it blank.",
    oab_wrong: "Check the OAB: state and number. Example: MT 12345.",
    terms_missing: "Tick that you have understood, to join the line.",
    store_away: "The system did not answer. Nothing was lost.",
    store_full: "The system is full now. Try again shortly or phone the unit.",
    bad_message: "This page has become old. Open it again.",
    too_large: "The text is too long. Split it into parts.",
    too_many_messages: "Too fast. Wait a moment and try again.",
    no_session: "Your access has ended. Open the page again.",
    foreign_origin: "Open this page from the court's address.",
    other_role: "Your access does not include this.",
    foreign_service: "This browser uses a notification service that we do not know.",
    check_over: "This test is over. Begin another.",
    not_found: "We did not find what you are looking for.",
    starting: "The system is starting. Try again shortly.",
    no_answer: "The system did not answer. Nothing was lost.",
  },
  clock,
  seconds,
  minutes,
  duration,
  zone: (zone) => `(${zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ")} time)`,
  moment: (at, days) => {
    const day = WEEKDAYS[at.weekday] ?? "";
    if (days === 0) return `today at ${clock(at)}`;
    if (days === 1) return `tomorrow, ${day}, at ${clock(at)}`;
    return `${day}, ${two(at.day)}/${two(at.month)}, at ${clock(at)}`;
  },
  until: (at) => (at.hour === 0 && at.minute === 0 ? "midnight" : clock(at)),
  at: (at) => `at ${clock(at)}`,
  date: (at) => `${two(at.day)}/${two(at.month)}/${at.year}`,
};
