/** Lets only so many through at a time, in all and for each key. */
export interface Gate {
  /**
   * Waits for a place, first come first served among those who may enter. Dispose of the place to
   * give it back.
   * @throws The signal's reason, when it fires before there is a place.
   */
  enter(key: string, signal?: AbortSignal): Promise<Disposable>;
  /** A place now, or `null`: nobody waits. */
  tryEnter(key: string): Disposable | null;
}

/** How many a gate lets through. */
export interface GateOptions {
  readonly totalMax: number;
  readonly perKeyMax: number;
}

/** Makes a gate. */
export function createGate(options: GateOptions): Gate {
  const inside = new Map<string, number>();
  const waiting = new Set<{ readonly key: string; readonly admit: () => void }>();
  let total = 0;

  const tryEnter = (key: string): Disposable | null => {
    const count = inside.get(key) ?? 0;
    if (total >= options.totalMax || count >= options.perKeyMax) return null;
    total += 1;
    inside.set(key, count + 1);
    let held = true;
    return {
      [Symbol.dispose]() {
        if (held) leave(key);
        held = false;
      },
    };
  };
  const leave = (key: string) => {
    total -= 1;
    const count = (inside.get(key) ?? 0) - 1;
    if (count > 0) inside.set(key, count);
    else inside.delete(key);
    for (const waiter of [...waiting]) {
      if (total < options.totalMax) waiter.admit();
    }
  };
  return {
    tryEnter,
    enter(key, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      const place = tryEnter(key);
      if (place !== null) return Promise.resolve(place);
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          waiting.delete(waiter);
          reject(signal?.reason);
        };
        const admit = () => {
          const freed = tryEnter(key);
          if (freed === null) return;
          waiting.delete(waiter);
          signal?.removeEventListener("abort", giveUp);
          resolve(freed);
        };
        const waiter = { key, admit };
        waiting.add(waiter);
        signal?.addEventListener("abort", giveUp, { once: true });
      });
    },
  };
}
