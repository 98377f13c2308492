import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Purchase } from "../../test/support/checker.ts";
import type { ChaosOptions } from "./options.ts";

/** The simulator as a process of its own, which nobody kills. */
export interface UpstreamProcess {
  readonly origin: string;
  purchases(): Promise<readonly Purchase[]>;
  close(): Promise<void>;
}

const MAIN = join(import.meta.dirname, "../upstream/main.ts");
const LATENCY_MS = 20;

/** Starts the simulator with its ledger in the folder. Its input is ours: it ends with us. */
export async function startUpstream(
  folder: string,
  options: ChaosOptions,
): Promise<UpstreamProcess> {
  const ledger = join(folder, "ledger.jsonl");
  const mix = Object.entries(options.mix).map(([fate, share]) => `${fate}=${share}`);
  const words = [
    ...["--ledger", ledger, "--files-apart", "--latency", String(LATENCY_MS)],
    ...["--seed", options.seed, "--mix", mix.join(",")],
    // A blind upstream is one that honours no key; only then can a second submit be bought.
    ...["--idempotency", options.provider === "vidgo" ? "on" : "off"],
    // Late, but within the grace: later than that, nobody could tell it from never.
    ...["--late", String(Math.round(options.graceMs / 3))],
  ];
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, "line"), once(lines, "close")]);
  if (line === undefined) throw new Error("The simulator ended before it listened");
  return {
    origin: JSON.parse(line).origin,
    async purchases() {
      const entries = (await readFile(ledger, "utf8")).split("\n").filter((text) => text !== "");
      return entries.map((text) => JSON.parse(text));
    },
    async close() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
