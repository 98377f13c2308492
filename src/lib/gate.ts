/** Lets only so many through at a time, in all and for each key. */
export interface Gate {
  /**
   * Waits for a place. Of those who may enter, the one goes first whose group is inside with the
   * fewest; then who came first. Dispose of the place to give it back.
   * @throws The signal's reason, when it fires before there is a place.
   */
  enter(key: string, signal?: AbortSignal, group?: string): Promise<Disposable>;
  /** A place now, or `null`: nobody waits. */
  tryEnter(key: string, group?: string): Disposable | null;
}

/** How many a gate lets through. */
export interface GateOptions {
  readonly totalMax: number;
  readonly perKeyMax: number;
}

/** Makes a gate. */
export function createGate(options: GateOptions): Gate {
  const inside = new Map<string, number>();
  const groups = new Map<string, number>();
  const waiting = new Set<Waiter>();
  let total = 0;

  const tryEnter = (key: string, group = ""): Disposable | null => {
    const count = inside.get(key) ?? 0;
    if (total >= options.totalMax || count >= options.perKeyMax) return null;
    total += 1;
    change(inside, key, 1);
    change(groups, group, 1);
    let held = true;
    return {
      [Symbol.dispose]() {
        if (held) leave(key, group);
        held = false;
      },
    };
  };
  const leave = (key: string, group: string) => {
    total -= 1;
    change(inside, key, -1);
    change(groups, group, -1);
    while (total < options.totalMax) {
      const next = nextOf(
        waiting,
        groups,
        ({ key: of }) => (inside.get(of) ?? 0) < options.perKeyMax,
      );
      if (next === null) return;
      next.admit();
    }
  };
  return {
    tryEnter,
    enter(key, signal, group = "") {
      if (signal?.aborted) return Promise.reject(signal.reason);
      const place = tryEnter(key, group);
      if (place !== null) return Promise.resolve(place);
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          waiting.delete(waiter);
          reject(signal?.reason);
        };
        const admit = () => {
          const freed = tryEnter(key, group);
          if (freed === null) return;
          waiting.delete(waiter);
          signal?.removeEventListener("abort", giveUp);
          resolve(freed);
        };
        const waiter = { key, group, admit };
        waiting.add(waiter);
        signal?.addEventListener("abort", giveUp, { once: true });
      });
    },
  };
}

interface Waiter {
  readonly key: string;
  readonly group: string;
  readonly admit: () => void;
}

function nextOf(
  waiting: ReadonlySet<Waiter>,
  groups: ReadonlyMap<string, number>,
  mayEnter: (waiter: Waiter) => boolean,
): Waiter | null {
  let next: Waiter | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const waiter of waiting) {
    const count = groups.get(waiter.group) ?? 0;
    if (count >= fewest || !mayEnter(waiter)) continue;
    next = waiter;
    fewest = count;
  }
  return next;
}

function change(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
