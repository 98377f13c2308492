import { makeId } from "../core/id.ts";
import { makeKey, modeOfKey, showKey } from "../core/key.ts";
import type { Millicredits } from "../core/money.ts";
import type { Clock } from "../lib/clock.ts";
import type { RandomBytes } from "../lib/random.ts";
import type { NewKeyRow } from "../store/key-store.ts";
import type { Store } from "../store/store.ts";

/** What the first start depends on. */
export interface FirstStart {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly grant: Millicredits;
  /** A key of the operator's own, or `null` when they want one of ours. */
  readonly bootstrapKey: string | null;
}

/** The project that everything belongs to. */
export interface Home {
  readonly projectId: string;
}

/** Makes what the first start needs and finds what is there: project, grant, the operator's key. */
export async function openHome(start: FirstStart): Promise<Home> {
  const { store, clock, random, bootstrapKey } = start;
  const nowMs = clock.nowMs();
  const grant = { id: makeId("ledger", random), amount: start.grant, note: "First start", nowMs };
  const projectId = await store.keys.ensureProject({
    id: makeId("project", random),
    name: "Default",
    email: "operator@localhost",
    grant: start.grant === 0 ? null : grant,
    nowMs,
  });
  if (bootstrapKey !== null) {
    const name = "Bootstrap key";
    await store.keys.setBootstrap(keyRow(start, { projectId, name, secret: bootstrapKey }));
  }
  return { projectId };
}

/**
 * Makes a key for a project that never had one, or gives `null`. It is shown this once, so this is
 * the last step of a start that somebody reads: after it nothing may fail.
 */
export async function makeFirstKey(parts: KeyParts, projectId: string): Promise<string | null> {
  const { store, random } = parts;
  if (await store.keys.any(projectId)) return null;
  const { secret } = makeKey("live", random);
  await store.keys.create(keyRow(parts, { projectId, name: "First key", secret }));
  return secret;
}

type KeyParts = Pick<FirstStart, "store" | "clock" | "random">;

function keyRow(
  { clock, random }: KeyParts,
  key: { readonly projectId: string; readonly name: string; readonly secret: string },
): NewKeyRow {
  return {
    ...showKey(key.secret),
    id: makeId("key", random),
    projectId: key.projectId,
    name: key.name,
    mode: modeOfKey(key.secret),
    createdAtMs: clock.nowMs(),
  };
}
