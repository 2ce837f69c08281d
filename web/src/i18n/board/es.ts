import type { BoardWords } from "~/i18n/board/pt";

const people = (count: number): string => (count === 1 ? "1 persona" : `${count} personas`);

export const es: BoardWords = {
  title: "Tablero de las unidades",
  pageTitle: (needing) => (needing === 0 ? "Tablero" : `(${needing}) Tablero`),
  needing: (count) => (count === 1 ? "1 unidad necesita atención" : `${count} unidades necesitan atención`),
  allWell: (count) =>
    count === 1 ? "Todo en orden en la unidad." : `Todo en orden en las ${count} unidades.`,
  noUnits: "Este tribunal aún no tiene unidades.",
  unattended: (since, waiting) =>
    `Abierta hace ${since} sin nadie que atienda. ${waiting === 0 ? "Nadie espera." : `${people(waiting)} en espera.`}`,
  unattendedNow: (waiting) => `Abierta sin nadie que atienda. ${people(waiting)} en espera.`,
  longWait: (wait) => `Una persona espera hace ${wait}.`,
  opens: (moment) => `Abre ${moment}.`,

  columns: {
    standing: "Situación",
    unit: "Unidad",
    waiting: "En la fila",
    longest: "Mayor espera",
    attendants: "Quienes atienden",
    served: "Atendidas hoy",
    left: "Salieron hoy",
    phone: "Teléfono",
  },
  standings: {
    unattended_waiting: "Sin atención",
    unattended: "Sin atención",
    long_wait: "Espera larga",
    suspended: "Turnos suspendidos",
    attending: "Atendiendo",
    nobody_yet: "Abierta",
    closed: "Cerrada",
  },
  away: (count) => (count === 1 ? "+1 ausente" : `+${count} ausentes`),
  outOfOrder: (count) => `${count} fuera del orden`,
  none: "–",
  minutes: (count) =>
    count < 60 ? `${count} min` : `${Math.floor(count / 60)}h${String(count % 60).padStart(2, "0")}`,

  free: (count) => (count === 1 ? "1 libre" : `${count} libres`),
  calling: (count) => `${count} llamando`,
  inCall: (count) => `${count} atendiendo`,
  wrapUp: (count) => `${count} concluyendo`,
  helping: (count) => `${count} ayudando`,
  paused: (count) => `${count} en pausa`,
  nobodyHere: "nadie",
  showNames: (unit) => `Mostrar quienes atienden: ${unit}`,
  hideNames: (unit) => `Ocultar quienes atienden: ${unit}`,
  doing: {
    free: "libre",
    calling: "llamando",
    in_call: "atendiendo",
    wrap_up: "concluyendo",
    helping: "en la atención de colega",
    paused: (reason) => `en pausa: ${reason.toLowerCase()}`,
    offline: "sin atender",
  },
  since: (time) => `hace ${time}`,

  totals: "Totales del tribunal",
  totalWaiting: "en la fila",
  totalAttending: (count) => (count === 1 ? "atiende" : "atienden"),
  totalInCall: "en atención",
  totalServed: (count) => (count === 1 ? "atendida hoy" : "atendidas hoy"),
  totalRefused: (count) => (count === 1 ? "se quedó sin turno hoy" : "se quedaron sin turno hoy"),
  totalFree: ({ free, helping }) =>
    `${free === 1 ? "intérprete de Libras libre" : "intérpretes de Libras libres"}${helping === 0 ? "" : `, ${helping} en atención`}`,
  refused: (count) => `${count} sin turno`,
  flood: {
    joins: (network, count) => `El lugar ${network} pidió ${count} turnos en 10 minutos y fue limitado.`,
    sign_ins: (network, count) =>
      `El lugar ${network} intentó entrar ${count} veces en 15 minutos y fue limitado.`,
  },
  floodUntil: (time) => `El límite acaba en ${time}.`,
  floodClear: "Liberar ahora",
  totalLeft: (count) => (count === 1 ? "salió hoy" : "salieron hoy"),

  cancelled: (count) => (count === 1 ? "1 cancelada" : `${count} canceladas`),
  line: "Ver la fila",
  lineOf: (unit) => `Fila: ${unit}`,
  lineEmpty: "Nadie en la fila.",
  lineAway: "ausente",
  lineTier: "Prioridad",
  lineRemove: "Cerrar",

  signOut: "Terminar acceso",
  signingOut: "Terminando",
  signOutTitle: (name) => `¿Terminar el acceso de ${name}?`,
  signOutIdle: (name) => `${name} deja de atender y tiene que entrar de nuevo.`,
  signOutCalling: "El turno que está sonando vuelve a ser el primero de la fila.",
  signOutInCall: (name) => `La atención en curso termina. Llame antes a ${name}, si puede.`,

  offline: "Sin internet. Lo que ve se detuvo en el tiempo. Estamos intentando de nuevo.",
  connecting: "Abriendo el tablero",
};
