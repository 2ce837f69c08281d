/** What those who work at the court read before they are at their page: sign-in, and why it is asked again. */
export const pt = {
  attendant: "Atendimento",
  supervisor: "Painel das unidades",
  login: "Nome de acesso",
  password: "Senha de acesso",
  signIn: "Entrar",
  signingIn: "Entrando",
  signOut: "Sair",
  show: "Mostrar senha",
  hide: "Esconder senha",
  loginMissing: "Escreva seu nome de acesso.",
  passwordMissing: "Escreva sua senha de acesso.",
  forgotten: "Esqueceu a senha? Fale com quem cuida dos acessos no tribunal.",
  finding: "Abrindo",
  tooMany: (wait: string): string => `Muitas tentativas. Espere ${wait} e tente de novo.`,
  why: {
    signed_out:
      "Seu acesso foi encerrado aqui, em outra janela ou pela supervisão. Entre de novo para continuar.",
    session_over: "Seu acesso terminou. Entre de novo para continuar.",
  },
  offline: "Sem internet. Estamos tentando de novo.",
  offlineNow: "Tentar agora",
};

export type StaffWords = typeof pt;
