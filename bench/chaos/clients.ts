import { setTimeout as sleep } from "node:timers/promises";
import {
  createJournalClient,
  type JournalClient,
  type Wish,
} from "../../test/support/journal-client.ts";
import { drawn } from "../upstream/fate.ts";
import type { NemesisLog } from "./nemesis.ts";
import { type ChaosOptions, fakeOf } from "./options.ts";
import type { Scene } from "./scene.ts";

const AT_ONCE = 12;
const PATIENCE_MS = 120_000;
const CANCEL_WITHIN_MS = 3_000;

/** Clients that submit all tasks, spread over the kills. */
export function openClients(scene: Scene): JournalClient {
  return createJournalClient({
    urls: scene.nodes.map(({ url }) => url),
    key: scene.nodes[0]?.key ?? "",
    patienceMs: PATIENCE_MS,
  });
}

/** Submits all tasks, no faster than the kills go on, so that every kill meets fresh ones. */
export async function submitAll(
  client: JournalClient,
  options: ChaosOptions,
  plan: { readonly log: NemesisLog; readonly callbackUrl: string },
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < options.tasks) {
      const index = next;
      next += 1;
      const share = options.kills === 0 ? 1 : (plan.log.kills + 1) / options.kills;
      if (index > options.tasks * share) await sleep(50 * Math.min(20, AT_ONCE));
      const { nonce, taskIds } = await client.submit(wishOf(index, options, plan.callbackUrl));
      if (drawn(options.seed, "cancel", nonce) >= options.cancels) continue;
      for (const taskId of taskIds) cancels.push(cancelLater(client, taskId, options.seed));
    }
  };
  const cancels: Promise<void>[] = [];
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await Promise.all(cancels);
}

/** Changes its mind at any moment of the task's life. */
async function cancelLater(client: JournalClient, taskId: string, seed: string): Promise<void> {
  await sleep(CANCEL_WITHIN_MS * drawn(seed, "cancel after", taskId));
  await client.cancel(taskId);
}

/** Looks at tasks that have not ended until all have, or until the signal fires. */
export async function watchAll(
  client: JournalClient,
  state: { readonly ended: Set<string>; readonly submitting: () => boolean },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const open = client.submits
      .flatMap(({ taskIds }) => taskIds)
      .filter((id) => !state.ended.has(id));
    if ((open.length === 0 && !state.submitting()) || signal.aborted) return;
    // A few at a time: the gateway is to be watched, not kept busy.
    for (const taskId of open.slice(0, 100)) {
      const seen = await client.look(taskId);
      if (seen?.status === "finished" || seen?.status === "failed") state.ended.add(taskId);
    }
    await sleep(100);
  }
}

function wishOf(index: number, options: ChaosOptions, callbackUrl: string): Wish {
  const nonce = `zq-${options.seed}-${index}`;
  const draw = drawn(options.seed, "wish", nonce);
  const base = {
    nonce,
    callbackUrl: draw < 0.8 ? callbackUrl : null,
    idempotencyKey: drawn(options.seed, "key", nonce) < 0.9 ? `key-${nonce}` : null,
  };
  const prompt = `a paper boat ${nonce}`;
  const fake = fakeOf(options.provider);
  if (fake !== null) return { ...base, ...fake.wish(prompt) };
  if (options.provider === "openai-videos" || index % 3 === 0) {
    return { ...base, model: "sora-2", input: { prompt } };
  }
  if (index % 3 === 1) return { ...base, model: "gpt-4o-image", input: { prompt } };
  const input = { prompt, custom_mode: false, instrumental: true, mv: "V5" };
  return { ...base, model: "generate-music", input };
}
