import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startReceiver } from "../support/receiver.ts";
import { LEASE_MS, type NodeReport, type NodeSetup } from "./node-setup.ts";
import type { CrashPoint, Fault } from "./points.ts";
import { type News, startUpstream } from "./upstream.ts";

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
  /** Different bodies that the receiver got, and different ids: one event has one of each. */
  readonly bodies: number;
  readonly eventIds: number;
}

const LIMIT_MS = 45_000;
/** Points that stand in the middle of an exchange: it has to last for a while. */
const SLOW = ["submit sent", "keep midway"];

/** Leads one task through its life with a fault on the way, until everything is at rest. */
export async function runCase(test: Case): Promise<CaseResult> {
  const { scenario, taps } = test.point;
  const root = await mkdtemp(join(tmpdir(), "vidgo-failpoint-"));
  const upstream = await startUpstream({
    end: scenario === "fail" ? "failed" : "completed",
    dropsAnswers: scenario === "lost-answer",
    isSlow: SLOW.some((tap) => taps.includes(tap)),
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
  const lost: News[] = [];
  upstream.onNews((news) => {
    if (news.event === "dropped") lost.push(news);
    for (const node of nodes) node.tell(news);
  });
  try {
    const first = startNode({ ...setup("a"), armed: { taps, fault: test.fault } });
    nodes.push(first);
    const report = await leadToRest(test, { first, setup, nodes, lost });
    const bodies = new Set(receiver.received.map(({ body }) => body));
    const eventIds = new Set(receiver.received.map(({ eventId }) => eventId));
    return {
      report,
      struck: first.struck,
      purchases: upstream.purchases.length,
      bodies: bodies.size,
      eventIds: eventIds.size,
    };
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
  readonly lost: readonly News[];
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
      for (const news of lost) successor.tell(news);
    }
    if (test.fault === "pause" && first.struck && awakeAtMs === null) {
      if (test.databaseUrl !== null) {
        successor = startNode(setup("b"));
        nodes.push(successor);
        for (const news of lost) successor.tell(news);
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

const SCRIPT = fileURLToPath(new URL("./node.ts", import.meta.url));

/** A case starts two processes of the same program: it is parsed once. */
const COMPILED = join(import.meta.dirname, "../../node_modules/.cache/failpoints");

interface Node {
  readonly struck: boolean;
  readonly exited: boolean;
  readonly report: NodeReport | null;
  tell(news: News): void;
  wake(): void;
  kill(): void;
}

function startNode(setup: NodeSetup): Node {
  const guard = join(import.meta.dirname, "../support/end-with-parent.ts");
  const words = ["--import", guard, SCRIPT, JSON.stringify(setup)];
  const child: ChildProcess = spawn(process.execPath, words, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
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
    tell: (news) => child.stdin?.write(`${JSON.stringify(news)}\n`),
    wake: () => child.kill("SIGCONT"),
    kill: () => child.kill("SIGKILL"),
  };
}
