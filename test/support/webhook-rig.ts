import type { TestContext } from "node:test";
import type { DeliveryTry, DueDelivery } from "../../src/core/delivery.ts";
import type { Logger } from "../../src/lib/log.ts";
import { createOutbound } from "../../src/lib/outbound.ts";
import { systemRandom } from "../../src/lib/random.ts";
import type { Resolve } from "../../src/lib/resolve.ts";
import { type Fixture, setUp } from "../../src/store/conformance/fixture.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { DispatcherContext } from "../../src/webhooks/dispatcher.ts";
import { createWebhookSecrets } from "../../src/webhooks/secrets.ts";
import { type HandClock, makeHandClock } from "./hand-clock.ts";
import { makeFolder } from "./media-samples.ts";

/** A real store with an outbox, a way out whose names all lead to this machine, a hand clock. */
export interface WebhookRig {
  readonly context: DispatcherContext;
  readonly clock: HandClock;
  readonly fixture: Fixture;
  /** Ends a task whose callback is `url`; gives its id. */
  endTask(url: string, loopback?: boolean): Promise<string>;
  /** Leases the one delivery that is due now. */
  claim(): Promise<DueDelivery>;
  tries(taskId: string): Promise<readonly DeliveryTry[]>;
  /** Resolves when so many tries have been recorded by a dispatcher. */
  tried(count: number): Promise<void>;
}

/** Opens a rig; all of it ends with the test. */
export async function makeWebhookRig(
  t: TestContext,
  change: { readonly resolve?: Resolve; readonly timeoutMs?: number } = {},
): Promise<WebhookRig> {
  const fixture = await setUp(t, openEmpty);
  const clock = makeHandClock(fixture.nowMs);
  const outbound = createOutbound({
    userAgent: "Vidgo/test",
    ownPorts: () => [],
    resolve: change.resolve ?? (async () => [{ address: "127.0.0.1", family: 4 }]),
  });
  t.after(() => outbound.close());
  const counter = makeCounter();
  const { deliveries } = fixture.store;
  return {
    clock,
    fixture,
    tried: counter.reached,
    context: {
      deliveries,
      outbound,
      clock,
      random: systemRandom,
      secrets: createWebhookSecrets(Buffer.alloc(32, 5)),
      log: counter.log,
      pollMs: 1_000,
      ...(change.timeoutMs === undefined ? {} : { timeoutMs: change.timeoutMs }),
    },
    async endTask(url, loopback = true) {
      const made = fixture.submission({ callbackUrl: url }, { loopback });
      await fixture.store.tasks.accept(made);
      await fixture.store.tasks.settle(fixture.fail(await fixture.claimOne()));
      return made.task.id;
    },
    async claim() {
      const wish = { nowMs: clock.nowMs(), leaseMs: 60_000, limit: 10 };
      const [due, ...rest] = await deliveries.claimDue(wish);
      if (due === undefined || rest.length > 0) throw new Error("Not one delivery is due");
      return due;
    },
    tries: (taskId) => deliveries.tries(fixture.projectId, taskId),
  };
}

function makeCounter(): {
  readonly log: Logger;
  readonly reached: (count: number) => Promise<void>;
} {
  let count = 0;
  const watching = new Set<() => void>();
  const info: Logger["info"] = (_fields, message) => {
    if (message === "A callback was tried") count += 1;
    for (const look of [...watching]) look();
  };
  const fail: Logger["error"] = ({ error }, message) => {
    throw new Error(message, { cause: error });
  };
  return {
    log: { info, warn: () => {}, error: fail },
    reached: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (count < wanted) return;
          watching.delete(look);
          resolve();
        };
        watching.add(look);
        look();
      }),
  };
}

async function openEmpty(t: TestContext) {
  const folder = makeFolder();
  const store = await openSqliteStore({
    dataDir: folder.path,
    onFatal: (message) => t.assert.fail(message),
  });
  t.after(async () => {
    await store.close();
    folder[Symbol.dispose]();
  });
  return { store, look: async () => [] };
}
