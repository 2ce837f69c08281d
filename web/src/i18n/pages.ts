/** What a page says before its script runs, or where it cannot: put into the HTML by `tools/page_words.ts`. */
export const pages = {
  visitor: {
    title: "Balcão Virtual",
    description: "Fale por vídeo com a secretaria de uma unidade do tribunal. Sem instalar nada.",
    opening: "Abrindo o balcão…",
    old: "Se nada aparecer, este navegador é antigo. Atualize-o, use outro ou ligue para a unidade.",
    noScript: "Esta página precisa de JavaScript. Ative-o no navegador ou ligue para a unidade.",
  },
  attendant: { title: "Atendimento · Balcão Virtual", opening: "Abrindo a mesa…" },
  supervisor: { title: "Painel · Balcão Virtual", opening: "Abrindo o painel…" },
  interpreter: { title: "Libras · Balcão Virtual", opening: "Abrindo a página…" },
  panel: { title: "Senhas · Balcão Virtual", opening: "Abrindo o painel…" },
} as const;
