import type { HandoverWords } from "~/i18n/handover/pt";

export const es: HandoverWords = {
  take: "Llevar a otro aparato",
  title: "Llevar el turno a otro aparato",
  how: "O apunte su cámara al dibujo. Allí, toque Traer aquí.",
  drawing: "Dibujo para la cámara del otro aparato",
  typed: (address) => ["En el otro aparato, abra ", address, " y escriba:"],
  left: (seconds) => `Vale por ${seconds}, una sola vez.`,
  over: "Este código venció. Su lugar en la fila es el mismo.",
  another: "Generar otro código",
  making: "Generando el código…",

  bringTitle: "Traer su turno a este aparato",
  bringHow: "En el aparato que lo tiene, toque Llevar a otro aparato y escriba aquí las ocho letras.",
  letters: "Código de ocho letras",
  lettersMissing: "Escriba las ocho letras del código.",
  look: "Comprobar el código",
  looking: "Comprobando el código…",
  found: (number, unit) => `Turno ${number}, ${unit}`,
  foundHow: "La otra pantalla deja de seguirlo. El lugar en la fila es el mismo.",
  bring: "Traer aquí",
  bringing: "Trayendo…",
  unknown: "Este código venció o ya se usó. Genere otro en el aparato que tiene el turno.",
  own: "Este aparato ya tiene un turno.",
  toOwn: "Ver el turno de este aparato",

  moved: "Su turno está en otro aparato",
  movedHow: (number) => `El turno ${number} sigue en la fila. Sígalo allí.`,
  forgotten: "Este navegador ya no sigue el turno",
  forgottenHow: "Alguien tocó No soy yo en otra ventana. Para estar en la fila, tome otro turno.",
  again: "Tomar otro turno",

  notMe: "No soy yo",
  notMeTitle: "¿Este turno no es suyo?",
  notMeHow: "Este navegador deja de seguir el turno. El lugar queda guardado, como el de quien se ausentó.",
  notMeYes: "No es mío",
  notMeNo: "Es mío",
};
