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
  units: "Llamar a una unidad",
  unitsHow: "Suena en las mesas de la unidad que están atendiendo; quien necesite Libras le deja entrar.",
  noUnits: "Ninguna unidad está atendiendo ahora.",
  calls: (count) => (count === 1 ? "1 atención" : `${count} atenciones`),
  offering: (unit) => `Llamando a ${unit}.`,
  stopOffering: "Cancelar",
  answers: {
    declined: (unit) => `${unit} no necesita intérprete ahora.`,
    no_answer: (unit) => `${unit} no respondió.`,
    busy: (unit) => `La atención en ${unit} terminó.`,
  },
};
