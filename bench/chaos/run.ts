import { setTimeout as sleep } from "node:timers/promises";
import { type Count, check, type Journals, type TaskEntry } from "../../test/support/checker.ts";
import type { JournalClient } from "../../test/support/journal-client.ts";
import { fateOf, honoursCancel } from "../upstream/fate.ts";
import { openClients, submitAll, watchAll } from "./clients.ts";
import { mayEnd } from "./expected-end.ts";
import { type NemesisLog, torment } from "./nemesis.ts";
import { type ChaosOptions, fakeOf } from "./options.ts";
import { openScene, type Scene } from "./scene.ts";

/** What a run came to. Every count and `surprises` must be 0. */
export interface ChaosReport {
  readonly counts: Readonly<Record<Count, number>>;
  /** Ends that the task's fate does not explain. */
  readonly surprises: number;
  readonly violations: readonly string[];
  readonly tasks: number;
  readonly finished: number;
  readonly failed: number;
  /** How many of the failed ended as `unknown_outcome`: what a blind provider cannot make good. */
  readonly unknown: number;
  readonly canceled: number;
  /** What is known of the charges for those that were canceled: how many attempts of each kind. */
  readonly book: Readonly<Record<string, number>>;
  readonly recovered: number;
  readonly purchases: number;
  readonly kills: number;
  readonly pauses: number;
  readonly hits: Readonly<Record<string, number>>;
  readonly minutes: number;
}

/** Runs gateways against the simulator, kills them, and judges what is left. */
export async function runChaos(
  options: ChaosOptions,
  tell: (text: string) => void,
): Promise<ChaosReport> {
  const startedMs = performance.now();
  await using scene = await openScene(options);
  const client = openClients(scene);
  const log: NemesisLog = { kills: 0, pauses: 0, hits: {} };
  await live(scene, { client, options, log, tell });
  const taskIds = client.submits.flatMap((entry) => entry.taskIds);
  tell(`${log.kills} kills, ${taskIds.length} tasks acknowledged; fetching their files`);
  const downloads = await inTurn(taskIds, (taskId) => client.download(taskId));
  for (const node of scene.nodes) await node.stop();
  const rows = await scene.rows();
  const journals: Journals = {
    submits: client.submits,
    tasks: await rows.tasks(),
    purchases: (await scene.upstream.purchases()).map((purchase) => ({
      ...purchase,
      refunded: purchase.refunded === true || isRefunded(purchase.nonce, options),
    })),
    cancels: [...client.cancels].filter(([, answered]) => answered).map(([taskId]) => taskId),
    callbacks: scene.receiver.received,
    sightings: client.sightings,
    downloads: downloads.flat(),
    balances: await rows.balances(),
    custody: (await scene.custody?.entries()) ?? [],
  };
  await rows.close();
  const minutes = (performance.now() - startedMs) / 60_000;
  return reportOf(journals, { options, log, minutes, asked: client.cancels });
}

interface Life {
  readonly client: JournalClient;
  readonly options: ChaosOptions;
  readonly log: NemesisLog;
  readonly tell: (text: string) => void;
}

/** From the first submit to the last callback, as long as patience lasts after the last kill. */
async function live(scene: Scene, { client, options, log, tell }: Life): Promise<void> {
  const impatience = new AbortController();
  const ended = new Set<string>();
  let submitting = true;
  const plan = { log, callbackUrl: scene.receiver.url };
  const submits = submitAll(client, options, plan).finally(() => {
    submitting = false;
  });
  const state = { ended, submitting: () => submitting };
  const watching = watchAll(client, state, impatience.signal);
  await Promise.all([torment(scene, options, log), submits]);
  const { patienceMs } = options;
  tell(`${log.kills} kills done, ${ended.size} tasks ended; waiting for the others`);
  const timer = setTimeout(() => impatience.abort(), patienceMs);
  await watching;
  const silent = (): number => silentTasks(scene, client).length;
  while (silent() > 0 && !impatience.signal.aborted) await sleep(100);
  const knownMs = Date.now() + KNOWN_WITHIN_MS;
  const rows = await scene.rows();
  while ((await rows.inquiries()) > 0 && Date.now() < knownMs) await sleep(100);
  await rows.close();
  clearTimeout(timer);
}

/** How long is waited for upstreams to say what became of canceled jobs; some never will. */
const KNOWN_WITHIN_MS = 5_000;

/** What failed or was stopped in time is not charged by hosts of the Vidgo shape. */
function isRefunded(nonce: string, options: ChaosOptions): boolean {
  return fateOf(nonce, options) === "fail" || honoursCancel(options.seed, nonce);
}

function silentTasks(scene: Scene, client: JournalClient): readonly string[] {
  const told = new Set(
    scene.receiver.received.filter(({ answer }) => answer < 300).map(({ taskId }) => taskId),
  );
  return client.submits
    .filter(({ wantsCallback }) => wantsCallback)
    .flatMap(({ taskIds }) => taskIds)
    .filter((taskId) => !told.has(taskId));
}

interface Facts {
  readonly options: ChaosOptions;
  readonly log: NemesisLog;
  readonly minutes: number;
  /** Tasks that somebody wanted canceled. */
  readonly asked: ReadonlyMap<string, boolean>;
}

function reportOf(journals: Journals, { options, log, minutes, asked }: Facts): ChaosReport {
  const verdict = check(journals);
  const { tasks } = journals;
  const isExpected = ({ errorCode, taskId }: TaskEntry): boolean =>
    errorCode === "canceled" && asked.has(taskId);
  const surprises = tasks.flatMap((task) => (isExpected(task) ? [] : surpriseOf(task, options)));
  const canceled = tasks.filter(({ errorCode }) => errorCode === "canceled");
  const book = Object.groupBy(
    canceled.flatMap(({ booked }) => booked),
    (word) => word,
  );
  return {
    counts: verdict.counts,
    surprises: surprises.length,
    violations: [...verdict.violations, ...surprises],
    tasks: tasks.length,
    finished: tasks.filter(({ stage }) => stage === "finished").length,
    failed: tasks.filter(({ stage }) => stage === "failed").length,
    unknown: tasks.filter(({ errorCode }) => errorCode === "unknown_outcome").length,
    canceled: canceled.length,
    book: Object.fromEntries(Object.entries(book).map(([word, all]) => [word, all.length])),
    recovered: verdict.recovered,
    purchases: journals.purchases.length,
    kills: log.kills,
    pauses: log.pauses,
    hits: log.hits,
    minutes,
  };
}

function surpriseOf(task: TaskEntry, options: ChaosOptions): readonly string[] {
  const end = task.stage === "failed" ? (task.errorCode ?? "") : task.stage;
  const fate = fateOf(task.nonce, options);
  const fake = fakeOf(options.provider);
  const isBlind = options.provider === "vidgo-blind" || fake?.recovery === "blind";
  // Where nothing counts as refused content, the fate does nothing.
  const met = fate === "refuse" && fake?.refusal === null ? null : fate;
  const expected = mayEnd(met, isBlind ? "blind" : "recovers");
  if (expected.includes(end)) return [];
  return [`surprise ${task.taskId}: ${end} with ${fate ?? "no fate"}, not ${expected.join(", ")}`];
}

/** One after another, so that a thousand tasks do not open a thousand connections. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}
