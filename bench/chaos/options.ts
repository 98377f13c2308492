import { parseArgs } from "node:util";
import { type FateMix, readMix } from "../upstream/fate.ts";
import { CHAOS_FAKES, type ChaosFake, FAKE_MIX } from "./fakes.ts";

/** What `npm run chaos` is asked to do. */
export interface ChaosOptions {
  readonly kills: number;
  readonly tasks: number;
  readonly nodes: number;
  readonly store: "sqlite" | "postgres";
  readonly seed: string;
  /** How long the gateway waits until it believes that a lost submit was never registered. */
  readonly graceMs: number;
  readonly hardLimitMs: number;
  /** How often a node is stopped past its lease (SIGSTOP) beside the kills, and goes on. */
  readonly pauses: number;
  readonly provider: ChaosProvider;
  /** The share of tasks that are canceled at some moment, 0 to 1. */
  readonly cancels: number;
  readonly mix: FateMix;
  /** The tree whose gateway is put to the test; this one when `null`. */
  readonly root: string | null;
  /** How long the run may go on after the last kill. */
  readonly patienceMs: number;
  readonly json: boolean;
}

/** Which wire shape stands between gateway and simulator, and what it makes of a lost answer. */
export const CHAOS_PROVIDERS = [
  "vidgo",
  "vidgo-blind",
  "openai-videos",
  // These stand in front of the fake of their vendor instead of the simulator.
  "kling",
  "replicate",
  "xai",
  "sd-server",
] as const;

/** A member of {@link CHAOS_PROVIDERS}. */
export type ChaosProvider = (typeof CHAOS_PROVIDERS)[number];

/** Fates of a run without `--mix`: about two in five tasks meet one. */
export const USUAL_MIX: FateMix = {
  "accept-then-reset": 0.05,
  "accept-then-500": 0.05,
  "accept-then-429": 0.03,
  "accept-late": 0.05,
  garbage: 0.02,
  "429": 0.02,
  "429-retry-after": 0.02,
  refuse: 0.02,
  fail: 0.02,
  "status-back": 0.02,
  "unknown-status": 0.02,
  "poll-500": 0.03,
  "expired-url": 0.03,
  "redirect-url": 0.02,
  "slow-drip": 0.01,
  "wrong-type": 0.01,
  truncated: 0.01,
};

/** The fake that a provider stands in front of; `null` for the simulator. */
export function fakeOf(provider: ChaosProvider): ChaosFake | null {
  return Object.entries(CHAOS_FAKES).find(([name]) => name === provider)?.[1] ?? null;
}

/** Reads the command line; a text says what is wrong with it. */
export function readOptions(words: readonly string[]): ChaosOptions | string {
  const { values } = parseArgs({ args: [...words], options: FLAGS });
  const { kills, tasks, nodes } = values;
  // Where several nodes share the work, what one of them does after a pause is the danger.
  const pauses = values.pauses ?? String(nodes === "1" ? 0 : Math.ceil(Number(kills) / 20) || 0);
  for (const [name, value] of Object.entries({ kills, tasks, nodes, pauses })) {
    if (!/^\d+$/.test(value)) return `--${name} ${value} is no whole number`;
  }
  for (const name of ["grace", "hard-limit", "patience"] as const) {
    if (!(Number(values[name]) > 0)) return `--${name} ${values[name]} is no number of seconds`;
  }
  const store = values.store === "postgres" || values.store === "sqlite" ? values.store : null;
  if (store === null) return `--store ${values.store} is unknown: write sqlite or postgres`;
  if (store === "sqlite" && values.nodes !== "1") return "--nodes needs --store postgres";
  const provider = CHAOS_PROVIDERS.find((known) => known === values.provider);
  if (provider === undefined) {
    return `--provider ${values.provider} is unknown: write one of ${CHAOS_PROVIDERS.join(", ")}`;
  }
  const cancels = Number(values.cancels);
  if (!(cancels >= 0 && cancels <= 1)) return `--cancels ${values.cancels} is no share from 0 to 1`;
  const usual = fakeOf(provider) === null ? USUAL_MIX : FAKE_MIX;
  const mix = values.mix === undefined ? usual : readMix(values.mix);
  if (typeof mix === "string") return `--mix does not know ${mix}: write fate=share,fate=share`;
  return {
    kills: Number(kills),
    tasks: Number(tasks),
    nodes: Number(nodes),
    store,
    seed: values.seed ?? Math.random().toString(36).slice(2, 8),
    graceMs: Number(values.grace) * 1_000,
    hardLimitMs: Number(values["hard-limit"]) * 1_000,
    pauses: Number(pauses),
    provider,
    cancels,
    mix,
    root: values.root ?? null,
    patienceMs: Number(values.patience) * 1_000,
    json: values.json,
  };
}

const FLAGS = {
  kills: { type: "string", default: "20" },
  tasks: { type: "string", default: "200" },
  nodes: { type: "string", default: "1" },
  store: { type: "string", default: "sqlite" },
  seed: { type: "string" },
  grace: { type: "string", default: "3" },
  "hard-limit": { type: "string", default: "1800" },
  pauses: { type: "string" },
  provider: { type: "string", default: "vidgo" },
  cancels: { type: "string", default: "0.1" },
  mix: { type: "string" },
  root: { type: "string" },
  patience: { type: "string", default: "300" },
  json: { type: "boolean", default: false },
} as const;
