/** What the dispatcher knows of receivers: how much it holds for each, and which are silent. */
export interface Hosts {
  /** How many more deliveries may be held in memory. */
  readonly room: number;
  /** Makes room for a delivery to a host, or gives `null` when too much is held. */
  hold(host: string): Disposable | null;
  /** Whether the host gave no answer the last time it was tried. */
  isSilent(host: string): boolean;
  /** Remembers whether a host answered. */
  note(host: string, isAnswered: boolean): void;
}

const HELD_MAX = 1024;
const HELD_PER_HOST = 512;
const HELD_WHEN_SILENT = 4;
const SILENT_MAX = 1024;

/**
 * Makes the memory of receivers. A host that answers may have 512 deliveries waiting here; one
 * that was silent gets only what can be sent at once, so that its heap never crowds out others.
 */
export function createHosts(): Hosts {
  const held = new Map<string, number>();
  const silent = new Set<string>();
  let total = 0;
  return {
    get room() {
      return HELD_MAX - total;
    },
    hold(host) {
      const count = held.get(host) ?? 0;
      const most = silent.has(host) ? HELD_WHEN_SILENT : HELD_PER_HOST;
      if (total >= HELD_MAX || count >= most) return null;
      total += 1;
      held.set(host, count + 1);
      return {
        [Symbol.dispose]() {
          total -= 1;
          const rest = (held.get(host) ?? 0) - 1;
          if (rest > 0) held.set(host, rest);
          else held.delete(host);
        },
      };
    },
    isSilent: (host) => silent.has(host),
    note(host, isAnswered) {
      silent.delete(host);
      if (!isAnswered) silent.add(host);
      // The longest silent is forgotten first; forgetting costs one more try in vain.
      for (const oldest of silent) {
        if (silent.size <= SILENT_MAX) break;
        silent.delete(oldest);
      }
    },
  };
}
