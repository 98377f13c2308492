import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startReceiver } from "../support/receiver.ts";
import { LEASE_MS, type NodeReport, type NodeSetup } from "./node-setup.ts";
import type { CrashPoint, Fault } from "./points.ts";
import { startUpstream } from "./upstream.ts";

/** One cell of the table. */
export interface Case {
  readonly point: CrashPoint;
  readonly fault: Fault;
  /** A PostgreSQL of its own, or `null` for SQLite. */
  readonly databaseUrl: string | null;
}

/** What became of it, by witnesses outside the process that was struck. */
export interface CaseResult {
  readonly report: NodeReport;
  /** Whether the fault was met at all: a case whose point is never passed proves nothing. */
  readonly struck: boolean;
  readonly purchases: number;
  /** Different bodies that the receiver got: one event has one body. */
  readonly bodies: number;
}

const LIMIT_MS = 45_000;

/** Leads one task through its life with a fault on the way, until everything is at rest. */
export async function runCase(test: Case): Promise<CaseResult> {
  const { scenario, tap } = test.point;
  const root = await mkdtemp(join(tmpdir(), "vidgo-failpoint-"));
  const upstream = await startUpstream({
    end: scenario === "fail" ? "failed" : "completed",
    dropsAnswers: scenario === "lost-answer",
  });
  const receiver = await startReceiver();
  const nodes: Node[] = [];
  const setup = (name: string): NodeSetup => ({
    name,
    dataDir: join(root, name),
    filesDir: join(root, "files"),
    databaseUrl: test.databaseUrl,
    upstreamUrl: upstream.url,
    callbackUrl: receiver.url,
    scenario,
    armed: null,
  });
  const lost: string[] = [];
  upstream.onLost((marker) => {
    lost.push(marker);
    for (const node of nodes) node.tell(marker);
  });
  try {
    const first = startNode({ ...setup("a"), armed: { tap, fault: test.fault } });
    nodes.push(first);
    const report = await leadToRest(test, { first, setup, nodes, lost });
    const bodies = new Set(receiver.received.map(({ body }) => body));
    const { purchases } = upstream;
    return { report, struck: first.struck, purchases: purchases.length, bodies: bodies.size };
  } finally {
    for (const node of nodes) node.kill();
    await upstream.close();
    await receiver.close();
    await rm(root, { recursive: true, force: true });
  }
}

interface World {
  readonly first: Node;
  readonly setup: (name: string) => NodeSetup;
  readonly nodes: Node[];
  readonly lost: readonly string[];
}

async function leadToRest(test: Case, world: World): Promise<NodeReport> {
  const { first, setup, nodes, lost } = world;
  const endMs = Date.now() + LIMIT_MS;
  let successor: Node | null = null;
  let awakeAtMs: number | null = null;
  while (Date.now() < endMs) {
    const done = nodes.find(({ report }) => report !== null);
    if (done?.report != null) return done.report;
    if (first.exited && successor === null) {
      // On SQLite the same folder is opened again; on PostgreSQL another node takes over.
      successor = startNode(setup(test.databaseUrl === null ? "a" : "b"));
      nodes.push(successor);
      for (const marker of lost) successor.tell(marker);
    }
    if (test.fault === "pause" && first.struck && awakeAtMs === null) {
      if (test.databaseUrl !== null) {
        successor = startNode(setup("b"));
        nodes.push(successor);
        for (const marker of lost) successor.tell(marker);
      }
      awakeAtMs = Date.now() + 2 * LEASE_MS;
    }
    if (awakeAtMs !== null && Date.now() >= awakeAtMs) {
      first.wake();
      awakeAtMs = Number.POSITIVE_INFINITY;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Nothing came to rest within ${LIMIT_MS} ms`);
}

interface Node {
  readonly struck: boolean;
  readonly exited: boolean;
  readonly report: NodeReport | null;
  tell(line: string): void;
  wake(): void;
  kill(): void;
}

function startNode(setup: NodeSetup): Node {
  const script = join(import.meta.dirname, "node.ts");
  const child: ChildProcess = spawn(process.execPath, [script, JSON.stringify(setup)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const state = { struck: false, exited: false, report: null as NodeReport | null };
  child.once("exit", () => {
    state.exited = true;
  });
  child.stdin?.on("error", () => undefined);
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const told = JSON.parse(line);
      if (told.event === "struck") state.struck = true;
      if (told.event === "done") state.report = told.report;
    });
  }
  return {
    get struck() {
      return state.struck;
    },
    get exited() {
      return state.exited;
    },
    get report() {
      return state.report;
    },
    tell: (line) => child.stdin?.write(`${line}\n`),
    wake: () => child.kill("SIGCONT"),
    kill: () => child.kill("SIGKILL"),
  };
}
