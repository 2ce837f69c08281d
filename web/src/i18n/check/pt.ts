import type { Advice } from "~/models/check";

/** The check of devices and internet before a visit. */
export const pt = {
  title: "Testar câmera, som e internet",
  how: "Sua imagem e seu som vão e voltam por alguns segundos. Só você vê e ouve; nada é gravado.",
  headphones: "Se puder, use fones: sem eles, sua voz pode voltar duas vezes.",
  start: "Começar o teste",
  again: "Testar de novo",
  asking: "Toque em Permitir para usar a câmera e o microfone.",
  connecting: "Ligando…",
  waiting: (ahead: number): string =>
    ahead === 0
      ? "Há outras pessoas testando. Você é a próxima."
      : `Há outras pessoas testando. ${ahead === 1 ? "1 pessoa" : `${ahead} pessoas`} na sua frente.`,
  seen: (left: number): string => `É assim que vão ver e ouvir você. Fale algo. Faltam ${left} s.`,
  picture: "Sua imagem, como ela volta",

  results: "Resultado do teste",
  camera: "Câmera",
  microphone: "Microfone",
  internet: "Internet",
  works: "funciona",
  without: "sem uso",
  paths: { direct: "direta", relay: "por um desvio", none: "não passou", untried: "não testada" },
  measured: (rttMs: number, lossPercent: number, kbit: number): string =>
    `Ida e volta em ${rttMs} ms, ${lossPercent}% perdidos, ${kbit} kbit/s.`,
  heard: "Você ouviu a sua voz?",
  heardYes: "Ouvi",
  heardNo: "Não ouvi",
  speakerHow: "Aumente o volume e confira se os fones estão bem ligados. Depois, teste de novo.",
  speakerWell: "O som do aparelho também funciona.",

  advice: {
    all_well: "Está tudo pronto para o atendimento.",
    no_line:
      "O vídeo não passou por esta internet. Tente outra, como a do celular. Por texto você consegue falar.",
    much_lost: "Parte do som se perde nesta internet. Chegue mais perto do aparelho de Wi-Fi ou use outra.",
    slow: "A internet está lenta. Feche outros programas e vídeos, ou prefira só áudio.",
    relayed: "Esta internet só deixa passar por um desvio. Funciona, um pouco mais devagar.",
    no_camera: "Sem câmera, você pode falar por áudio ou por texto.",
    no_microphone: "Sem microfone, você pode falar por texto.",
    line_untried: "A câmera e o microfone funcionam. Aqui não há como testar a internet.",
  } satisfies Record<Advice, string>,
};

export type CheckWords = typeof pt;
