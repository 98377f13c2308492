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

/**
 * Calls on their way. Two lists: between threads an object costs as much as ten values, and there
 * are tens of thousands a second.
 */
export interface Letter {
  readonly names: readonly TransactionName[];
  readonly inputs: readonly unknown[];
}

/** Replies on their way, as many as the calls of a letter and in their order. */
export interface Answer {
  /** What came of each; `null` where it failed. */
  readonly results: readonly unknown[];
  /** Those that failed, by their place. */
  readonly faults: ReadonlyMap<number, Fault>;
}

/** Why a call failed. */
export type Fault = Exclude<Reply, { readonly kind: "done" }>;

/** Writes a letter. */
export function packCalls(calls: readonly Call[]): Letter {
  return { names: calls.map(({ name }) => name), inputs: calls.map(({ input }) => input) };
}

/** Reads what {@link packCalls} wrote. */
export function readCalls({ names, inputs }: Letter): readonly Call[] {
  return names.map((name, place) => ({ name, input: inputs[place] }));
}

/** Writes an answer. */
export function packReplies(replies: readonly Reply[]): Answer {
  const faults = new Map<number, Fault>();
  const results = replies.map((reply, place) => {
    if (reply.kind === "done") return reply.result;
    faults.set(place, reply);
    return null;
  });
  return { results, faults };
}

/** How a database thread is set up. */
export interface ThreadSetup {
  readonly path: string;
  readonly role: "writer" | "reader";
}

/**
 * What the thread says: ready once, then the answer to each letter; `fatal` means that it cannot go
 * on.
 */
export type ThreadMessage =
  | { readonly kind: "ready" }
  | ({ readonly kind: "answer" } & Answer)
  | { readonly kind: "fatal"; readonly message: string };
