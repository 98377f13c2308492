import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/**
 * Compares a value with `test/golden/<name>.golden.json`. With `VIDGO_GOLDEN=write` the file is
 * written instead, to be looked at before it is committed.
 */
export function matchGolden(name: string, value: unknown): void {
  const path = new URL(`../golden/${name}.golden.json`, import.meta.url);
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (process.env.VIDGO_GOLDEN === "write") writeFileSync(path, text);
  assert.ok(existsSync(path), `${name}.golden.json is missing; write it with VIDGO_GOLDEN=write`);
  assert.deepEqual(JSON.parse(text), JSON.parse(readFileSync(path, "utf8")), name);
}
