import type { DeviceState } from "~/call/media";
import type { CallAdvice } from "~/models/found";
import type { Verdict } from "~/models/verdict";

/** What a clerk reads of how well the person is heard and seen. */
export const pt = {
  checked: (minutes: number): string => (minutes < 1 ? "Teste de agora há pouco" : `Teste há ${minutes} min`),
  advice: {
    all_well: "Câmera, microfone e internet funcionam.",
    no_line: "Vídeo e som não passaram pela internet da pessoa. Conversem por texto.",
    much_lost: "Parte do som se perde na internet da pessoa.",
    slow: "A internet da pessoa está lenta.",
    no_udp: "A internet da pessoa bloqueia a via rápida do vídeo. A imagem pode travar.",
    relayed: "Na internet da pessoa, o vídeo só passa por um desvio.",
    no_relay:
      "O desvio para o vídeo não respondeu na internet da pessoa. Se o vídeo não passar, conversem por texto.",
    no_camera: "A pessoa está sem câmera.",
    no_microphone: "A pessoa está sem microfone. Conversem por texto.",
    line_untried: "Câmera e microfone funcionam. A internet não foi testada.",
  } satisfies Record<CallAdvice, string>,
  measured: (roundTripMs: number, lostPercent: number): string =>
    `Ida e volta em ${roundTripMs} ms, perda de ${lostPercent}%`,

  title: "Qualidade do atendimento",
  verdicts: {
    well: "Vocês se ouvem e se veem bem.",
    lost_here: "Parte do que a pessoa diz se perde até aqui.",
    lost_there: "Parte do que você diz se perde até a pessoa.",
    slow: "A resposta demora a chegar. Falem uma pessoa de cada vez.",
    apart: "Nada chega agora. Estamos tentando de novo.",
    unknown: "Ainda não dá para dizer.",
  } satisfies Record<Verdict, string>,
  measure: "Medida",
  you: "Você",
  them: "Pessoa",
  path: "Caminho",
  paths: { direct: "direto", relay: "por um desvio", none: "nenhum" },
  roundTrip: "Ida e volta",
  lost: "Perdas ao receber",
  ms: (ms: number | null): string => (ms === null ? "–" : `${ms} ms`),
  percent: (percent: number | null): string => (percent === null ? "–" : `${percent}%`),
  unknown: "–",
  phone: "Celular ou tablet",
  computer: "Computador",
  camera: "Câmera",
  microphone: "Microfone",
  states: {
    unasked: "não está em uso",
    asking: "esperando permissão",
    on: "em uso",
    off: "em pausa",
    refused: "sem permissão",
    absent: "não há",
    busy: "em outro programa",
    unsupported: "não há",
  } satisfies Record<DeviceState, string>,
};

export type QualityWords = typeof pt;
