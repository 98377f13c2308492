import type { IncomingMessage, ServerResponse } from "node:http";
import type { CallbackSender } from "./callbacks.ts";
import type { FateMix } from "./fate.ts";
import type { DialectName, JobBook } from "./job-book.ts";
import type { Ledger } from "./ledger.ts";

/** What every dialect works with. */
export interface World {
  readonly options: SimulatorOptions;
  readonly jobs: JobBook;
  readonly ledger: Ledger;
  readonly callbacks: CallbackSender;
  /** Answers by idempotency key: `<dialect> <key>` to job id. */
  readonly keys: Map<string, string>;
  /** Refusals for load given so far, by nonce. */
  readonly limited: Map<string, number>;
  /** The address under which it is reached, and that of its results; known once it listens. */
  origin: string;
  filesOrigin: string;
}

/** How the simulator behaves. */
export interface SimulatorOptions {
  /** 0 picks a free port. */
  readonly port: number;
  readonly ledgerPath: string;
  readonly seed: string;
  readonly mix: FateMix;
  readonly workMs: { readonly min: number; readonly max: number };
  /** Pause before a submit is answered. */
  readonly latencyMs: number;
  /** How late `accept-late` registers a submit that it did not answer. */
  readonly lateMs: number;
  /** Whether a repeated `Idempotency-Key` gives the first answer again. */
  readonly idempotency: boolean;
  /** Whether newest jobs can be listed. */
  readonly list: boolean;
  /** Whether results have an origin of their own, as those of a storage service have. */
  readonly filesApart: boolean;
  /** Whether jobs can be asked for by the client's own reference. */
  readonly reference: boolean;
}

/** One request that has been read whole. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly remotePort: number;
  readonly body: Buffer;
  readonly response: ServerResponse;
}

/** A wire shape: gives `false` when the request is not its own. */
export interface Dialect {
  readonly name: DialectName;
  handle(world: World, call: Call): Promise<boolean>;
}
