import { createHash } from "node:crypto";

/** What may happen to a job, each a word that a prompt can carry as `#word`. */
export const FATES = [
  // The submit itself.
  "accept-then-reset",
  "accept-then-500",
  "accept-then-429",
  "accept-late",
  "hang",
  "garbage",
  "429",
  "429-retry-after",
  "refuse",
  "id-collision",
  // The job.
  "forget",
  "never",
  "fail",
  "status-back",
  "unknown-status",
  "poll-500",
  // Its result.
  "expired-url",
  "redirect-url",
  "private-url",
  "slow-drip",
  "oversize",
  "wrong-type",
  "truncated",
  "empty",
  // Its callback.
  "callback-early",
  "callback-twice",
  "callback-forged",
  "callback-never",
] as const;

/** A member of {@link FATES}. */
export type Fate = (typeof FATES)[number];

/** Fates that happen by chance, each with its share of all jobs (0 to 1). */
export type FateMix = Readonly<Partial<Record<Fate, number>>>;

/** The number of a task, as its prompt carries it. */
export function nonceOf(prompt: string): string {
  return /\bzq-[0-9a-z]+-[0-9]+\b/.exec(prompt)?.[0] ?? "";
}

/**
 * The fate of a job: the mark in its prompt, else what the seed draws for its nonce. The same seed
 * and nonce always draw the same fate, whatever the order of the submits.
 */
export function fateOf(prompt: string, chance: FateChance): Fate | null {
  const mark = /#([0-9a-z][0-9a-z-]*)/.exec(prompt)?.[1];
  const named = FATES.find((fate) => fate === mark);
  if (named !== undefined) return named;
  let rest = drawn(chance.seed, nonceOf(prompt));
  for (const fate of FATES) {
    rest -= chance.mix[fate] ?? 0;
    if (rest < 0) return fate;
  }
  return null;
}

/** From what chance draws. */
export interface FateChance {
  readonly seed: string;
  readonly mix: FateMix;
}

/** Reads `accept-late=0.05,hang=0.01`; gives the first part that is not understood as text. */
export function readMix(text: string): FateMix | string {
  const mix: Partial<Record<Fate, number>> = {};
  for (const part of text.split(",").filter((each) => each !== "")) {
    const [name, share] = part.split("=");
    const fate = FATES.find((each) => each === name);
    const value = Number(share);
    if (fate === undefined || !(value >= 0 && value <= 1)) return part;
    mix[fate] = value;
  }
  return mix;
}

/** Whether the upstream stops a job that is canceled in time; the others go on to their end. */
export function honoursCancel(seed: string, nonce: string): boolean {
  return drawn(seed, "honours cancel", nonce) < 0.5;
}

/** An even number from 0 to 1 (exclusive) that only hangs on its words. */
export function drawn(...words: readonly string[]): number {
  return createHash("sha256").update(words.join("\n")).digest().readUInt32BE(0) / 2 ** 32;
}
