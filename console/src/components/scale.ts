const STEPS = [1, 2, 2.5, 5, 10];
const TICKS = 4;

/**
 * Round numbers from zero to at least `most`, few enough for an axis.
 * @param whole Things that are counted have no halves.
 */
export function niceScale(most: number, whole = false): readonly number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const fine = (STEPS.find((each) => each * power >= rough - 1e-12) ?? 10) * power;
  const step = whole ? Math.max(1, Math.ceil(fine)) : fine;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
