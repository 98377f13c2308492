/**
 * Calls one of a table's functions by its name. The types of the table's entries differ, so the
 * compiler cannot follow; whoever sends the call checks name against input at compile time.
 */
export function callByName<Result>(
  table: Readonly<Record<string, (...input: never[]) => unknown>>,
  name: string,
  input: readonly unknown[],
): Result {
  const entry = table[name] as unknown as (...input: readonly unknown[]) => unknown;
  return entry(...input) as Result;
}

/** States the type of a value that crossed a thread or wire of our own. */
export function trusted<T>(value: unknown): T {
  return value as T;
}
