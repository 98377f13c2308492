/** What the dispatcher knows of receivers: how much it holds for each, and which are silent. */
export interface Hosts {
  /** How many more deliveries may be held in memory. */
  readonly room: number;
  /** Those for whom no more is held, so that nothing is claimed for them in vain. */
  readonly full: { readonly hosts: readonly string[]; readonly projects: readonly string[] };
  /** Makes room for a delivery, or gives `null` when too much is held. */
  hold(delivery: HeldDelivery): Disposable | null;
  /** Whether the host gave the project no answer the last time it was tried. */
  isSilent(delivery: HeldDelivery): boolean;
  /** Remembers whether a host answered. */
  note(delivery: HeldDelivery, isAnswered: boolean): void;
}

/** By what a delivery is counted. */
export interface HeldDelivery {
  /** With the port, as rows have it. */
  readonly host: string;
  readonly projectId: string;
}

/** Most that is claimed at once: there must be room for all of it, or its leases are in vain. */
export const BATCH_MAX = 128;
const HELD_MAX = 1024;
const HELD_PER_HOST = 256;
const HELD_PER_PROJECT = 512;
const HELD_WHEN_SILENT = 4;
const SILENT_MAX = 1024;

/**
 * Makes the memory of receivers. A host that answers may have 256 deliveries waiting here, and all
 * hosts of a project 512, so that no heap crowds out others; a host that was silent gets only what
 * can be sent at once. Silence counts for the project that met it: another one may have a better
 * address there.
 */
export function createHosts(): Hosts {
  const ofHosts = new Map<string, number>();
  const ofPairs = new Map<string, number>();
  const ofProjects = new Map<string, number>();
  const silent = new Set<string>();
  let total = 0;
  return {
    get room() {
      return HELD_MAX - total;
    },
    get full() {
      return {
        hosts: reaching(ofHosts, HELD_PER_HOST - BATCH_MAX),
        projects: reaching(ofProjects, HELD_PER_PROJECT - BATCH_MAX),
      };
    },
    hold(delivery) {
      const { host, projectId } = delivery;
      const pair = pairOf(delivery);
      const isFull =
        total >= HELD_MAX ||
        (ofHosts.get(host) ?? 0) >= HELD_PER_HOST ||
        (ofProjects.get(projectId) ?? 0) >= HELD_PER_PROJECT ||
        (silent.has(pair) && (ofPairs.get(pair) ?? 0) >= HELD_WHEN_SILENT);
      if (isFull) return null;
      const count = (by: 1 | -1): void => {
        total += by;
        change(ofHosts, host, by);
        change(ofProjects, projectId, by);
        change(ofPairs, pair, by);
      };
      count(1);
      return { [Symbol.dispose]: () => count(-1) };
    },
    isSilent: (delivery) => silent.has(pairOf(delivery)),
    note(delivery, isAnswered) {
      const pair = pairOf(delivery);
      silent.delete(pair);
      if (!isAnswered) silent.add(pair);
      // The longest silent is forgotten first; forgetting costs one more try in vain.
      for (const oldest of silent) {
        if (silent.size <= SILENT_MAX) break;
        silent.delete(oldest);
      }
    },
  };
}

/** One name for a project and a host. */
export function pairOf({ projectId, host }: HeldDelivery): string {
  return `${projectId} ${host}`;
}

function reaching(counts: ReadonlyMap<string, number>, most: number): readonly string[] {
  return [...counts].filter(([, count]) => count >= most).map(([name]) => name);
}

function change(counts: Map<string, number>, name: string, by: number): void {
  const count = (counts.get(name) ?? 0) + by;
  if (count > 0) counts.set(name, count);
  else counts.delete(name);
}
