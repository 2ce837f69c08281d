import type { CheckWords } from "~/i18n/check/pt";

export const es: CheckWords = {
  title: "Probar cámara, sonido e internet",
  how: "Su imagen y su sonido van y vuelven por unos segundos. Solo usted ve y oye; nada se graba.",
  headphones: "Si puede, use auriculares: sin ellos, su voz puede volver dos veces.",
  start: "Empezar la prueba",
  again: "Repetir",
  asking: "Toque Permitir para usar la cámara y el micrófono.",
  connecting: "Preparando la prueba…",
  waiting: (ahead) =>
    ahead === 0
      ? "Hay otras personas probando. Sigue usted."
      : `Hay otras personas probando. ${ahead === 1 ? "1 persona" : `${ahead} personas`} delante de usted.`,
  seen: (left) =>
    `Así le van a ver y oír. Diga algo. ${left === 1 ? "Falta 1 segundo" : `Faltan ${left} segundos`}.`,
  picture: "Su imagen, como vuelve",

  results: "Resultado de la prueba",
  camera: "Cámara",
  microphone: "Micrófono",
  video: "Video",
  works: "funciona",
  without: "no está en uso",
  paths: {
    direct: "pasa directo",
    relay: "pasa por un desvío",
    none: "no pasa",
    untried: "sin probar",
  },
  server: "Fila",
  serverWell: "abre",
  serverNot: "no abre",
  udp: "Vía rápida (UDP)",
  udps: { yes: "libre", no: "bloqueada", untried: "sin probar" },
  relay: "Desvío (TURN)",
  relays: { yes: "responde", no: "no responde", untried: "aquí no hay" },
  measured: (rttMs, lossPercent, kbit) =>
    `Ida y vuelta en ${rttMs} ms, pérdida de ${lossPercent}%, envío de ${kbit} kbit/s.`,
  heard: "¿Oyó su voz?",
  heardYes: "La oí",
  heardNo: "No la oí",
  speakerHow: "Suba el volumen y revise si los auriculares están bien conectados. Después, pruebe de nuevo.",
  speakerWell: "El sonido del aparato también funciona.",

  advice: {
    all_well: "Todo está listo.",
    no_line:
      "El video no pasó por esta internet. Pruebe otra, como la del celular. Por texto puede conversar.",
    much_lost: "La internet está fallando. Acérquese al aparato de Wi-Fi o use otra internet.",
    slow: "La internet está lenta. Cierre otros programas y videos, o prefiera solo audio.",
    no_udp: "Esta internet bloquea la vía rápida del video. Funciona, pero la imagen puede trabarse.",
    relayed: "En esta internet, el video solo pasa por un desvío. Funciona, un poco más despacio.",
    no_relay: "El desvío del video no respondió. Si el video no pasa, use otra internet o el texto.",
    no_camera: "Sin cámara, puede hablar por audio o por texto.",
    no_microphone: "Sin micrófono, puede hablar por texto.",
    line_untried: "La cámara y el micrófono funcionan. Aquí no se puede probar el video.",
    no_server: "Esta internet bloquea la fila de atención. Use otra, como la del celular.",
  },
};
