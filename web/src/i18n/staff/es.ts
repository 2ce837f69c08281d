import type { StaffWords } from "~/i18n/staff/pt";

export const es: StaffWords = {
  attendant: "Atención",
  supervisor: "Tablero de las unidades",
  login: "Nombre de acceso",
  password: "Contraseña",
  signIn: "Entrar",
  signingIn: "Entrando",
  signOut: "Salir",
  show: "Mostrar contraseña",
  hide: "Ocultar contraseña",
  loginMissing: "Escriba su nombre de acceso.",
  passwordMissing: "Escriba su contraseña.",
  forgotten: "¿Olvidó la contraseña? Hable con quien cuida los accesos en el tribunal.",
  finding: "Abriendo",
  tooMany: (wait) => `Muchos intentos. Espere ${wait} e intente de nuevo.`,
  why: {
    signed_out:
      "Su acceso fue cerrado aquí, en otra ventana o por la supervisión. Entre de nuevo para continuar.",
    session_over: "Su acceso terminó. Entre de nuevo para continuar.",
  },
  offline: "Sin internet. Estamos intentando de nuevo.",
  offlineNow: "Intentar ahora",

  tier: {
    do: "Corregir la prioridad",
    title: "Corregir la prioridad",
    how: "La hora de llegada sigue valiendo. La persona lee que cambió.",
    which: "Prioridad correcta",
    tiers: { 0: "80 años o más", 1: "Preferencial", 2: "Donación de sangre", 3: "Sin prioridad" },
    why: "Por qué",
    reasons: {
      undeclared: "La persona no lo había dicho",
      mistaken: "La persona lo marcó por error",
      document: "El documento muestra otra cosa",
    },
    confirm: "Corregir",
  },
  remove: {
    do: "Cerrar el turno",
    title: (number) => `¿Cerrar el turno ${number}?`,
    how: "La persona sale de la fila y lee el motivo, el contacto de la unidad y el de la defensoría.",
    reasons: {
      conduct: "Comportamiento",
      duplicate: "Turno repetido",
      test: "Turno de prueba",
      other: "Otro motivo",
    },
  },

  suspend: {
    do: "Suspender turnos nuevos",
    title: "¿Suspender turnos nuevos?",
    how: "Quien ya está en la fila sigue. Nadie más toma turno hasta que se retome.",
    unit: "Unidad",
    message: "Lo que van a leer las personas",
    messageHint: "Ejemplo: El sistema del juzgado no funciona.",
    messageMissing: "Escriba el motivo, en pocas palabras.",
    alternative: "Lo que pueden hacer, si hay algo",
    alternativeHint: "Ejemplo: Escriba al correo de la unidad.",
    lasts: "Hasta cuándo",
    lastsFor: {
      open: "Hasta que alguien retome",
      "30": "Por 30 minutos",
      "60": "Por 1 hora",
      "120": "Por 2 horas",
    },
    confirm: "Suspender",
    resume: "Volver a dar turnos",
    told: (message) => `Turnos nuevos suspendidos. ${message}`,
    toldUntil: (moment, message) => `Turnos nuevos suspendidos hasta ${moment}. ${message}`,
  },
};
