import type { PracticeWords } from "~/i18n/practice/pt";

export const es: PracticeWords = {
  title: "Práctica",
  band: "Práctica: nada aquí cuenta.",
  which: (number, of) => `Situación ${number} de ${of}`,
  steps: "Qué hacer",
  done: "Hecho",
  notDone: "Todavía no",
  begin: "Comenzar la práctica",
  next: "Próxima situación",
  last: "Ver el resultado",
  again: "Repetir",
  againOf: (title) => `Repetir: ${title}`,
  skip: "Saltar",
  grades: { well: "Bien hecha", remark: "Hecha, con observación", missed: "No hecha", skipped: "Saltada" },
  away: "La práctica no respondió. Intentamos de nuevo.",
};
