/** One measured thing beside what is aimed at. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** What is aimed at, for people; empty where nothing is. */
  readonly bar: string;
  /** Whether the bar is held; `null` where there is none. */
  readonly holds: boolean | null;
}

/** Three figures that are aimed at together, as in `file lines p50 / p95 / max`. */
export function spread(name: string, values: readonly number[], bars: Spread): Figure {
  const found = [quantile(values, 0.5), quantile(values, 0.95), Math.max(0, ...values)];
  const limits = [bars.p50, bars.p95, bars.max];
  return {
    name: `${name} p50 / p95 / max`,
    value: found.join(" / "),
    bar: `≤ ${limits.join(" / ")}`,
    holds: found.every((value, index) => value <= (limits[index] ?? 0)),
  };
}

/** The bars of {@link spread}. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** A figure that must not be larger than its bar. */
export function atMost(name: string, value: number, limit: number): Figure {
  return { name, value: String(value), bar: `≤ ${limit}`, holds: value <= limit };
}

/** A figure that must not be smaller than its bar. */
export function atLeast(name: string, value: number, limit: number): Figure {
  return { name, value: String(value), bar: `≥ ${limit}`, holds: value >= limit };
}

/** A figure that is told for its own sake. */
export function told(name: string, value: string | number): Figure {
  return { name, value: String(value), bar: "", holds: null };
}

/** The smallest value that at least `share` of all values do not exceed; 0 without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
