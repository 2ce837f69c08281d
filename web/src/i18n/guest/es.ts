import type { GuestWords } from "~/i18n/guest/pt";

export const es: GuestWords = {
  kinds: {
    companion: "Acompañante",
    interpreter: "Intérprete de Libras",
    colleague: "Colega de la unidad",
  },
  left: {
    left: "Usted salió de la atención. Sigue sin usted.",
    dismissed: "Quien atiende terminó su participación.",
    gone: "Su internet se cortó y usted quedó fuera de la atención. Abra otra vez la invitación para volver.",
    over: "La atención terminó. Puede cerrar esta página.",
  },
  title: "Invitación",
  opening: "Abriendo la invitación…",
  from: (name, unit) => `${name}, ${unit}, le invita a una atención por video.`,
  as: (kind) => `Usted entra como: ${kind}.`,
  name: "Su nombre",
  nameHow: "Quienes están en la atención ven este nombre.",
  nameMissing: "Escriba su nombre.",
  enter: "Entrar en la atención",
  entering: "Entrando…",
  overTitle: "Fuera de la atención",
  again: "Intentar de nuevo",
  mirror: "La atención está abierta en otra ventana de este navegador.",
  here: "Continuar aquí",
  held: "En espera",
  heldHow: "La atención está en espera. Nadie le ve ni le oye ahora.",
  interrupted: "La internet de alguien se cortó. Esperamos que vuelva.",
  cut: "Su internet se cortó. Intentamos volver a la atención.",

  invite: "Invitar a otra persona",
  inviteWho: "¿Quién entra en la atención?",
  inviteHow:
    "La invitación vale para una persona, una sola vez, por 10 minutos. Pida antes el acuerdo de la persona atendida.",
  linkOf: (kind) => `Invitación: ${kind}`,
  linkHow: "Envíe la dirección, o muestre el dibujo a la cámara del otro aparato.",
  drawing: "Dibujo de la invitación, para la cámara del otro aparato",
  copy: "Copiar la dirección",
  copied: "Dirección copiada",
  inCall: "En la atención",
  dismiss: (name) => `Retirar a ${name}`,
};
