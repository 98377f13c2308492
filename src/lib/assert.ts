/** A broken promise of the program itself; never an answer to a caller. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/**
 * Stops when something that cannot be is.
 * @throws {AssertionError} With `message` when `condition` is false.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/**
 * Gives the value back, typed as present.
 * @throws {AssertionError} When the value is `null` or `undefined`.
 */
export function present<T>(value: T | null | undefined, name: string): T {
  if (value === null || value === undefined) throw new AssertionError(`${name} is missing`);
  return value;
}

/** Marks a branch that no value can reach; the compiler proves it. */
export function unreachable(value: never): never {
  throw new AssertionError(`Unreachable value: ${JSON.stringify(value)}`);
}
