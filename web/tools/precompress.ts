import { promises as fs } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

const COMPRESSIBLE = /\.(?:js|css|html|svg|webmanifest|json)$/;

/** Writes `.br` and `.gz` beside every text file of the build, so that the server compresses nothing while people wait. */
export function precompress(): Plugin {
  let outDir = "";
  return {
    name: "balcao:precompress",
    apply: "build",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async closeBundle() {
      const names = await fs.readdir(outDir, { recursive: true });
      await Promise.all(
        names
          .filter((name) => COMPRESSIBLE.test(name))
          .map(async (name) => {
            const path = join(outDir, name);
            const text = await fs.readFile(path);
            await fs.writeFile(
              `${path}.br`,
              await brotli(text, {
                params: {
                  [constants.BROTLI_PARAM_QUALITY]: 11,
                  [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
                },
              }),
            );
            await fs.writeFile(`${path}.gz`, await gz(text, { level: 9 }));
          }),
      );
    },
  };
}
