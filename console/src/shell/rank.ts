/**
 * The things whose words hold every word of a text, the best first: those that begin with it, then
 * those in which a word begins with it, then the rest in their order.
 */
export function rank<Thing>(
  things: readonly Thing[],
  text: string,
  labelOf: (thing: Thing) => string,
): readonly Thing[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return things;
  const scored = things.flatMap((thing) => {
    const label = labelOf(thing).toLowerCase();
    if (!words.every((word) => label.includes(word))) return [];
    const [first = ""] = words;
    const begins = label.startsWith(first)
      ? 0
      : new RegExp(`\\b${literal(first)}`).test(label)
        ? 1
        : 2;
    return [{ thing, begins }];
  });
  return scored.sort((left, right) => left.begins - right.begins).map(({ thing }) => thing);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
