import type { PracticeWords } from "~/i18n/practice/pt";

export const en: PracticeWords = {
  title: "Practice",
  band: "Practice: nothing here counts.",
  which: (number, of) => `Situation ${number} of ${of}`,
  steps: "What to do",
  done: "Done",
  notDone: "Not yet",
  begin: "Begin the practice",
  next: "Next situation",
  last: "See the result",
  again: "Repeat",
  againOf: (title) => `Repeat: ${title}`,
  skip: "Skip",
  grades: { well: "Done well", remark: "Done, with a remark", missed: "Not done", skipped: "Skipped" },
  away: "The practice did not answer. We are trying again.",
};
