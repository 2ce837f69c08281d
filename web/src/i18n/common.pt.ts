import type { AnyCode } from "~/transport/http";
import type { Wall } from "~/i18n/time";

const two = (number: number): string => String(number).padStart(2, "0");

/** 14h05, 18h */
const clock = ({ hour, minute }: Pick<Wall, "hour" | "minute">): string =>
  minute === 0 ? `${hour}h` : `${hour}h${two(minute)}`;

/** With its article, after "a" and "até": "as 18h", "a 1h", "a meia-noite". */
const theClock = (at: Wall): string => {
  if (at.hour === 0 && at.minute === 0) return "a meia-noite";
  return `${at.hour === 1 ? "a" : "as"} ${clock(at)}`;
};
const atClock = (at: Wall): string => theClock(at).replace("a", "à");

const WEEKDAYS = [
  "domingo",
  "segunda-feira",
  "terça-feira",
  "quarta-feira",
  "quinta-feira",
  "sexta-feira",
  "sábado",
] as const;

const ZONES: Readonly<Record<string, string>> = {
  "America/Cuiaba": "Cuiabá",
  "America/Sao_Paulo": "Brasília",
  "America/Campo_Grande": "Campo Grande",
  "America/Manaus": "Manaus",
  "America/Porto_Velho": "Porto Velho",
  "America/Boa_Vista": "Boa Vista",
  "America/Rio_Branco": "Rio Branco",
  "America/Belem": "Belém",
  "America/Santarem": "Santarém",
  "America/Araguaina": "Palmas",
  "America/Fortaleza": "Fortaleza",
  "America/Recife": "Recife",
  "America/Maceio": "Maceió",
  "America/Bahia": "Salvador",
  "America/Noronha": "Fernando de Noronha",
};

const seconds = (count: number): string => (count === 1 ? "1 segundo" : `${count} segundos`);
const minutes = (count: number): string => (count === 1 ? "1 minuto" : `${count} minutos`);

/** Ten minutes, an hour, an hour and ten: how long, in words. */
const duration = (total: number): string => {
  if (total < 60) return minutes(total);
  const hours = Math.floor(total / 60);
  const rest = total % 60;
  const spelled = hours === 1 ? "1 hora" : `${hours} horas`;
  return rest === 0 ? spelled : `${spelled} e ${minutes(rest)}`;
};

