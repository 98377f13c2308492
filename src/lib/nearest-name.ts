/** Beyond so many wrong letters a name is another name. */
const WRONG_MAX = 2;

/** The one of some names that another is a misspelling of, or `null`. */
export function nearestName(name: string, names: readonly string[]): string | null {
  const ranked = names
    .map((known) => ({ known, wrong: countWrong(name, known) }))
    .toSorted((one, other) => one.wrong - other.wrong);
  const [best] = ranked;
  return best !== undefined && best.wrong <= WRONG_MAX ? best.known : null;
}

/** How many letters are to be put in, left out or replaced until both are the same. */
function countWrong(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, place) => place);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [place, wanted] of [...to].entries()) {
      const replaced = (row[place] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
