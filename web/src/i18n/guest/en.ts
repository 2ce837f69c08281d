import type { GuestWords } from "~/i18n/guest/pt";

export const en: GuestWords = {
  kinds: {
    companion: "Companion",
    interpreter: "Libras interpreter",
    colleague: "Colleague of the unit",
  },
  left: {
    left: "You have left the call. It goes on without you.",
    dismissed: "The attendant has ended your part in the call.",
    gone: "Your internet failed and you are out of the call. Open the invitation again to come back.",
    over: "The call has ended. You can close this page.",
  },
  title: "Invitation",
  opening: "Opening the invitation…",
  from: (name, unit) => `${name}, ${unit}, invites you to a video call.`,
  as: (kind) => `You come in as: ${kind}.`,
  name: "Your name",
  nameHow: "Everybody in the call sees this name.",
  nameMissing: "Write your name.",
  enter: "Enter the call",
  entering: "Entering…",
  overTitle: "Out of the call",
  again: "Try again",
  mirror: "The call is open in another window of this browser.",
  here: "Continue here",
  held: "On hold",
  heldHow: "The call is on hold. Nobody sees or hears you now.",
  interrupted: "Somebody's internet failed. We are waiting for them.",
  cut: "Your internet failed. We are trying to return to the call.",

  invite: "Invite somebody else",
  inviteWho: "Who joins the call?",
  inviteHow:
    "The invitation is good for one person, once, for 10 minutes. Ask the person you are serving first.",
  linkOf: (kind) => `Invitation: ${kind}`,
  linkHow: "Send the address, or show the drawing to the other device's camera.",
  drawing: "Drawing of the invitation, for the other device's camera",
  copy: "Copy the address",
  copied: "Address copied",
  inCall: "In the call",
  dismiss: (name) => `Remove ${name}`,
};
