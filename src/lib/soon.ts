/** A value that is there already, or will be. */
export type Soon<Value> = Value | Promise<Value>;

/** Goes on with a value: at once where it is there. */
export function withSoon<Value, Result>(
  value: Soon<Value>,
  next: (value: Value) => Soon<Result>,
): Soon<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}
