import type { CommonWords } from "~/i18n/common.pt";
import type { Wall } from "~/i18n/time";

const two = (number: number): string => String(number).padStart(2, "0");
const clock = ({ hour, minute }: Pick<Wall, "hour" | "minute">): string => `${hour}:${two(minute)}`;
const theClock = (at: Wall): string => {
  if (at.hour === 0 && at.minute === 0) return "la medianoche";
  return `${at.hour === 1 ? "la" : "las"} ${clock(at)}`;
};

const WEEKDAYS = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"] as const;

const seconds = (count: number): string => (count === 1 ? "1 segundo" : `${count} segundos`);
const minutes = (count: number): string => (count === 1 ? "1 minuto" : `${count} minutos`);
const duration = (total: number): string => {
  if (total < 60) return minutes(total);
  const hours = Math.floor(total / 60);
  const rest = total % 60;
  const spelled = hours === 1 ? "1 hora" : `${hours} horas`;
  return rest === 0 ? spelled : `${spelled} y ${minutes(rest)}`;
};

export const common: CommonWords = {
  product: "Mostrador Virtual",
  language: "Idioma",
  help: "Ayuda",
  close: "Cerrar",
  back: "Volver",
  cancel: "Cancelar",
  tryAgain: "Intentar de nuevo",
  refusals: {
    unit_unknown: "No encontramos esta unidad. Revise la dirección o elija en la lista.",
    ticket_unknown: "Este turno ya no existe. Tome otro.",
    call_unknown: "Esta atención ya terminó.",
    attendant_unknown: "No encontramos a esta persona.",
    receipt_unknown: "No encontramos este comprobante. Revise el código.",
    invitation_unknown: "Esta invitación venció o ya se usó. Pida otra a quien atiende.",
    handover_unknown: "Este código venció o ya se usó.",
    ticket_exists: "Usted ya tiene un turno. Sigue siendo válido.",
    wrong_state: "Esto ya cambió. Revise lo que dice la pantalla.",
    stale_rev: "Esto ya cambió. Revise lo que dice la pantalla.",
    stale_fence: "Esto ya cambió. Revise lo que dice la pantalla.",
    desk_elsewhere: "Su mesa está abierta en otra ventana.",
    request_reused: "Revise e intente de nuevo.",
    not_available: "Póngase disponible antes de llamar.",
    not_active_page: "Su turno está abierto en otra ventana.",
    not_waiting: "Esa persona ya no está en la fila. Elija otra.",
    not_asked: "Ya no hace falta: otra persona entró o se acabó el tiempo.",
    unit_closed: "La unidad está cerrada ahora.",
    unit_closing:
      "Hoy ya no alcanza el tiempo para todos los que están en la fila. Vuelva el próximo día de atención.",
    unit_suspended: "La unidad dejó de dar turnos por ahora. Vea en esta página hasta cuándo.",
    unit_full: "La fila está completa ahora. Intente en un rato o llame a la unidad.",
    too_many_transfers: "Esta persona ya pasó por tres unidades. Resuelva aquí o acuerde un regreso.",
    call_full: "Ya hay cuatro personas en esta atención.",
    colleague_busy: "Esa persona no puede venir ahora. Vea quién está libre.",
    no_interpreter:
      "Ningún intérprete de Libras está libre ahora. Intente de nuevo en unos minutos, o invite por una dirección.",
    no_call_there: "Ninguna atención de esa unidad necesita intérprete ahora.",
    unit_unattended: "Nadie está atendiendo en esa unidad ahora.",
    nobody_waiting: "Nadie en la fila.",
    too_late: "El plazo para volver terminó. Puede tomar otro turno.",
    no_more_time: "El tiempo extra ya se usó.",
    not_yours: "Este turno es de otra persona.",
    not_member: "Esta atención es de otras personas.",
    not_your_unit: "Usted no atiende esta unidad.",
    sign_in_wrong: "Revise el nombre de acceso y la contraseña.",
    role_missing: "Su acceso no incluye esta página.",
    no_permission: "Su acceso no permite llamar fuera del orden.",
    too_many_joins:
      "Salieron muchos turnos de este mismo lugar. Intente en unos minutos o llame a la unidad.",
    too_many_attempts: "Muchos intentos. Espere unos minutos e intente de nuevo.",
    call_log_full: "Esta conversación se hizo muy larga. Acuerde con quien atiende cómo seguir.",
    name_missing: "Escriba cómo quiere que le llamen.",
    case_number_wrong:
      "Revise el número: algún dígito no coincide. Ejemplo: 0000001-44.2021.8.11.0041. Puede dejarlo en blanco.",
    oab_wrong: "Revise la OAB: estado y número. Ejemplo: MT 12345.",
    terms_missing: "Marque que entendió, para entrar en la fila.",
    store_away: "El sistema no respondió. Nada se perdió.",
    store_full: "El sistema está lleno ahora. Intente en un rato o llame a la unidad.",
    bad_message: "Esta página quedó antigua. Ábrala de nuevo.",
    too_large: "El texto es demasiado largo. Divídalo en partes.",
    too_many_messages: "Muy rápido. Espere un momento e intente de nuevo.",
    no_session: "Su acceso terminó. Abra la página de nuevo.",
    foreign_origin: "Abra esta página desde la dirección del tribunal.",
    other_role: "Su acceso no incluye esto.",
    foreign_service: "Este navegador usa un servicio de notificaciones que no conocemos.",
    check_over: "Esta prueba ya terminó. Empiece otra.",
    not_found: "No encontramos lo que busca.",
    starting: "El sistema está abriendo. Intente en un rato.",
    no_answer: "El sistema no respondió. Nada se perdió.",
  },
  clock,
  seconds,
  minutes,
  duration,
  zone: (zone) => `(hora de ${zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ")})`,
  moment: (at, days) => {
    const day = WEEKDAYS[at.weekday] ?? "";
    if (days === 0) return `hoy a ${theClock(at)}`;
    if (days === 1) return `mañana, ${day}, a ${theClock(at)}`;
    return `${day} ${two(at.day)}/${two(at.month)} a ${theClock(at)}`;
  },
  until: (at) => theClock(at),
  at: (at) => `a ${theClock(at)}`,
  date: (at) => `${two(at.day)}/${two(at.month)}/${at.year}`,
};
