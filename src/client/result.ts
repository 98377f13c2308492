/** A value, or why there is none. Nothing that can be expected is thrown. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ClientError };

/**
 * Why a call gave no value; told apart by `kind`. Each names the task that was waited for, or
 * `null`: unless it has `failed` it goes on, and can be waited for again.
 */
export type ClientError =
  /** The gateway said no. */
  | {
      readonly kind: "refused";
      readonly taskId: string | null;
      /** HTTP status: 400 input, 401 key, 402 credits, 404, 409, 422, 429, 5xx. */
      readonly status: number;
      /** The documented word: `validation_error`, `insufficient_credits_error`, … */
      readonly type: string;
      readonly message: string;
    }
  /** No answer, or none that is understood, after every retry. */
  | { readonly kind: "unreachable"; readonly taskId: string | null; readonly message: string }
  /** The task ended as failed. */
  | {
      readonly kind: "failed";
      readonly taskId: string;
      readonly code: string | null;
      readonly message: string;
    }
  /** Nobody waits any more: `timeoutMs` is over or `signal` is. */
  | { readonly kind: "stopped"; readonly taskId: string | null };

/** Wraps a value. */
export function success<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** Wraps an error. */
export function failure(error: ClientError): { readonly ok: false; readonly error: ClientError } {
  return { ok: false, error };
}
