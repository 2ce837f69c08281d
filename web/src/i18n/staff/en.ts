import type { StaffWords } from "~/i18n/staff/pt";

export const en: StaffWords = {
  attendant: "Counter desk",
  supervisor: "Units board",
  login: "Sign-in name",
  password: "Password",
  signIn: "Sign in",
  signingIn: "Signing in",
  signOut: "Sign out",
  show: "Show password",
  hide: "Hide password",
  loginMissing: "Write your sign-in name.",
  passwordMissing: "Write your password.",
  forgotten: "Forgot your password? Talk to whoever looks after access at the court.",
  finding: "Opening",
  tooMany: (wait) => `Too many attempts. Wait ${wait} and try again.`,
  why: {
    signed_out: "You were signed out here, in another window or by a supervisor. Sign in again to continue.",
    session_over: "Your access is over. Sign in again to continue.",
  },
  offline: "No internet. We are trying again.",
  offlineNow: "Try now",
};
