import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

/** The gateway as a process of its own, on a data folder that outlives its deaths. */
export interface GatewayProcess {
  /** The same over restarts. */
  readonly url: string;
  readonly key: string;
  readonly dataDir: string;
  /** The gateway that does its work, or `null` when it works itself. */
  readonly behind: GatewayProcess | null;
  /** The process that runs now, or `null`. */
  readonly pid: number | null;
  /** Milliseconds from spawn to the printed address, the last start's. */
  readonly startedInMs: number;
  /** Its log and what it complained about, over all starts; the last 64 KiB. */
  readonly output: string;
  /** Kills it as a power cut would; resolves when it is gone. */
  kill9(): Promise<void>;
  /** Asks it to end and waits; gives its exit code. Kills it when it takes too long. */
  stop(): Promise<number | null>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  /** Stops the process in its tracks (SIGSTOP) and lets it go on (SIGCONT). */
  pause(): void;
  resume(): void;
  /** Ends whatever runs and removes the folder. */
  close(): Promise<void>;
}

/** How to run it. */
export interface GatewayProcessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder to use instead of a new one; it is not removed then. */
  readonly dataDir?: string;
  /** Arguments for Node before the program: `--import`, … */
  readonly nodeArguments?: readonly string[];
  /** The tree to run; this one when absent. */
  readonly root?: string;
  /** Whether it works itself even where the suite puts gateways behind gateways. */
  readonly alone?: true;
}

/** What a gateway needs of the one behind it. */
export interface GatewayBehind {
  /** Settings by which that gateway is the only upstream; none when there is none. */
  readonly environment: Readonly<Record<string, string>>;
  readonly gateway: GatewayProcess | null;
  close(): Promise<void>;
}

/**
 * Starts the gateway that does the work, where `VIDGO_TEST_BEHIND` asks for one behind each: the
 * one in front has no engine of its own then.
 */
export async function startGatewayBehind(): Promise<GatewayBehind> {
  if (!process.env.VIDGO_TEST_BEHIND) {
    return { environment: {}, gateway: null, close: async () => {} };
  }
  const gateway = await startGatewayProcess({ alone: true });
  return {
    gateway,
    environment: {
      VIDGO_OFFLINE: "never",
      VIDGO_UPSTREAM_URL: gateway.url,
      VIDGO_UPSTREAM_KEY: gateway.key,
      VIDGO_UPSTREAM_RESUBMIT: "idempotency-key",
    },
    close: () => gateway.close(),
  };
}

const READY_MS = 60_000;
const STOP_MS = 30_000;
const OUTPUT_MAX = 65_536;
const KEY = "test-key-that-is-long-enough-0123456789";
const END_WITH_PARENT = fileURLToPath(new URL("./end-with-parent.ts", import.meta.url));
const ROOT = resolve(import.meta.dirname, "../..");

/** Starts a gateway and waits until it has printed its address. */
export async function startGatewayProcess(
  options: GatewayProcessOptions = {},
): Promise<GatewayProcess> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "vidgo-e2e-")));
  const behind = options.alone === true ? null : await startGatewayBehind();
  const environment = { ...options.environment, ...behind?.environment };
  const port = await freePort();
  const state: State = { child: null, output: "", startedInMs: 0 };
  const start = () => launch(state, { ...options, environment, dataDir, port });
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    key: KEY,
    dataDir,
    behind: behind?.gateway ?? null,
    get pid() {
      return state.child?.pid ?? null;
    },
    get startedInMs() {
      return state.startedInMs;
    },
    get output() {
      return state.output;
    },
    start,
    async kill9() {
      await end(state, "SIGKILL");
    },
    stop: () => end(state, "SIGTERM"),
    pause: () => void state.child?.kill("SIGSTOP"),
    resume: () => void state.child?.kill("SIGCONT"),
    async close() {
      await end(state, "SIGKILL");
      await behind?.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts a gateway that ends with the test. */
export async function tryGatewayProcess(
  context: TestContext,
  options: GatewayProcessOptions = {},
): Promise<GatewayProcess> {
  const gateway = await startGatewayProcess(options);
  context.after(() => gateway.close());
  return gateway;
}

interface State {
  child: ChildProcess | null;
  output: string;
  startedInMs: number;
}

interface Launch extends GatewayProcessOptions {
  readonly dataDir: string;
  readonly port: number;
}

async function launch(state: State, how: Launch): Promise<void> {
  if (state.child !== null) throw new Error("The gateway runs already");
  const startedMs = performance.now();
  const root = how.root ?? ROOT;
  const before = ["--import", END_WITH_PARENT, ...(how.nodeArguments ?? [])];
  const words = [...before, join(root, "src/main.ts"), "serve"];
  const child = spawn(process.execPath, words, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      HOME: how.dataDir,
      HOST: "127.0.0.1",
      PORT: String(how.port),
      VIDGO_DATA_DIR: how.dataDir,
      VIDGO_BOOTSTRAP_KEY: KEY,
      ...how.environment,
    },
  });
  state.child = child;
  const note = (text: string): void => {
    state.output = (state.output + text).slice(-OUTPUT_MAX);
  };
  child.stderr.setEncoding("utf8").on("data", note);
  await ready(child, note).catch(async (error: unknown) => {
    await end(state, "SIGKILL");
    throw new Error(`The gateway did not start: ${error}\n${state.output}`);
  });
  state.startedInMs = performance.now() - startedMs;
}

/** Resolves when the address is printed; the output is read on to the end. */
function ready(child: ChildProcess, note: (text: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address in ${READY_MS} ms`)), READY_MS);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      act();
    };
    child.once("exit", (code, signal) =>
      settle(() => reject(new Error(`it ended with ${code ?? signal}`))),
    );
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("{")) note(`${line}\n`);
      if (/^Vidgo is ready at /.test(line)) settle(resolve);
    });
  });
}

async function end(state: State, signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
  const { child } = state;
  if (child === null) return null;
  if (child.exitCode !== null || child.signalCode !== null) {
    state.child = null;
    return child.exitCode;
  }
  const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  const code = await gone;
  clearTimeout(timer);
  state.child = null;
  return code;
}

/** A port that was free a moment ago; the gateway keeps it over its deaths. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
