import { type DeliveryVerdict, type DueDelivery, judgeTry } from "../core/delivery.ts";
import { makeId } from "../core/id.ts";
import type { Clock } from "../lib/clock.ts";
import type { Outbound } from "../lib/outbound.ts";
import type { OutboundAnswer, OutboundRequest } from "../lib/outbound-exchange.ts";
import type { RandomBytes } from "../lib/random.ts";
import { readRetryAfter } from "../lib/retry-after.ts";
import type { DeliveryStore, TryRecord } from "../store/store.ts";
import { wrapCallback } from "../wire/callback.ts";
import type { WebhookSecrets } from "./secrets.ts";
import { signWebhook } from "./signature.ts";

/** What a delivery needs. */
export interface DeliverContext {
  readonly deliveries: DeliveryStore;
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** The secrets that sign a project's events. */
  readonly secrets: WebhookSecrets;
  /** For one exchange, milliseconds; {@link DELIVERY_TIMEOUT_MS} when absent. */
  readonly timeoutMs?: number;
}

/** How long a receiver may take, from the look-up of its name to the end of its answer. */
export const DELIVERY_TIMEOUT_MS = 30_000;

const ANSWER_BYTES_MAX = 16_384;
const EXCERPT_CHARACTERS = 1024;

/** What a try came to. */
export interface Tried {
  readonly verdict: DeliveryVerdict;
  /** Whether the receiver gave any answer at all. */
  readonly isAnswered: boolean;
}

/**
 * Makes one try: prepare, call, judge, record. Gives `null` when the try was called off or the
 * lease had passed on; the delivery then becomes due by itself.
 */
export async function deliver(
  context: DeliverContext,
  delivery: DueDelivery,
  signal: AbortSignal,
): Promise<Tried | null> {
  const { clock } = context;
  const startedAtMs = clock.nowMs();
  const beganMs = clock.monotonicMs();
  const request = prepare(context, delivery, signal);
  const answer = await context.outbound.request("webhook", request);
  if (answer.kind === "fault" && answer.class === "canceled") return null;
  const durationMs = Math.round(clock.monotonicMs() - beganMs);
  const verdict = judge(context, delivery, answer);
  const made = { startedAtMs, durationMs, ...seen(answer) };
  const record = asRecord(context, delivery, { verdict, made, headers: request.headers });
  const isKept = await context.deliveries.recordTry(record);
  return isKept ? { verdict, isAnswered: answer.kind === "response" } : null;
}

function prepare(
  context: DeliverContext,
  delivery: DueDelivery,
  signal: AbortSignal,
): OutboundRequest & Pick<Required<OutboundRequest>, "headers"> {
  const { eventId: id, projectId, secret } = delivery;
  const body = delivery.wrapped ? wrapCallback(delivery.body) : delivery.body;
  const nowMs = context.clock.nowMs();
  const secrets = context.secrets.signers(projectId, { ...secret, nowMs });
  const timestampS = Math.floor(nowMs / 1000);
  return {
    method: "POST",
    url: delivery.url,
    reach: delivery.loopbackAllowed ? "loopback" : "public",
    headers: {
      "content-type": "application/json",
      ...signWebhook({ id, timestampS, body }, secrets),
    },
    body,
    timeoutMs: context.timeoutMs ?? DELIVERY_TIMEOUT_MS,
    bytesMax: ANSWER_BYTES_MAX,
    // The status is the answer: what follows it may be long, late or broken off.
    isCutAllowed: true,
    signal,
  };
}

function judge(
  { clock, random }: DeliverContext,
  delivery: DueDelivery,
  answer: OutboundAnswer,
): DeliveryVerdict {
  const nowMs = clock.nowMs();
  const retryAfter = answer.kind === "response" ? answer.headers.get("retry-after") : null;
  return judgeTry({
    status: answer.kind === "response" ? answer.status : null,
    tries: delivery.tries + 1 - delivery.roundFrom,
    retry4xx: delivery.retry4xx,
    nowMs,
    retryAfterMs: readRetryAfter(retryAfter, nowMs),
    chance: (random(1)[0] ?? 0) / 255,
  });
}

/** What the owner of the task may know of an answer; never an address of ours or of his network. */
export function seen(
  answer: OutboundAnswer,
): Pick<TryRecord["try"], "status" | "errorClass" | "excerpt"> {
  if (answer.kind === "fault") {
    // A port that swallows what comes must look like one that is closed.
    const errorClass = answer.class === "timeout" && !answer.sent ? "connect" : answer.class;
    return { status: null, errorClass, excerpt: "" };
  }
  const text = new TextDecoder().decode(answer.body).slice(0, EXCERPT_CHARACTERS).toWellFormed();
  // Databases refuse NUL, and terminals obey the rest.
  const excerpt = text.replace(/[^\P{Cc}\t\n]/gu, "\ufffd");
  return { status: answer.status, errorClass: null, excerpt };
}

function asRecord(
  { random }: DeliverContext,
  delivery: DueDelivery,
  result: {
    readonly verdict: DeliveryVerdict;
    readonly made: Omit<TryRecord["try"], "id" | "deliveryId" | "number">;
    readonly headers: Readonly<Record<string, string>>;
  },
): TryRecord {
  const { verdict, made, headers } = result;
  const id = makeId("try", random);
  return {
    fence: delivery.fence,
    try: { id, deliveryId: delivery.id, number: delivery.tries + 1, ...made },
    headers,
    state: verdict.state,
    dueAtMs: verdict.state === "waiting" ? verdict.dueAtMs : null,
    endpoint: verdict.state === "delivered" ? "good" : made.status === 410 ? "gone" : "failing",
  };
}