const refusals: Record<AnyCode, string> = {
  unit_unknown: "Não encontramos esta unidade. Confira o endereço ou escolha na lista.",
  ticket_unknown: "Esta senha não existe mais. Pegue outra.",
  call_unknown: "Este atendimento já terminou.",
  attendant_unknown: "Não encontramos esta pessoa.",
  receipt_unknown: "Não encontramos este comprovante. Confira o código.",
  invitation_unknown: "Este convite venceu ou já foi usado. Peça outro a quem atende.",
  handover_unknown: "Este código venceu ou já foi usado.",
  ticket_exists: "Você já tem uma senha. Ela continua valendo.",
  wrong_state: "Isto já mudou. Confira a situação na tela.",
  stale_rev: "Isto já mudou. Confira a situação na tela.",
  stale_fence: "Isto já mudou. Confira a situação na tela.",
  desk_elsewhere: "Sua mesa está aberta em outra janela.",
  request_reused: "Confira e tente de novo.",
  not_available: "Fique disponível antes de chamar.",
  not_active_page: "Sua senha está aberta em outra janela.",
  not_waiting: "Essa pessoa não está mais na fila. Escolha outra.",
  not_asked: "Já não é preciso: outra pessoa entrou ou o tempo acabou.",
  unit_closed: "A unidade está fechada agora.",
  unit_closing:
    "Não há mais tempo hoje para todos os que já estão na fila. Volte no próximo dia de atendimento.",
  unit_suspended: "A unidade parou de dar senhas por enquanto. Confira nesta página até quando.",
  unit_full: "A fila está completa agora. Tente daqui a pouco ou ligue para a unidade.",
  too_many_transfers: "Esta pessoa já passou por três unidades. Resolva aqui ou combine um retorno.",
  call_full: "Já há quatro pessoas neste atendimento.",
  colleague_busy: "Essa pessoa não pode vir agora. Veja quem está livre.",
  no_interpreter:
    "Nenhum intérprete de Libras está livre agora. Tente de novo em alguns minutos, ou convide por um endereço.",
  no_call_there: "Nenhum atendimento dessa unidade precisa de intérprete agora.",
  unit_unattended: "Ninguém está atendendo naquela unidade agora.",
  nobody_waiting: "Ninguém na fila.",
  too_late: "O prazo para voltar terminou. Você pode pegar outra senha.",
  no_more_time: "O tempo extra já foi usado.",
  not_yours: "Esta senha é de outra pessoa.",
  not_member: "Este atendimento é de outras pessoas.",
  not_your_unit: "Você não atende esta unidade.",
  sign_in_wrong: "Confira o nome de acesso e a senha.",
  role_missing: "Seu acesso não inclui esta página.",
  no_permission: "Seu acesso não permite chamar fora da ordem.",
  too_many_joins:
    "Muitas senhas saíram deste mesmo lugar. Tente daqui a alguns minutos ou ligue para a unidade.",
  too_many_attempts: "Muitas tentativas. Espere alguns minutos e tente de novo.",
  call_log_full: "Esta conversa ficou longa demais. Combine a continuação com quem atende.",
  name_missing: "Escreva como quer que chamem você.",
  case_number_wrong:
    "Confira o número: algum dígito não bate. Exemplo: 0000001-44.2021.8.11.0041. Se preferir, deixe em branco.",
  oab_wrong: "Confira a OAB: estado e número. Exemplo: MT 12345.",
  terms_missing: "Marque que você entendeu, para entrar na fila.",
  store_away: "O sistema não respondeu. Nada se perdeu.",
  store_full: "O sistema está cheio agora. Tente daqui a pouco ou ligue para a unidade.",
  bad_message: "Esta página ficou antiga. Abra de novo.",
  too_large: "O texto ficou longo demais. Divida em partes.",
  too_many_messages: "Muito rápido. Espere um instante e tente de novo.",
  no_session: "Seu acesso terminou. Abra a página de novo.",
  foreign_origin: "Abra esta página pelo endereço do tribunal.",
  other_role: "Seu acesso não inclui isto.",
  foreign_service: "Este navegador usa um serviço de notificações que não conhecemos.",
  check_over: "Este teste já terminou. Comece outro.",
  not_found: "Não encontramos o que você procura.",
  starting: "O sistema está abrindo. Tente daqui a pouco.",
  no_answer: "O sistema não respondeu. Nada se perdeu.",
};

/** Words that every page needs. */
export const common = {
  product: "Balcão Virtual",
  language: "Idioma",
  help: "Ajuda",
  close: "Fechar",
  back: "Voltar",
  cancel: "Cancelar",
  tryAgain: "Tentar de novo",
  refusals,

  clock,
  seconds,
  minutes,
  duration,
  /** "(horário de Cuiabá)" */
  zone: (zone: string): string =>
    `(horário de ${ZONES[zone] ?? zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ")})`,
  /** "hoje às 12h", "amanhã, terça-feira, às 12h", "segunda-feira, 30/11, às 12h" */
  moment: (at: Wall, days: number): string => {
    const hour = atClock(at);
    const day = WEEKDAYS[at.weekday] ?? "";
    if (days === 0) return `hoje ${hour}`;
    if (days === 1) return `amanhã, ${day}, ${hour}`;
    return `${day}, ${two(at.day)}/${two(at.month)}, ${hour}`;
  },
  /** "as 18h", after "até" */
  until: theClock,
  /** "às 14h02" */
  at: atClock,
  date: (at: Wall): string => `${two(at.day)}/${two(at.month)}/${at.year}`,
};

export type CommonWords = typeof common;
