/** The page of the court's Libras interpreters. */
export const pt = {
  title: "Libras",
  begin: "Você ainda não está disponível",
  soundOn: "Ligar o som",
  soundOff: "Desligar o som",
  start: "Ficar disponível",
  starting: "Começando",
  startHow: "As unidades chamam por esta página. Deixe-a aberta e o som ligado.",
  ready: "Disponível. Ninguém chama agora.",
  readyHow: "Quando uma unidade chamar, o som avisa. Quem responder primeiro entra.",
  paused: "Em pausa",
  pausedHow: "Enquanto isso, as unidades não chamam você.",
  elsewhere: "Esta página está aberta em outra janela",
  elsewhereHow: "Só uma janela recebe o aviso por vez. A outra deixa de receber se você usar esta.",
};

export type InterpreterWords = typeof pt;
