import { createRequire } from "node:module";
import type { Ajv2020 } from "ajv/dist/2020.js";

/**
 * The judge of JSON schemas (draft 2020-12), read when it is first needed: its hundred modules are
 * a tenth of what an idle gateway would hold.
 */
export function loadAjv(): typeof Ajv2020 {
  const loaded: { readonly Ajv2020: typeof Ajv2020 } = createRequire(import.meta.url)(
    "ajv/dist/2020.js",
  );
  return loaded.Ajv2020;
}
