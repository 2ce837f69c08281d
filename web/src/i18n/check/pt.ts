import type { Advice } from "~/models/found";
import type { Path } from "~/protocol/types";

/** The check of devices and internet before a visit. */
export const pt = {
  title: "Testar câmera, som e internet",
  how: "Sua imagem e seu som vão e voltam por alguns segundos. Só você vê e ouve; nada é gravado.",
  headphones: "Se puder, use fones: sem eles, sua voz pode voltar duas vezes.",
  start: "Começar o teste",
  again: "Repetir",
  asking: "Toque em Permitir para usar a câmera e o microfone.",
  connecting: "Preparando o teste…",
  waiting: (ahead: number): string =>
    ahead === 0
      ? "Outras pessoas estão testando. Você vem em seguida."
      : `Outras pessoas estão testando. ${ahead === 1 ? "1 pessoa" : `${ahead} pessoas`} na sua frente.`,
  seen: (left: number): string =>
    `É assim que vão ver e ouvir você. Fale algo. ${left === 1 ? "Falta 1 segundo" : `Faltam ${left} segundos`}.`,
  picture: "Sua imagem, como ela volta",

  results: "Resultado do teste",
  camera: "Câmera",
  microphone: "Microfone",
  video: "Vídeo",
  works: "funciona",
  without: "não está em uso",
  paths: {
    direct: "passa direto",
    relay: "passa por um desvio",
    none: "não passa",
    untried: "não testado",
  } satisfies Record<Path, string>,
  server: "Fila",
  serverWell: "abre",
  serverNot: "não abre",
  udp: "Via rápida (UDP)",
  udps: { yes: "livre", no: "bloqueada", untried: "não testada" },
  relay: "Desvio (TURN)",
  relays: { yes: "responde", no: "não responde", untried: "não há aqui" },
  measured: (rttMs: number, lossPercent: number, kbit: number): string =>
    `Ida e volta em ${rttMs} ms, perda de ${lossPercent}%, envio de ${kbit} kbit/s.`,
  heard: "Você ouviu a sua voz?",
  heardYes: "Ouvi",
  heardNo: "Não ouvi",
  speakerHow: "Aumente o volume e confira se os fones estão bem encaixados. Depois, teste de novo.",
  speakerWell: "O som do aparelho também funciona.",

  advice: {
    all_well: "Está tudo pronto.",
    no_line:
      "O vídeo não passou por esta internet. Tente outra, como a do celular. Por texto, dá para conversar.",
    much_lost: "Parte do som se perde nesta internet. Chegue mais perto do aparelho de Wi-Fi ou use outra.",
    slow: "A internet está lenta. Feche outros programas e vídeos, ou prefira só áudio.",
    no_udp: "Esta internet bloqueia a via rápida do vídeo. Funciona, mas a imagem pode travar.",
    relayed: "Nesta internet, o vídeo só passa por um desvio. Funciona, um pouco mais devagar.",
    no_relay: "O desvio para o vídeo não respondeu. Se o vídeo não passar, use outra internet ou o texto.",
    no_camera: "Sem câmera, você pode falar por áudio ou por texto.",
    no_microphone: "Sem microfone, você pode falar por texto.",
    line_untried: "A câmera e o microfone funcionam. Aqui não há como testar o vídeo.",
    no_server: "Esta internet bloqueia a fila de atendimento. Use outra, como a do celular.",
  } satisfies Record<Advice, string>,
};

export type CheckWords = typeof pt;
