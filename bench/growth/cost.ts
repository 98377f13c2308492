/** What a call costs, microseconds. */
export interface Cost {
  readonly cpuUs: number;
  readonly wallUs: number;
}

/** Costs by name. */
export type Costs = Readonly<Record<string, Cost>>;

/** Calls to be made and the processor time that counts. */
export interface Run {
  readonly cpuMs: () => Promise<number>;
  readonly calls: number;
  /** How many wait at the same time. */
  readonly width: number;
}

const ROUNDS = 9;

/**
 * The median of each cost of all subjects, by name. Rounds in turn, so that whatever else the
 * machine does slows all; processor time is the measure, wall time is shown.
 */
export async function compare<Subject>(
  subjects: readonly Subject[],
  measure: (subject: Subject, round: number) => Promise<Costs>,
): Promise<readonly Costs[]> {
  const rounds = subjects.map((): Costs[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const costs = await measure(subject, round);
      // The first round only warms up.
      if (round > 0) rounds[index]?.push(costs);
    }
  }
  return rounds.map((all) => {
    const names = Object.keys(all[0] ?? {});
    return Object.fromEntries(
      names.map((name) => {
        const costs = all.flatMap((each) => each[name] ?? []);
        const cpuUs = median(costs.map((cost) => cost.cpuUs));
        return [name, { cpuUs, wallUs: median(costs.map((cost) => cost.wallUs)) }];
      }),
    );
  });
}

/** Makes calls and tells what one of them costs. */
export async function cost(run: Run, call: (number: number) => Promise<unknown>): Promise<Cost> {
  const cpu = await run.cpuMs();
  const fromMs = performance.now();
  let made = 0;
  const work = async (): Promise<void> => {
    while (made < run.calls) {
      made += 1;
      await call(made);
    }
  };
  await Promise.all(Array.from({ length: run.width }, work));
  const wallMs = performance.now() - fromMs;
  const spentMs = (await run.cpuMs()) - cpu;
  return { cpuUs: (spentMs * 1_000) / run.calls, wallUs: (wallMs * 1_000) / run.calls };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
