import type { DeskWords } from "~/i18n/desk/pt";

const people = (count: number): string => (count === 1 ? "1 persona" : `${count} personas`);

const missed: DeskWords["missed"] = {
  not_entered: (name) => `${name} no entró. El turno vuelve a la fila y usted puede llamar a otra persona.`,
  cancelled: (name) => `Usted canceló. El turno de ${name} vuelve a ser el primero de la fila.`,
  visitor_left: (name) => `${name} salió de la fila. Usted puede llamar a otra persona.`,
  visitor_gone: (name) =>
    `${name} se quedó sin internet. Su lugar se guarda y usted puede llamar a otra persona.`,
  attendant_gone: (name) => `Su página se quedó sin internet. El turno de ${name} vuelve a ser el primero.`,
  signed_out: (name) => `Su acceso fue cerrado. El turno de ${name} vuelve a ser el primero de la fila.`,
  hung_up: (name) => `La atención de ${name} terminó antes de empezar.`,
};

export const es: DeskWords = {
  title: (waiting) => (waiting === 0 ? "Atención" : `(${waiting}) Atención`),
  units: (count) => (count === 1 ? "1 unidad" : `${count} unidades`),
  settings: "Ajustes",
  status: { available: "Disponible", paused: "En pausa", offline: "Sin atender" },
  activities: { calling: "Llamando", in_call: "Atendiendo", wrap_up: "Concluyendo" },
  pauseNext: (reason) => `Pausa al concluir: ${reason.toLowerCase()}`,

  line: "Fila",
  waiting: (count) => (count === 0 ? "Nadie en la fila" : `${count} en la fila`),
  longest: (minutes) => `mayor espera: ${minutes}`,
  away: (count) =>
    count === 1
      ? "1 persona ausente, con el lugar guardado"
      : `${people(count)} ausentes, con el lugar guardado`,
  more: (count) => (count === 1 ? "y 1 persona más" : `y ${people(count)} más`),
  emptyLine: "Quien llegue aparece aquí, sin nombre.",
  minutes: (count) =>
    count < 60 ? `${count} min` : `${Math.floor(count / 60)}h${String(count % 60).padStart(2, "0")}`,
  tiers: { 0: "80 años o más", 1: "Preferencial", 2: "Donación de sangre", 3: null },
  shortTiers: { 0: "80 años +", 1: "Preferencial", 2: "Donación", 3: null },

  outOfOrder: "Llamar fuera del orden",
  outOfOrderWhich: "¿Qué turno?",
  outOfOrderPick: "Elija el turno",
  outOfOrderWhy: "¿Por qué?",
  outOfOrderReasons: {
    urgent: "Urgencia",
    hearing: "Audiencia o plazo que está por comenzar o terminar",
    companion: "Acompaña a quien acaba de ser atendido",
    other: "Otro motivo",
  },
  outOfOrderHint:
    "La llamada queda registrada con su nombre y el motivo, y aparece en el panel de supervisión. Nadie pierde su lugar.",
  outOfOrderCall: "Llamar este turno",

  choose: "¿Qué unidades va a atender?",
  chooseOne: "Marque por lo menos una unidad.",
  closedUnit: "cerrada ahora",
  goAvailable: "Empezar a atender",
  goingAvailable: "Empezando",
  permission: "Al empezar, el navegador pide la cámara y el micrófono. Sin ellos, usted atiende por texto.",
  test: "Probar cámara y micrófono",
  turnOn: "Encender cámara y micrófono",
  noUnits: "Ninguna unidad está unida a su acceso. Hable con la supervisión.",

  next: "Próximo turno",
  waitingFor: (minutes) => `espera hace ${minutes}`,
  nobody: "Nadie en la fila.",
  nobodyHint: "Cuando alguien llegue, el sonido avisa.",
  nobodyHintMuted: "El sonido está apagado: mire la pantalla de vez en cuando.",
  closed: "Sus unidades están cerradas ahora. Quien ya está en la fila aún puede ser atendido.",
  call: "Llamar a la próxima persona (F2)",
  calling: "Llamando",

  ringing: "Llamando",
  ringingUnseen: (name) => `Avisando a ${name}. Su página aún no muestra el aviso.`,
  ringingSeen: (name) => `El aviso está en la pantalla de ${name}.`,
  ringLeft: (left) => `${left} para entrar`,
  cancelRing: "Cancelar",
  cancelHint: "Quien tenía el turno sigue en primer lugar. Usted entra en pausa.",
  missed,
  noShow: (name) => `${name} no entró la tercera vez. El turno terminó.`,

  hangUp: "Terminar (F9)",

  ended: {
    hung_up: () => "La atención terminó.",
    not_entered: missed.not_entered,
    cancelled: missed.cancelled,
    visitor_left: (name) => `${name} terminó la atención.`,
    visitor_gone: (name) => `${name} se quedó sin internet y no volvió.`,
    attendant_gone: () => "Su página estuvo sin internet demasiado tiempo.",
    signed_out: () => "La atención terminó porque su acceso terminó.",
  },
  chooseOutcome: "Elija el resultado y concluya.",
  readyToFinish: (outcome) => `Resultado: ${outcome.toLowerCase()}.`,
  wrapLeft: (left) => `La mesa queda libre en ${left}.`,
  wrapMore: "Necesito más tiempo",
  finish: "Concluir (F9)",
  finishing: "Concluyendo",
  outcome: "Resultado",
  outcomes: {
    informed: "Información dada",
    forwarded: "Derivado",
    return_booked: "Regreso marcado",
    other_unit: "No es de esta unidad",
    unresolved: "No resuelto",
    interrupted: "Interrumpido",
  },

  pause: "Pausar (F4)",
  pauseWhy: "¿Por qué pausar?",
  pauses: {
    break: "Intervalo",
    lunch: "Almuerzo",
    internal: "Servicio interno",
    meeting: "Reunión",
    technical: "Problema técnico",
    cancelled: "Después de cancelar",
    vanished: "Sin internet",
  },
  pausedSince: (minutes) => `Hace ${minutes}.`,
  pausedCancelled: "Usted canceló y entró en pausa. Quien tenía el turno sigue en primer lugar.",
  pausedVanished: "Su página se quedó sin internet y la pausa empezó sola. Ningún lugar se perdió.",
  paused: "Mientras tanto, usted no llama a nadie.",
  resume: "Volver a atender (F4)",
  resuming: "Volviendo",

  person: "Persona",
  personEmpty: "El nombre aparece aquí cuando usted llame.",
  roles: { party: "Parte", lawyer: "Abogacía", other: "Otra persona" },
  oab: "OAB",
  caseNumber: "Proceso",
  noCase: "Sin número de proceso",
  copy: "Copiar",
  copied: "Copiado",
  notCopied: "Seleccione el número y cópielo.",
  waited: (minutes) => `Esperó ${minutes}`,
  triesBefore: (count) =>
    count === 1 ? "Ya llamamos 1 vez y nadie entró." : `Ya llamamos ${count} veces y nadie entró.`,

  camera: "Cámara y micrófono",
  yourPicture: "Su imagen",
  noCamera: "Sin cámara: quien entre ve su nombre y lo escucha.",
  noDevices: "Sin cámara y sin micrófono: usted atiende por texto.",
  asking: "Responda a la pregunta del navegador, cerca de la dirección.",
  refused: "La cámara está bloqueada. Haga clic en el icono junto a la dirección y permita el uso.",
  microphoneRefused:
    "El micrófono está bloqueado. Haga clic en el icono junto a la dirección y permita el uso.",
  busyDevice: "Otro programa está usando la cámara o el micrófono. Ciérrelo y pruebe de nuevo.",
  noMicrophone: "Sin micrófono: quien entre lo ve, y conversan por texto.",
  change: "Cambiar cámara o micrófono",

  sound: "Sonido cuando alguien llega a la fila vacía",
  soundOff: "Sonido apagado",
  save: "Listo",

  elsewhere: "Su mesa está abierta en otra ventana",
  elsewhereHint: "Solo una ventana atiende a la vez. La otra deja de atender si usa esta.",
  takeOver: "Usar aquí",
  offline: "Sin internet. Su mesa se guarda por un momento. Estamos intentando de nuevo.",
  offlineInCall: "Sin internet con el tribunal. La conversación sigue. Estamos intentando de nuevo.",
  connecting: "Abriendo su mesa",
  refusals: {
    nobody_waiting: "Otra persona ya atendió a quien esperaba. Nadie en la fila ahora.",
    wrong_state: "Esto ya cambió. Vea en la pantalla qué hacer ahora.",
    no_more_time: "El tiempo extra ya fue usado.",
    unit_closed: "Sus unidades están cerradas ahora.",
  },
  somebodyArrived: (count) => (count === 1 ? "Llegó 1 persona a la fila." : `${people(count)} en la fila.`),
};
