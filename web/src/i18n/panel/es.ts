import type { PanelWords } from "~/i18n/panel/pt";

export const es: PanelWords = {
  title: "Mostrador Virtual",
  waiting: (count) =>
    count === 0 ? "Nadie en la fila" : count === 1 ? "persona en la fila" : "personas en la fila",
  join: "Atención por video, sin salir de casa:",
  updated: (time) => `Actualizado ${time}.`,
  opening: "Abriendo",
  unknown: "No encontramos esta unidad. Revise la dirección de esta pantalla.",
  away: "Sin internet. Estamos intentando de nuevo.",
};
