// Writes the pages that are made from code, or finds those that are stale.
//
//   node tools/generate-docs.ts [--check]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CONFIG_SCHEMA } from "../src/config/config-schema.ts";
import { accessPage } from "./documents/access.ts";
import { inputTypes } from "./documents/client-inputs.ts";
import { configPage } from "./documents/config.ts";
import { errorsPage } from "./documents/errors.ts";
import { lifecyclePage } from "./documents/lifecycle.ts";
import { modelsPage } from "./documents/models.ts";
import { providersPage } from "./documents/providers.ts";

const PAGES: Readonly<Record<string, () => string>> = {
  "docs/lifecycle.md": lifecyclePage,
  "docs/reference/auth.md": accessPage,
  "docs/reference/config.md": configPage,
  "docs/reference/vidgo.config.schema.json": () => `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`,
  "docs/reference/errors.md": errorsPage,
  "docs/reference/models.md": modelsPage,
  "docs/reference/providers.md": providersPage,
  "src/client/inputs/image.ts": () => inputTypes("image"),
  "src/client/inputs/music.ts": () => inputTypes("music"),
  "src/client/inputs/video.ts": () => inputTypes("video"),
};

process.exitCode = main(process.argv.includes("--check"));

function main(check: boolean): number {
  const root = resolve(import.meta.dirname, "..");
  const stale = Object.entries(PAGES).flatMap(([path, page]) => {
    const target = resolve(root, path);
    const text = page();
    return existsSync(target) && readFileSync(target, "utf8") === text
      ? []
      : [{ path, target, text }];
  });
  for (const { path, target, text } of stale) {
    process.stdout.write(check ? `${path} is stale: npm run docs\n` : `${path} written\n`);
    if (check) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return check && stale.length > 0 ? 1 : 0;
}
