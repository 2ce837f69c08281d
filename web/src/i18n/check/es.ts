import type { CheckWords } from "~/i18n/check/pt";

export const es: CheckWords = {
  title: "Probar cámara, sonido e internet",
  how: "Su imagen y su sonido van y vuelven por unos segundos. Solo usted ve y oye; nada se graba.",
  headphones: "Si puede, use auriculares: sin ellos, su voz puede volver dos veces.",
  start: "Empezar la prueba",
  again: "Probar de nuevo",
  asking: "Toque Permitir para usar la cámara y el micrófono.",
  connecting: "Conectando…",
  waiting: (ahead) =>
    ahead === 0
      ? "Hay otras personas probando. Sigue usted."
      : `Hay otras personas probando. ${ahead === 1 ? "1 persona" : `${ahead} personas`} delante de usted.`,
  seen: (left) => `Así le van a ver y oír. Diga algo. Faltan ${left} s.`,
  picture: "Su imagen, como vuelve",

  results: "Resultado de la prueba",
  camera: "Cámara",
  microphone: "Micrófono",
  internet: "Internet",
  works: "funciona",
  without: "sin uso",
  paths: { direct: "directa", relay: "por un desvío", none: "no pasó", untried: "sin probar" },
  measured: (rttMs, lossPercent, kbit) =>
    `Ida y vuelta en ${rttMs} ms, ${lossPercent}% perdidos, ${kbit} kbit/s.`,
  heard: "¿Oyó su voz?",
  heardYes: "La oí",
  heardNo: "No la oí",
  speakerHow: "Suba el volumen y revise si los auriculares están bien conectados. Después, pruebe de nuevo.",
  speakerWell: "El sonido del aparato también funciona.",

  advice: {
    all_well: "Todo está listo para la atención.",
    no_line: "El video no pasó por esta internet. Pruebe otra, como la del celular. Por texto puede hablar.",
    much_lost: "La internet está fallando. Acérquese al aparato de Wi-Fi o use otra internet.",
    slow: "La internet está lenta. Cierre otros programas y videos, o prefiera solo audio.",
    relayed: "Esta internet solo deja pasar por un desvío. Funciona, un poco más despacio.",
    no_camera: "Sin cámara, puede hablar por audio o por texto.",
    no_microphone: "Sin micrófono, puede hablar por texto.",
    line_untried: "La cámara y el micrófono funcionan. Aquí no se puede probar la internet.",
  },
};
