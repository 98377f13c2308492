import { GatewayError } from "../core/error.ts";
import { makeId } from "../core/id.ts";
import { makeKey } from "../core/key.ts";
import type { KeyRow } from "../store/key-store.ts";
import { type KeyWish, readKeyWish } from "./admin/key-wish.ts";
import { expectMembers, fieldOf } from "./body-fields.ts";
import type { Caller, HttpServices } from "./services.ts";

type KeyServices = Pick<HttpServices, "store" | "clock" | "random">;
type KeyMaker = Pick<Caller, "projectId" | "keyId">;

/** A key that was made, shown once. */
export interface MadeKey extends Pick<KeyWish, "name" | "mode"> {
  readonly id: string;
  readonly secret: string;
}

/**
 * Makes a key as a body wishes.
 * @throws {GatewayError} 400, naming the member.
 */
export async function createKey(
  { store, clock, random }: KeyServices,
  { projectId, keyId: madeBy }: KeyMaker,
  body: unknown,
): Promise<MadeKey> {
  const createdAtMs = clock.nowMs();
  const wish = readKeyWish(body, createdAtMs);
  const { secret, shown } = makeKey(wish.mode, random);
  const id = makeId("key", random);
  await store.keys.create({ ...shown, ...wish, id, projectId, createdAtMs, madeBy });
  return { id, name: wish.name, mode: wish.mode, secret };
}

/**
 * Ends a key at once.
 * @throws {GatewayError} 404 when no key of the project is in force under this id.
 */
export async function revokeKey(
  { store, clock }: Pick<KeyServices, "store" | "clock">,
  { projectId, keyId: actor }: KeyMaker,
  keyId: string,
): Promise<void> {
  const wish = { projectId, keyId, nowMs: clock.nowMs(), actor };
  if (!(await store.keys.revoke(wish))) throw noSuchKey();
}

/** How long the former key goes on when nothing is said, and at most. */
export const OVERLAP_HOURS = { usual: 24, max: 168 } as const;

const HOUR_MS = 3_600_000;

/** A key that follows another, shown once. */
export interface RotatedKey {
  readonly id: string;
  readonly secret: string;
  readonly former: KeyRow;
  /** When the former key ends, epoch milliseconds. */
  readonly formerEndsAtMs: number;
}

/**
 * Makes a key with the name, mode, scopes, networks and length of life of another one, which goes
 * on for an overlap so that its users can change without a gap. `body` may say `overlap_hours`.
 * @throws {GatewayError} 404 when no key of the project is in force under this id, 400 for a
 *   bootstrap key or an overlap out of bounds.
 */
export async function rotateKey(
  { store, clock, random }: KeyServices,
  { projectId, keyId: madeBy }: KeyMaker,
  { keyId, body }: { readonly keyId: string; readonly body: unknown },
): Promise<RotatedKey> {
  const overlapMs = Math.ceil(readOverlapHours(body) * HOUR_MS);
  const former = (await store.keys.list(projectId)).find(({ id }) => id === keyId);
  if (former?.bootstrap) {
    throw new GatewayError(
      "invalid_request",
      "The bootstrap key cannot be rotated: change VIDGO_BOOTSTRAP_KEY, or make another key",
    );
  }
  if (former === undefined) throw noSuchKey();
  const nowMs = clock.nowMs();
  const { secret, shown } = makeKey(former.mode, random);
  const id = makeId("key", random);
  const { name, mode, scopes, networks, requestsPerMinute, spendPerDayMax, spendMax } = former;
  const expiresAtMs =
    former.expiresAtMs === null ? null : nowMs + former.expiresAtMs - former.createdAtMs;
  const next = {
    ...{ ...shown, id, projectId, name, mode, scopes, networks, expiresAtMs, madeBy },
    ...{ requestsPerMinute, spendPerDayMax, spendMax },
  };
  const formerEndsAtMs = Math.min(
    nowMs + overlapMs,
    former.expiresAtMs ?? Number.POSITIVE_INFINITY,
  );
  const turn = { next: { ...next, createdAtMs: nowMs }, formerId: keyId, formerEndsAtMs };
  if (!(await store.keys.rotate(turn))) throw noSuchKey();
  return { id, secret, former, formerEndsAtMs };
}

function readOverlapHours(body: unknown): number {
  expectMembers(body, ["overlap_hours"]);
  const hours = fieldOf(body, "overlap_hours") ?? OVERLAP_HOURS.usual;
  if (typeof hours === "number" && hours >= 0 && hours <= OVERLAP_HOURS.max) return hours;
  throw new GatewayError(
    "invalid_request",
    `overlap_hours must be a number from 0 to ${OVERLAP_HOURS.max}`,
  );
}

function noSuchKey(): GatewayError {
  return new GatewayError("not_found", "No key in force has this id; list them to see their ids");
}
