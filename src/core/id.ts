import { type RandomBytes, randomBase36 } from "../lib/random.ts";

/**
 * Makes a task id: `task-unified-<unix seconds>-<26 base36 characters>`. The first two of them are
 * the millisecond, so that the tasks of one moment are neighbours in every index that they enter;
 * the other 24 hold 124 random bits, so that nobody finds one by trying.
 */
export function makeTaskId(nowMs: number, random: RandomBytes): string {
  const millisecond = (nowMs % 1000).toString(36).padStart(2, "0");
  return `task-unified-${Math.floor(nowMs / 1000)}-${millisecond}${randomBase36(random, 24)}`;
}

/**
 * Prefixes of every other id, one a noun. None is also the prefix of a secret (`vg_`, `whsec_`),
 * so that an id in a log is never mistaken for one.
 */
export const ID_PREFIXES = {
  project: "proj",
  key: "key",
  attempt: "att",
  file: "file",
  event: "evt",
  delivery: "dlv",
  try: "try",
  ledger: "led",
  node: "node",
  audit: "aud",
  providerKey: "pky",
  person: "person",
  session: "session",
  login: "login",
  proof: "proof",
  invitation: "inv",
} as const;

/** The id of the ledger's entry for a task's hold: each task has one, named by its own letters. */
export function holdIdOf(taskId: string): string {
  return `${ID_PREFIXES.ledger}_${taskId.slice(-26)}`;
}

/** Makes an id such as `file_4k…`: a prefix and 26 base36 characters (134 random bits). */
export function makeId(noun: keyof typeof ID_PREFIXES, random: RandomBytes): string {
  return `${ID_PREFIXES[noun]}_${randomBase36(random, 26)}`;
}
