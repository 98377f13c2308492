import type { GatewayError } from "../core/error.ts";

/** What every success is wrapped in. */
export interface SuccessBody<Data> {
  readonly code: 200;
  readonly data: Data;
}

/** What every error is; `code` is the HTTP status and there is never a `data`. */
export interface ErrorBody {
  readonly code: number;
  readonly error: { readonly message: string; readonly type: string };
}

/** Wraps the data of a success. */
export function successBody<Data>(data: Data): SuccessBody<Data> {
  return { code: 200, data };
}

/** The public side of an error: message and type, never its cause. */
export function errorBody(error: GatewayError): ErrorBody {
  return { code: error.status, error: { message: error.message, type: error.type } };
}
