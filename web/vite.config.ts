import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { precompress } from "./tools/precompress.ts";

const here = import.meta.dirname;
const page = (name: string): string => resolve(here, `${name}.html`);

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
        input: states
          ? { states: page("states") }
          : {
              index: page("index"),
              attendant: page("attendant"),
              supervisor: page("supervisor"),
              panel: page("panel"),
              sw: resolve(here, "src/worker/sw.ts"),
            },
        output: {
          // The service worker's address is its scope and must not change with its content.
          entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        },
      },
    },
    plugins: states ? [] : [precompress()],
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
