import { setTimeout as sleep } from "node:timers/promises";
import type { GatewayProcess } from "../../test/support/gateway-process.ts";
import { drawn } from "../upstream/fate.ts";
import type { ChaosOptions } from "./options.ts";
import { LEASE_S, type Scene } from "./scene.ts";

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
    const node = scene.nodes[Math.floor(draw("node") * scene.nodes.length)];
    if (node === undefined) return;
    if (log.pauses < options.pauses && log.kills >= log.pauses * every) await pause(node, log);
    else await kill(scene, node, log);
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

async function pause(node: GatewayProcess, log: NemesisLog): Promise<void> {
  node.pause();
  await sleep(LEASE_S * 1_500);
  node.resume();
  log.pauses += 1;
}
