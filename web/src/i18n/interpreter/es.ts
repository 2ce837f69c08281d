import type { InterpreterWords } from "~/i18n/interpreter/pt";

export const es: InterpreterWords = {
  title: "Libras",
  begin: "Usted aún no está disponible",
  soundOn: "Encender el sonido",
  soundOff: "Apagar el sonido",
  start: "Estar disponible",
  starting: "Comenzando",
  startHow: "Las unidades llaman por esta página. Déjela abierta y con el sonido encendido.",
  ready: "Disponible. Nadie llama ahora.",
  readyHow: "Cuando una unidad llame, el sonido avisa. Quien responda primero entra.",
  paused: "En pausa",
  pausedHow: "Mientras tanto, las unidades no le llaman.",
  elsewhere: "Esta página está abierta en otra ventana",
  elsewhereHow: "Solo una ventana recibe el aviso a la vez. La otra deja de recibirlo si usa esta.",
};
