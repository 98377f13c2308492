import type { SecretTurn } from "../core/delivery.ts";
import { makeId } from "../core/id.ts";
import type { Clock } from "../lib/clock.ts";
import type { Outbound } from "../lib/outbound.ts";
import type { RandomBytes } from "../lib/random.ts";
import { callbackBody, wrapCallback } from "../wire/callback.ts";
import { DELIVERY_TIMEOUT_MS, seen } from "./deliver.ts";
import type { WebhookSecrets } from "./secrets.ts";
import { signWebhook } from "./signature.ts";

/** What is to be tried. */
export interface PingTarget {
  readonly projectId: string;
  readonly url: string;
  readonly loopback: boolean;
  readonly body: "flat" | "wrapped";
  readonly secret: SecretTurn;
}

/** What came of it; never what a delivery would not show either. */
export interface PingResult {
  readonly eventId: string;
  readonly status: number | null;
  readonly errorClass: string | null;
  readonly excerpt: string;
  readonly durationMs: number;
}

/** Sends a test event. */
export type Ping = (target: PingTarget) => Promise<PingResult>;

/** What a ping needs. */
export interface PingContext {
  readonly outbound: Pick<Outbound, "request">;
  readonly secrets: WebhookSecrets;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** How long a target that was not reached takes to answer for, so that time tells nothing. */
export const UNREACHED_MS = 6_000;

/** Makes the sender: one try, signed as any callback, of a task that does not exist. */
export function createPing(context: PingContext): Ping {
  const { clock, outbound } = context;
  return async (target) => {
    const beganMs = clock.monotonicMs();
    const eventId = makeId("event", context.random);
    const nowMs = clock.nowMs();
    const body = testBody(target, nowMs);
    const secrets = context.secrets.signers(target.projectId, { ...target.secret, nowMs });
    const message = { id: eventId, timestampS: Math.floor(nowMs / 1000), body };
    const answer = await outbound.request("webhook", {
      method: "POST",
      url: target.url,
      reach: target.loopback ? "loopback" : "public",
      headers: { "content-type": "application/json", ...signWebhook(message, secrets) },
      body,
      timeoutMs: DELIVERY_TIMEOUT_MS,
      bytesMax: 16_384,
      isCutAllowed: true,
    });
    const durationMs = Math.round(clock.monotonicMs() - beganMs);
    if (answer.kind === "fault" && !answer.sent) await clock.sleep(UNREACHED_MS - durationMs);
    return { eventId, durationMs, ...seen(answer) };
  };
}

function testBody({ body }: PingTarget, nowMs: number): string {
  const taskId = "task-unified-0-test";
  const end = { taskId, createdAtMs: nowMs, status: "finished", outputs: [], files: [] } as const;
  const flat = JSON.stringify(callbackBody(end, () => ""));
  return body === "wrapped" ? wrapCallback(flat) : flat;
}
