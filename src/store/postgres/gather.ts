/** How calls are gathered. */
export interface GatherOptions<Input, Result> {
  readonly groupMax: number;
  /** Two calls of one mark never share a group; `null` shares with all. */
  readonly mark: (input: Input) => string | null;
  /** Answers a group, one result for each input in its order. */
  readonly work: (inputs: readonly Input[]) => Promise<readonly Result[]>;
}

interface Waiting<Input, Result> {
  readonly input: Input;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes calls share a round trip: those that come while one group is under way form the next. When
 * a group fails, all that wait behind it fail with it, so that nobody waits for two deadlines.
 */
export function gatherCalls<Input, Result>(
  options: GatherOptions<Input, Result>,
): (input: Input) => Promise<Result> {
  let waiting: Waiting<Input, Result>[] = [];
  let busy = false;
  const workOff = async (): Promise<void> => {
    while (waiting.length > 0) {
      const [group, rest] = takeGroup(waiting, options);
      waiting = rest;
      try {
        const results = await options.work(group.map(({ input }) => input));
        for (const [index, result] of results.entries()) group[index]?.resolve(result);
      } catch (error) {
        for (const { reject } of [...group, ...waiting]) reject(error);
        waiting = [];
      }
    }
    busy = false;
  };
  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (busy) return;
      busy = true;
      // After this turn of the event loop, so that its other calls come along.
      setImmediate(() => void workOff());
    });
}

function takeGroup<Input, Result>(
  waiting: readonly Waiting<Input, Result>[],
  { groupMax, mark }: GatherOptions<Input, Result>,
): readonly [readonly Waiting<Input, Result>[], Waiting<Input, Result>[]] {
  const group: Waiting<Input, Result>[] = [];
  const rest: Waiting<Input, Result>[] = [];
  const marks = new Set<string>();
  for (const each of waiting) {
    const own = mark(each.input);
    const fits = group.length < groupMax && (own === null || !marks.has(own));
    (fits ? group : rest).push(each);
    if (own !== null) marks.add(own);
  }
  return [group, rest];
}
