/** How long something took of late. */
export interface Latency {
  /** Notes that it took so many milliseconds. */
  note(tookMs: number): void;
  /** Milliseconds that a share of the last ones, 0 to 1, did not take longer; `null` before any. */
  percentile(share: number): number | null;
  /** How many there were in all. */
  readonly count: number;
}

/** Remembers the last `sizeMax` times, in memory that does not grow. */
export function createLatency(sizeMax: number): Latency {
  const times = new Float64Array(sizeMax);
  let count = 0;
  return {
    note(tookMs) {
      times[count % sizeMax] = tookMs;
      count += 1;
    },
    percentile(share) {
      const known = times.slice(0, Math.min(count, sizeMax)).sort();
      if (known.length === 0) return null;
      const place = Math.ceil(share * known.length) - 1;
      return known[Math.max(0, place)] ?? null;
    },
    get count() {
      return count;
    },
  };
}
