import type { DueDelivery } from "../core/delivery.ts";
import { createGate, type Gate } from "../lib/gate.ts";
import type { Logger } from "../lib/log.ts";
import { startLoop } from "../lib/loop.ts";
import { type Breaker, createBreaker } from "./breaker.ts";
import { DELIVERY_TIMEOUT_MS, type DeliverContext, deliver } from "./deliver.ts";
import { BATCH_MAX, createHosts, type HeldDelivery, type Hosts, pairOf } from "./hosts.ts";

/** Sends what is due. */
export interface Dispatcher {
  /** Looks for due deliveries now; only a hint. */
  wake(): void;
  /** Stops claiming, waits at most `drainMs` for tries under way, then calls them off. */
  stop(drainMs: number): Promise<void>;
}

/** What the dispatcher works with. */
export interface DispatcherContext extends DeliverContext {
  readonly log: Logger;
  /** Longest pause before the database is asked again. */
  readonly pollMs: number;
  /** How long a claim lasts, longer than a try; {@link LEASE_MS} when absent. */
  readonly leaseMs?: number;
}

const LEASE_MS = 60_000;
const SOCKETS_MAX = 64;
const SOCKETS_PER_HOST = 4;
const CROWDED_PAUSE_MS = 1_000;

/**
 * Claims due deliveries and sends them: at most 64 at a time and 4 to one host, and whose project
 * is under way with the fewest goes first, so that no dead or slow receiver holds up another. What
 * finds no place is let go; its lease brings it back.
 */
export function startDispatcher(context: DispatcherContext): Dispatcher {
  const { deliveries, clock, log, pollMs, leaseMs = LEASE_MS } = context;
  const hosts = createHosts();
  const breaker = createBreaker(clock);
  const lanes: Lanes = {
    hosts,
    breaker,
    gate: createGate({ totalMax: SOCKETS_MAX, perKeyMax: SOCKETS_PER_HOST }),
    closing: new AbortController(),
    calledOff: new AbortController(),
  };
  const underWay = new Set<Promise<void>>();

  /** Gives whether there was room for it. */
  const start = (delivery: DueDelivery): boolean => {
    const { host = "", hostname = "" } = URL.parse(delivery.url) ?? {};
    const held = { host, projectId: delivery.projectId };
    if (!breaker.mayTry(pairOf(held))) return true;
    const place = hosts.hold(held);
    // A silent host's queue would be in vain; that is no reason to claim more slowly.
    if (place === null) return hosts.isSilent(held);
    const run: Promise<void> = sendInLane(context, lanes, { delivery, held, hostname }).then(
      () => leave(place, run),
      (error: unknown) => {
        leave(place, run);
        if (lanes.closing.signal.aborted) return;
        log.error({ deliveryId: delivery.id, error }, "A delivery failed on our side");
      },
    );
    underWay.add(run);
    return true;
  };
  const leave = (place: Disposable, run: Promise<void>): void => {
    place[Symbol.dispose]();
    underWay.delete(run);
    loop.wake();
  };
  const step = async (): Promise<number | null> => {
    const limit = Math.min(hosts.room, BATCH_MAX);
    if (limit === 0) return null;
    const { full } = hosts;
    const due = await deliveries.claimDue({
      ...{ nowMs: clock.nowMs(), leaseMs, limit },
      ...{ notHosts: full.hosts, notProjects: full.projects },
    });
    const isCrowded = due.map(start).includes(false);
    if (due.length === limit) return isCrowded ? CROWDED_PAUSE_MS : 0;
    const dueMs = await deliveries.nextDueMs();
    // What is due and was passed over waits for a place here, not for the clock.
    const isPassed = full.hosts.length + full.projects.length > 0;
    const leastMs = isPassed || isCrowded ? CROWDED_PAUSE_MS : 0;
    return dueMs === null ? null : Math.max(leastMs, dueMs - clock.nowMs());
  };
  const loop = startLoop({ name: "dispatcher", clock, log, everyMs: pollMs, step });
  return {
    wake: () => loop.wake(),
    async stop(drainMs) {
      lanes.closing.abort();
      await loop.stop();
      const drained = new AbortController();
      const all = Promise.all(underWay).finally(() => drained.abort());
      await clock.sleep(drainMs, drained.signal);
      lanes.calledOff.abort();
      await all;
    },
  };
}

interface Lanes {
  readonly hosts: Hosts;
  readonly breaker: Breaker;
  readonly gate: Gate;
  /** Ends the waiting for a place. */
  readonly closing: AbortController;
  /** Ends the tries under way. */
  readonly calledOff: AbortController;
}

interface Due {
  readonly delivery: DueDelivery;
  readonly held: HeldDelivery;
  /** Without the port: sockets are counted by machine. */
  readonly hostname: string;
}

async function sendInLane(
  context: DispatcherContext,
  { hosts, breaker, gate, closing, calledOff }: Lanes,
  { delivery, held, hostname }: Due,
): Promise<void> {
  const { clock, log } = context;
  const cameMs = clock.monotonicMs();
  const { projectId } = held;
  const pair = pairOf(held);
  const free = gate.tryEnter(hostname, projectId);
  using _place = free ?? (await gate.enter(hostname, closing.signal, projectId));
  const isLate = clock.monotonicMs() - cameMs > longestWaitMs(context);
  if (free === null && (isLate || hosts.isSilent(held) || breaker.isOpen(pair))) return;
  const tried = await deliver(context, delivery, calledOff.signal);
  if (tried === null) return;
  hosts.note(held, tried.isAnswered);
  breaker.note(pair, tried.verdict.state === "waiting" || tried.verdict.state === "exhausted");
  const { id: deliveryId, taskId } = delivery;
  log.info({ deliveryId, taskId, state: tried.verdict.state }, "A callback was tried");
}

/** A delivery that waited longer for its host could outlive its lease: it is let go. */
function longestWaitMs({
  leaseMs = LEASE_MS,
  timeoutMs = DELIVERY_TIMEOUT_MS,
}: DispatcherContext): number {
  return leaseMs - timeoutMs - leaseMs / 12;
}
