import type { Reach } from "./net-address.ts";
import type { OutboundErrorClass } from "./outbound-connect.ts";

/** Which limits of time apply. */
export type Profile = "provider" | "media" | "webhook";

/** A request to anywhere. */
export interface OutboundRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly reach: Reach;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** For everything from the look-up to the last byte, milliseconds. */
  readonly timeoutMs: number;
  /** Most bytes of the answer. */
  readonly bytesMax: number;
  /** Whether a longer or broken body is cut there instead of being a fault. */
  readonly isCutAllowed?: boolean;
  /**
   * Whether a kept connection may be used. Never for what costs money: a reset on an old
   * connection does not tell whether the request arrived.
   */
  readonly mayReuse?: boolean;
  readonly signal?: AbortSignal;
  /** Asked when the connection is there: unless it says yes, no byte leaves. */
  readonly mayLeave?: () => boolean;
}

/** How an exchange ended. */
export type OutboundAnswer = OutboundResponse | OutboundFault;

/** What came back. */
export interface OutboundResponse {
  readonly kind: "response";
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Whether more followed that was not read. */
  readonly isCut: boolean;
}

/** Why nothing came back. */
export interface OutboundFault {
  readonly kind: "fault";
  readonly class: OutboundErrorClass;
  /** For the log: may name addresses, never shown to a customer. */
  readonly detail: string;
  /** Whether bytes of the request may have left: if not, nothing was bought. */
  readonly sent: boolean;
}

/** Takes the head of an answer and the stream of its body. */
export type ReadAnswer<T> = (answer: {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array>;
}) => Promise<T>;
