/** A line of a song and when it is sung. */
export interface TimedLine {
  readonly atS: number;
  readonly text: string;
}

const LINE = /^\s*\[(\d{1,3}):(\d{1,2}(?:\.\d{1,3})?)\](.*)$/;

/** The lines of `[mm:ss.xx] text` in the order of their times; what is no such line is left out. */
export function timedLines(text: string): readonly TimedLine[] {
  return text
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, minutes, seconds, words = ""] = LINE.exec(line) ?? [];
      if (minutes === undefined) return [];
      return [{ atS: Number(minutes) * 60 + Number(seconds), text: words.trim() }];
    })
    .toSorted((one, other) => one.atS - other.atS);
}

/** Which line is sung at a moment; -1 before the first. */
export function lineAt(lines: readonly TimedLine[], placeS: number): number {
  return lines.findLastIndex(({ atS }) => atS <= placeS + 0.05);
}
