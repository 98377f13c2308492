import type { Mode } from "../core/key.ts";
import type {
  CancelOutcome,
  FindOutcome,
  Observation,
  SubmitOutcome,
  UpstreamError,
} from "../core/outcome.ts";
import type { ProviderTraits } from "../core/traits.ts";
import type { Clock } from "../lib/clock.ts";
import type { Json, JsonObject } from "../lib/json.ts";

/**
 * An adapter to one upstream. It translates: every method is at most one bounded HTTP exchange.
 * Waiting, backoff, deadlines, retries and money belong to the engine.
 *
 * Each method may throw {@link UpstreamFailure} for a definite refusal before anything was
 * created. Any other throw out of `submit` counts as "sent, answer unknown".
 */
export interface Provider {
  /** The name in routes, rows and `docs/providers/<name>.md`; kebab-case. */
  readonly name: string;
  readonly traits: ProviderTraits;
  /** Whether it resells what its maker does not sell, so that operators are warned of it. */
  readonly unofficial?: true;
  /**
   * The routes that this provider offers by default: public model id to upstream model name.
   */
  readonly models: Readonly<Record<string, string>>;
  /**
   * Checks and maps the public input. Pure, no I/O; what it gives is stored before the submit and
   * is all that `submit` gets to see.
   */
  prepare(request: ProviderRequest): Preparation;
  /** Sends the one request that may cost money. Never tries twice. */
  submit(prepared: Json, context: ProviderContext): Promise<SubmitOutcome>;
  /** The upstream's own id in an operation, where that is not its `id` or all there is. */
  idOf?(operation: Json): string;
  /** Asks for the state of an operation. Free and repeatable. */
  poll?(operation: Json, context: ProviderContext): Promise<Observation>;
  /** After an unanswered submit: looks for the job that carries our marker. */
  find?(query: FindQuery, context: ProviderContext): Promise<FindOutcome>;
  /** Verifies and reads an upstream's callback. A hint only: the engine polls all the same. */
  callback?(request: CallbackRequest, context: ProviderContext): Promise<CallbackReading>;
  /** Asks the upstream to stop. Safe to repeat. */
  cancel?(operation: Json, context: ProviderContext): Promise<CancelOutcome>;
  /** Opens an artifact of kind `upstream` for reading. */
  open?(ref: Json, context: ProviderContext): Promise<OpenedArtifact>;
}

/** One task, as a provider sees it. */
export interface ProviderRequest {
  readonly taskId: string;
  /** The attempt's id: unique, unguessable, to be sent as client reference where there is one. */
  readonly marker: string;
  readonly model: string;
  readonly upstreamModel: string;
  /** The checked input, with the model's defaults filled in. */
  readonly input: JsonObject;
  readonly mode: Mode;
  /** Where the upstream may call back, already signed for this attempt, or `null`. */
  readonly callbackUrl: string | null;
  /** Earlier creations that the input names (audio ids, personas). */
  readonly sources: readonly Source[];
}

/** An earlier creation of the same project that a task builds on. */
export interface Source {
  readonly id: string;
  readonly taskId: string;
  readonly provider: string;
  readonly account: string;
  /** What the provider stored about it when it was made. */
  readonly ref: Json;
  /** Local path of its bytes while they live, or `null` after they expired. */
  readonly path: string | null;
}

/**
 * What `prepare` decides. The notes say what of the input is left out or made otherwise; the task
 * shows them. They are kept as the member `notes` of what was prepared.
 */
export type Preparation =
  | { readonly kind: "ready"; readonly prepared: Json; readonly notes: readonly string[] }
  | { readonly kind: "refused"; readonly error: UpstreamError };

/** The provider account that pays, with its key already opened. */
export interface ProviderAccount {
  readonly id: string;
  readonly baseUrl: string;
  readonly secret: Readonly<Record<string, string>>;
}

/** What an upstream answered over HTTP; the body is read within bounds. */
export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** A request to the account's own host. */
export interface UpstreamRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Absolute, or relative to the account's base URL. Another host is refused. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string | FormData;
  /** Total time for the exchange, milliseconds. */
  readonly timeoutMs: number;
  /** Largest answer, bytes. */
  readonly bytesMax: number;
  /** Set by the engine: asked when the connection is there, before anything is sent on it. */
  readonly mayLeave?: () => boolean;
}

/** Bytes of a user's URL, fetched through the guard into the staging folder. */
export interface FetchedInput {
  readonly path: string;
  /** By magic bytes, never by what the server said. */
  readonly mediaType: string;
  readonly sizeBytes: number;
}

/** A new, empty file in the staging folder. */
export interface StagedFile {
  /** The name to put into an artifact of kind `staged`. */
  readonly name: string;
  /** Absolute path to write to. */
  readonly path: string;
}

/** What the engine hands to each call. */
export interface ProviderContext {
  readonly account: ProviderAccount;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** One exchange with the upstream: guarded, host-pinned, no redirects, no retries. */
  request(request: UpstreamRequest): Promise<UpstreamResponse>;
  /**
   * Fetches what a customer's URL names.
   * @throws {UpstreamFailure} With `input_unreachable` when it cannot be had.
   */
  input(url: string): Promise<FetchedInput>;
  /** Reserves a file in the staging folder. Swept when no task claims it within the hour. */
  stage(extension: string): Promise<StagedFile>;
  /** Tells the engine that polling this attempt now is worth it. Only a hint. */
  wake(): void;
}

/** Which job `find` looks for. */
export interface FindQuery {
  readonly marker: string;
  readonly prepared: Json;
  readonly sentAtMs: number;
}

/** A callback from an upstream, unread. */
export interface CallbackRequest {
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly url: URL;
}

/** What a callback says. */
export interface CallbackReading {
  readonly trust: "signed" | "unsigned";
  readonly operation: Json | null;
  readonly observation: Observation | null;
  readonly reply: { readonly status: number; readonly body: string } | null;
}

/** An opened artifact: a stream of bytes and what the upstream says of it. */
export interface OpenedArtifact {
  readonly body: AsyncIterable<Uint8Array>;
  readonly sizeBytes: number | null;
}

/** A definite refusal: nothing was created, and `error` says why. */
export class UpstreamFailure extends Error {
  override readonly name = "UpstreamFailure";
  readonly error: UpstreamError;

  constructor(error: UpstreamError) {
    super(error.message);
    this.error = error;
  }
}
