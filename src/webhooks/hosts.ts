/** What the dispatcher knows of receivers: how much it holds for each, and which are silent. */
export interface Hosts {
  /** How many more deliveries may be held in memory. */
  readonly room: number;
  /** Those for whom no more is held, so that nothing is claimed for them in vain. */
  readonly full: { readonly hosts: readonly string[]; readonly projects: readonly string[] };
  /** Makes room for a delivery, or gives `null` when too much is held. */
  hold(delivery: HeldDelivery): Disposable | null;
  /** Whether the host gave no answer the last time it was tried. */
  isSilent(host: string): boolean;
  /** Remembers whether a host answered. */
  note(host: string, isAnswered: boolean): void;
}

/** By what a delivery is counted. */
export interface HeldDelivery {
  /** With the port, as rows have it. */
  readonly host: string;
  readonly projectId: string;
}

const HELD_MAX = 1024;
const HELD_PER_HOST = 256;
const HELD_PER_PROJECT = 512;
const HELD_WHEN_SILENT = 4;
const SILENT_MAX = 1024;

/**
 * Makes the memory of receivers. A host that answers may have 256 deliveries waiting here, and all
 * hosts of a project 512, so that no heap crowds out others; a host that was silent gets only what
 * can be sent at once.
 */
export function createHosts(): Hosts {
  const ofHosts = new Map<string, number>();
  const ofProjects = new Map<string, number>();
  const silent = new Set<string>();
  let total = 0;
  return {
    get room() {
      return HELD_MAX - total;
    },
    get full() {
      return {
        hosts: reaching(ofHosts, HELD_PER_HOST),
        projects: reaching(ofProjects, HELD_PER_PROJECT),
      };
    },
    hold({ host, projectId }) {
      const most = silent.has(host) ? HELD_WHEN_SILENT : HELD_PER_HOST;
      const isFull =
        total >= HELD_MAX ||
        (ofHosts.get(host) ?? 0) >= most ||
        (ofProjects.get(projectId) ?? 0) >= HELD_PER_PROJECT;
      if (isFull) return null;
      total += 1;
      change(ofHosts, host, 1);
      change(ofProjects, projectId, 1);
      return {
        [Symbol.dispose]() {
          total -= 1;
          change(ofHosts, host, -1);
          change(ofProjects, projectId, -1);
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

function reaching(counts: ReadonlyMap<string, number>, most: number): readonly string[] {
  return [...counts].filter(([, count]) => count >= most).map(([name]) => name);
}

function change(counts: Map<string, number>, name: string, by: number): void {
  const count = (counts.get(name) ?? 0) + by;
  if (count > 0) counts.set(name, count);
  else counts.delete(name);
}
