import { api } from "../../lib/api.ts";
import { remember, remembered } from "../../lib/preferences.ts";
import type { SubmitBody } from "../../lib/snippets.ts";

/** One press of Run. */
export interface Run {
  /** The idempotency key: however often it is sent, it is bought once. */
  readonly key: string;
  readonly body: SubmitBody;
  readonly mode: RunMode;
  /** `null` until the gateway has accepted it. */
  readonly taskId: string | null;
  /** Why it was not accepted; `null` while that is open. */
  readonly fault: RunFault | null;
}

/** Why a run was not accepted. */
export interface RunFault {
  readonly text: string;
  /** The gateway has said no. Without an answer it may have taken the run after all. */
  readonly isRefusal: boolean;
}

/** Paid and real, or offline and free. */
export type RunMode = "live" | "test";

const RUNS_MAX = 24;

/** The runs of a project that this browser remembers, newest first. */
export function readRuns(project: string): readonly Run[] {
  try {
    const runs: unknown = JSON.parse(remembered(`runs.${project}`) ?? "[]");
    return Array.isArray(runs) ? runs.filter(isRun) : [];
  } catch {
    return [];
  }
}

/** Remembers runs in this browser. */
export function keepRuns(project: string, runs: readonly Run[]): void {
  const kept = runs.filter(({ taskId, fault }) => taskId !== null || fault === null);
  remember(`runs.${project}`, JSON.stringify(kept.slice(0, RUNS_MAX)));
}

/** A run that was not sent yet. */
export function newRun(body: SubmitBody, mode: RunMode): Run {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { key, body, mode, taskId: null, fault: null };
}

/** Sends a run; sent again it gives the same task. */
export async function submitRun({ key, body, mode }: Run): Promise<string> {
  const { task_id } = await api<{ task_id: string }>("/api/generate/submit", {
    body,
    headers: { "idempotency-key": key, ...modeHeader(mode) },
  });
  return task_id;
}

/** What tells the gateway to act as for a test key. */
export function modeHeader(mode: RunMode): Readonly<Record<string, string>> {
  return mode === "test" ? { "x-vidgo-mode": "test" } : {};
}

function isRun(value: unknown): value is Run {
  if (typeof value !== "object" || value === null) return false;
  return "key" in value && "body" in value && "taskId" in value && "mode" in value;
}
