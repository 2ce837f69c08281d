import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { pageWords } from "./tools/page_words.ts";
import { precompress } from "./tools/precompress.ts";

const here = import.meta.dirname;
/** `npm run build:states`: the gallery of states, for people and screenshots; never part of what ships. */
const STATES: Record<string, string> = { states: resolve(here, "states.html") };

const PAGES: Record<string, string> = {
  index: resolve(here, "index.html"),
  attendant: resolve(here, "attendant.html"),
  supervisor: resolve(here, "supervisor.html"),
  interpreter: resolve(here, "interpreter.html"),
  panel: resolve(here, "panel.html"),
  sw: resolve(here, "src/worker/sw.ts"),
};

/** Where `npm run dev` finds the counter; `make run` prints its port. */
const server = process.env["BALCAO_DEV_SERVER"] ?? "http://127.0.0.1:8080";

export default defineConfig(({ mode }) => {
  const states = mode === "states";
  return {
    root: here,
    resolve: { alias: { "~": resolve(here, "src") } },
    build: {
      outDir: states ? resolve(here, "dist-states") : resolve(here, "../signaling/static"),
      emptyOutDir: true,
      target: ["chrome90", "firefox90", "safari15"],
      // Strict CSP: nothing may be inlined, neither as a script nor as a data: address.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: states ? STATES : PAGES,
        output: {
          // The service worker's address is its scope and must not change with its content.
          entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        },
      },
    },
    plugins: states ? [pageWords()] : [pageWords(), precompress()],
    server: {
      host: "127.0.0.1",
      proxy: {
        "/api": server,
        "/theme.css": server,
        "/socket.io": { target: server, ws: true },
      },
    },
    test: { include: ["src/**/*.test.ts"], environment: "node", restoreMocks: true },
  };
});
