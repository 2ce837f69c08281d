/** The screen in the waiting room: read from afar, by everybody. */
export const pt = {
  title: "Balcão Virtual",
  waiting: (count: number): string =>
    count === 0 ? "Ninguém na fila" : count === 1 ? "pessoa na fila" : "pessoas na fila",
  join: "Atendimento por vídeo, sem sair de casa:",
  updated: (time: string): string => `Atualizado ${time}.`,
  opening: "Abrindo",
  unknown: "Não encontramos esta unidade. Confira o endereço desta tela.",
  away: "Sem internet. Estamos tentando de novo.",
};

export type PanelWords = typeof pt;
