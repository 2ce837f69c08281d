import type { Grade } from "~/protocol/types";

/** Practice for clerks. What happens in a situation, and what is said of it, comes from the counter. */
export const pt = {
  title: "Treino",
  band: "Treino: nada aqui conta.",
  which: (number: number, of: number): string => `Situação ${number} de ${of}`,
  steps: "O que fazer",
  done: "Feito",
  notDone: "Ainda não",
  begin: "Começar o treino",
  next: "Próxima situação",
  last: "Ver o resultado",
  again: "Repetir",
  againOf: (title: string): string => `Repetir: ${title}`,
  skip: "Pular",
  grades: {
    well: "Bem feita",
    remark: "Feita, com observação",
    missed: "Não feita",
    skipped: "Pulada",
  } satisfies Record<Grade, string>,
  away: "O treino não respondeu. Tentamos de novo.",
};

export type PracticeWords = typeof pt;
