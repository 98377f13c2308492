/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Reads `16:9`; `null` when the text is no ratio. */
export function readRatio(text: unknown): Size | null {
  const match = /^(\d{1,3}):(\d{1,3})$/.exec(typeof text === "string" ? text : "");
  return match === null ? null : positive({ width: Number(match[1]), height: Number(match[2]) });
}

/** Reads `2304x1728`, `832*480` or `{width, height}`; `null` when it is neither. */
export function readPixels(value: unknown): Size | null {
  if (typeof value === "object" && value !== null && "width" in value && "height" in value) {
    const { width, height } = value;
    return typeof width === "number" && typeof height === "number"
      ? positive({ width, height })
      : null;
  }
  const match = /^(\d{2,5})[xX*](\d{2,5})$/.exec(typeof value === "string" ? value : "");
  return match === null ? null : positive({ width: Number(match[1]), height: Number(match[2]) });
}

function positive(size: Size): Size | null {
  return size.width > 0 && size.height > 0 ? size : null;
}

/**
 * The size of about the given area whose ratio is exact: a whole multiple of the ratio in lowest
 * terms, in steps that keep both sides even.
 */
export function exactSize(ratio: Size, area: number): Size {
  const divisor = gcd(ratio.width, ratio.height);
  const wide = ratio.width / divisor;
  const high = ratio.height / divisor;
  const scale = Math.sqrt(area / (wide * high));
  const step = scale >= 64 ? 4 : 2;
  const times = Math.max(step, Math.round(scale / step) * step);
  return { width: wide * times, height: high * times };
}

function gcd(first: number, second: number): number {
  return second === 0 ? first : gcd(second, first % second);
}
