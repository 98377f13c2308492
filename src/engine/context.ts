import type { FileRow } from "../core/file.ts";
import type { Artifact, MediaKind } from "../core/outcome.ts";
import type { Ingest } from "../files/ingest.ts";
import type { KeepText } from "../files/keep-text.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/log.ts";
import type { RandomBytes } from "../lib/random.ts";
import type { Catalogue } from "../models/catalogue.ts";
import type { FileLimits } from "../models/file-limits.ts";
import type { Validator } from "../models/validate.ts";
import type {
  FetchedInput,
  ProviderAccount,
  StagedFile,
  UpstreamRequest,
  UpstreamResponse,
} from "../providers/provider.ts";
import type { Registry } from "../providers/registry.ts";
import type { Store } from "../store/store.ts";
import type { Accounts } from "./accounts.ts";
import type { JudgeInputUrl } from "./input-urls.ts";

/** All that the engine stands on; put together by the composition root. */
export interface EngineContext {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly validator: Validator;
  readonly registry: Registry;
  readonly accounts: Accounts;
  readonly wayOut: WayOut;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: Logger;
  /** Judges the text of a media URL in an input; our own files always pass. */
  readonly judgeInputUrl: JudgeInputUrl;
  /** The URL of a file, as the event of a task freezes it. */
  readonly fileUrl: (file: FileRow) => string;
  /**
   * Where the upstream at a base URL may call back about an attempt, or `null` when it cannot
   * reach us. The name in it proves that we made it.
   */
  readonly callbackUrl: (attemptId: string, baseUrl: string) => string | null;
  readonly settings: EngineSettings;
}

/** The limits of the engine. */
export interface EngineSettings {
  /** The name of this node; always the same where only one process can be. */
  readonly node: string;
  /** A worker that does not write within this time loses its claim. */
  readonly leaseMs: number;
  /** Tasks worked on at the same moment. */
  readonly concurrencyMax: number;
  /** Longest pause before the database is asked again. */
  readonly pollMs: number;
  /** When a task is closed at the latest, counted from its submit. */
  readonly hardLimitMs: number;
  /** How long files live, counted from the end of their task. */
  readonly fileLifeMs: number;
  /** Which tasks the offline engine takes: see `routing.ts`. */
  readonly offline: "auto" | "always" | "never";
  /** Whether a live task needs a balance. */
  readonly enforceCredits: boolean;
}

/** The only ways of the engine to the world outside: all of them go through the guard. */
export interface WayOut {
  request(exchange: Exchange, signal: AbortSignal): Promise<UpstreamResponse>;
  /** @throws {UpstreamFailure} `input_unreachable`. */
  fetchInput(wish: InputWish, signal: AbortSignal): Promise<FetchedInput>;
  /** How long a customer's medium is. */
  measure(wish: MeasureWish, signal: AbortSignal): Promise<Measured>;
  stage(extension: string): Promise<StagedFile>;
  /** The bytes of an earlier file on this machine, or `null` when they are gone. */
  localPath(storageKey: string): Promise<string | null>;
  readonly keep: Ingest;
  /** Lets go of a finished task's artifacts: no second name of a file outlives it. */
  letGo(artifacts: readonly Artifact[]): Promise<void>;
  readonly keepText: KeepText;
  /** Whether the disk has room for the result of what is about to be bought. */
  hasRoom(): Promise<boolean>;
}

/** One exchange with an account's own host. */
export interface Exchange {
  readonly account: ProviderAccount;
  readonly request: UpstreamRequest;
}

/** A customer's URL to be fetched. */
export interface InputWish {
  readonly url: string;
  /** Whether the submit may reach this machine's loopback. */
  readonly loopback: boolean;
}

/** A medium whose length is asked for. */
export interface MeasureWish extends InputWish {
  readonly media: MediaKind;
  /** Whether a file that is not ours is fetched for it. */
  readonly foreign: boolean;
  /** What the member takes; any of its kind when absent. */
  readonly limits?: FileLimits;
}

/** What is known of its length. */
export type Measured =
  | { readonly kind: "seconds"; readonly seconds: number }
  /** A stranger's file that was not asked for, or one of ours that does not say its length. */
  | { readonly kind: "unknown" }
  /** In words that follow the field's name. */
  | { readonly kind: "fault"; readonly message: string };
