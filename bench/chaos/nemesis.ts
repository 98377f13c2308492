import { setTimeout as sleep } from "node:timers/promises";
import type { GatewayProcess } from "../../test/support/gateway-process.ts";
import { drawn } from "../upstream/fate.ts";
import type { Held } from "./custody.ts";
import type { ChaosOptions } from "./options.ts";
import { LEASE_S, nodeName, type Scene } from "./scene.ts";

/** What the nemesis has done so far. */
export interface NemesisLog {
  kills: number;
  pauses: number;
  /** For each stage of a task, how many kills found at least one task there. */
  readonly hits: Record<string, number>;
}

const GAP_MIN_MS = 150;
const GAP_MAX_MS = 900;

/** Kills nodes at seeded moments and starts them again; some are only stopped past their lease. */
export async function torment(scene: Scene, options: ChaosOptions, log: NemesisLog): Promise<void> {
  const every = options.pauses === 0 ? Number.POSITIVE_INFINITY : options.kills / options.pauses;
  for (let number = 0; number < options.kills + options.pauses; number += 1) {
    const draw = (what: string): number => drawn(options.seed, what, String(number));
    await sleep(GAP_MIN_MS + (GAP_MAX_MS - GAP_MIN_MS) * draw("gap"));
    const chosen = Math.floor(draw("node") * scene.nodes.length);
    const node = scene.nodes[chosen];
    if (node === undefined) return;
    if (log.pauses < options.pauses && log.kills >= (log.pauses + 0.5) * every) {
      await pause(scene, { node, name: nodeName(chosen) });
      log.pauses += 1;
    } else await kill(scene, node, log);
  }
}

async function kill(scene: Scene, node: GatewayProcess, log: NemesisLog): Promise<void> {
  await node.kill9();
  log.kills += 1;
  const rows = await scene.rows();
  const stages = await rows.stages();
  await rows.close();
  for (const stage of Object.keys(stages)) log.hits[stage] = (log.hits[stage] ?? 0) + 1;
  await node.start();
}

const PAUSE_TRIES = 100;
const PAUSE_GAP_MS = 20;

/**
 * Stops a node while it holds claims and lets it go on in the very moment in which another works on
 * one of them: then its writes meet a lease that is held, and only the fence can refuse them.
 */
async function pause({ custody }: Scene, { node, name }: Victim): Promise<void> {
  if (custody === null) {
    node.pause();
    await sleep(LEASE_S * 1_500);
    return node.resume();
  }
  let held: readonly Held[] = [];
  for (let tries = 0; held.length === 0 && tries < PAUSE_TRIES; tries += 1) {
    node.resume();
    await sleep(PAUSE_GAP_MS);
    node.pause();
    held = await custody.heldBy(name);
  }
  await custody.takenOver(held, LEASE_S * 2_000);
  node.resume();
}

interface Victim {
  readonly node: GatewayProcess;
  readonly name: string;
}
