import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { LedgerEntry } from "./ledger.ts";
import { type Simulator, startSimulator } from "./simulator.ts";
import type { SimulatorOptions } from "./world.ts";

/** A simulator inside a test, with a ledger that can be read. */
export interface SimulatorRig {
  readonly simulator: Simulator;
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Sends JSON with a key that every dialect accepts, and gives what came back. */
  call(path: string, options?: CallOptions): Promise<Answer>;
}

/** What a call may carry. */
export interface CallOptions {
  readonly method?: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: FormData;
  readonly timeoutMs?: number;
}

/** An answer, or `null` as its status when none came. */
export interface Answer {
  readonly status: number | null;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The body as JSON, `undefined` when it is none. Typed loosely: tests look into it. */
  readonly json: ReturnType<typeof JSON.parse>;
}

/** Starts a simulator that ends with the test. */
export async function trySimulator(
  context: TestContext,
  options: Partial<SimulatorOptions> = {},
): Promise<SimulatorRig> {
  const folder = await mkdtemp(join(tmpdir(), "vidgo-upstream-"));
  const ledgerPath = join(folder, "ledger.jsonl");
  const simulator = await startSimulator({
    port: 0,
    ledgerPath,
    seed: "1",
    mix: {},
    workMs: { min: 0, max: 0 },
    latencyMs: 0,
    lateMs: 50,
    idempotency: true,
    list: true,
    reference: true,
    filesApart: false,
    ...options,
  });
  context.after(async () => {
    await simulator.close();
    await rm(folder, { recursive: true });
  });
  return {
    simulator,
    async ledger() {
      const text = await readFile(ledgerPath, "utf8");
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line));
    },
    call: (path, how = {}) => send(new URL(path, simulator.origin), how),
  };
}

async function send(url: URL, how: CallOptions): Promise<Answer> {
  const scheme = url.pathname.startsWith("/fal-ai/") ? "Key" : "Bearer";
  const json = how.json === undefined ? {} : { "content-type": "application/json" };
  const body = how.json === undefined ? how.body : JSON.stringify(how.json);
  try {
    const response = await fetch(url, {
      method: how.method ?? (body === undefined ? "GET" : "POST"),
      redirect: "manual",
      headers: { authorization: `${scheme} k`, ...json, ...how.headers },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(how.timeoutMs ?? 5_000),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes, json: parsed(bytes) };
  } catch {
    return { status: null, headers: new Headers(), bytes: Buffer.alloc(0), json: undefined };
  }
}

function parsed(bytes: Buffer): Answer["json"] {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
