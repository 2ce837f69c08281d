/** A ticket that moves to another device and back, and a browser that forgets it. */
export const pt = {
  take: "Levar para outro aparelho",
  title: "Levar a senha para outro aparelho",
  how: "Ou aponte a câmera dele para o desenho. Lá, toque em Trazer para cá.",
  drawing: "Desenho para a câmera do outro aparelho",
  typed: (address: string): readonly [string, string, string] => [
    "No outro aparelho, abra ",
    address,
    " e digite:",
  ],
  left: (seconds: string): string => `Vale por ${seconds}, uma vez só.`,
  over: "Este código venceu. Seu lugar na fila é o mesmo.",
  another: "Gerar outro código",
  making: "Gerando o código…",

  bringTitle: "Trazer sua senha para este aparelho",
  bringHow: "No aparelho em que ela está, toque em Levar para outro aparelho e digite aqui as oito letras.",
  letters: "Código de oito letras",
  lettersMissing: "Digite as oito letras do código.",
  look: "Conferir o código",
  looking: "Conferindo o código…",
  found: (number: string, unit: string): string => `Senha ${number}, ${unit}`,
  foundHow: "A outra tela deixa de acompanhar. O lugar na fila é o mesmo.",
  bring: "Trazer para cá",
  bringing: "Trazendo…",
  unknown: "Este código venceu ou já foi usado. Gere outro no aparelho em que a senha está.",
  own: "Este aparelho já tem uma senha.",
  toOwn: "Ver a senha deste aparelho",

  moved: "Sua senha está em outro aparelho",
  movedHow: (number: string): string => `A senha ${number} continua na fila. Acompanhe por lá.`,
  forgotten: "Este navegador não acompanha mais a senha",
  forgottenHow: "Alguém tocou em Não sou eu em outra janela. Para entrar na fila, pegue outra senha.",
  again: "Pegar outra senha",

  notMe: "Não sou eu",
  notMeTitle: "Esta senha não é sua?",
  notMeHow: "Este navegador deixa de acompanhar a senha. O lugar fica guardado, como o de quem se ausentou.",
  notMeYes: "Não é minha",
  notMeNo: "É minha",
};

export type HandoverWords = typeof pt;
