import type { TransactionName } from "../transactions.ts";

/** A call on its way into the database thread. */
export interface Call {
  readonly name: TransactionName;
  readonly input: unknown;
}

/**
 * What came of a call. `refused` says that the transaction itself failed (a constraint, an
 * assertion) and took back its own statements; `unavailable` that the disk is full.
 */
export type Reply =
  | { readonly kind: "done"; readonly result: unknown }
  | { readonly kind: "refused" | "unavailable"; readonly message: string };

/** How a database thread is set up. */
export interface ThreadSetup {
  readonly path: string;
  readonly role: "writer" | "reader";
}

/**
 * What the thread says: ready once, then replies, as many as the calls of a letter and in their
 * order; `fatal` means that it cannot go on.
 */
export type ThreadMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "replies"; readonly replies: readonly Reply[] }
  | { readonly kind: "fatal"; readonly message: string };
