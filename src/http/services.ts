import type { FileRow } from "../core/file.ts";
import { type Mode, SCOPES, type Scope } from "../core/key.ts";
import type { Millicredits } from "../core/money.ts";
import type { Role } from "../core/role.ts";
import type { Task } from "../core/task.ts";
import type { AccountHealth } from "../engine/accounts.ts";
import type { Keyring } from "../engine/keyring.ts";
import type { TakeUpload } from "../engine/upload.ts";
import type { FileStore } from "../files/file-store.ts";
import type { PreviewView } from "../files/preview-view.ts";
import type { Previews } from "../files/previews.ts";
import type { Clock } from "../lib/clock.ts";
import type { DiskRoom } from "../lib/disk-room.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Logger } from "../lib/log.ts";
import type { RandomBytes } from "../lib/random.ts";
import type { Soon } from "../lib/soon.ts";
import type { Catalogue } from "../models/catalogue.ts";
import type { Model } from "../models/model.ts";
import type { People } from "../people/people.ts";
import type { KnownProvider, Registry } from "../providers/registry.ts";
import type { AcceptLimits, Store } from "../store/store.ts";
import type { Ping } from "../webhooks/ping.ts";
import type { WebhookSecrets } from "../webhooks/secrets.ts";
import type { ModelService } from "../wire/model.ts";
import type { RouteFacts } from "../wire/model-health.ts";
import type { SystemFacts } from "../wire/system.ts";
import type { KeyUses } from "./key-uses.ts";
import type { RateLimit } from "./rate-limit.ts";

/** All that the HTTP surface stands on; the composition root puts it together. */
export interface HttpServices {
  readonly store: Store;
  readonly files: FileStore;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: Logger;
  readonly links: FileLinks;
  readonly previews: Pick<Previews, "pathOf" | "forget">;
  /**
   * Accepts a task: durable when this resolves.
   * @throws {GatewayError} 404 unknown model, 400 or 413 input, 402 credits, 409 and 422 key.
   */
  submit(caller: Caller, request: SubmitRequest): Promise<SubmitReceipt>;
  /**
   * Checks an input as a submit would and gives what a live key would pay, or `null` when the
   * model has no price.
   * @throws {GatewayError} 404 unknown model or track, 400 or 413 input.
   */
  quote(caller: Caller, request: QuoteRequest): Promise<Millicredits | null>;
  /**
   * Takes a customer's file in, durable when this resolves.
   * @throws {GatewayError} 400 or 413 with the documented words.
   */
  readonly takeUpload: TakeUpload;
  /** Whether the disk has room for new work. */
  readonly room: Pick<DiskRoom, "forWork">;
  /** How often a key may upload; by the key's id. */
  readonly uploadRate: RateLimit;
  readonly keyUses: KeyUses;
  /** People who sign in, and their sessions. */
  readonly people: People;
  /** Ends a project's open task; gives it as it then stands, or `null` when there is none. */
  cancel(projectId: string, taskId: string): Promise<Task | null>;
  /**
   * Takes an upstream's callback under a name of ours; `null` when we did not make the name or no
   * longer know it.
   */
  upstreamCallback(
    name: string,
    request: UpstreamCallback,
  ): Promise<{ readonly status: number; readonly body: string } | null>;
  /** How long a task may be open at most, milliseconds. */
  readonly hardLimitMs: number;
  /** The providers that would serve a model now, in the order in which they are tried, and why. */
  servedBy(model: Model): ModelService;
  /** The same routes with how they stand, as this process has seen it. */
  routesOf(model: Model): readonly RouteFacts[];
  /**
   * Judges the text of a callback URL without any look-up. Gives `null`, or what is wrong in
   * public words that follow the field's name.
   */
  judgeCallback(url: string, loopbackAllowed: boolean): string | null;
  /** Whose admins run this gateway. */
  readonly homeProjectId: string;
  readonly keyring: Keyring;
  readonly upstreams: UpstreamView;
  /** What a start decides for good. */
  readonly system: Pick<SystemFacts, "role" | "database" | "settings">;
  /** When the offline engine takes live tasks. */
  readonly offline: "auto" | "always" | "never";
  readonly webhookSecrets: WebhookSecrets;
  /** Sends a signed test event to a URL and tells what came back. */
  readonly ping: Ping;
  readonly settings: HttpSettings;
}

/** What serves this gateway. */
export interface UpstreamView {
  readonly registry: Pick<Registry, "active">;
  readonly known: readonly KnownProvider[];
  /** How an account stands as a whole, as this process has seen it. */
  health(provider: string, account: string): AccountHealth;
}

/** What an upstream sent, unread. */
export interface UpstreamCallback {
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly url: URL;
}

/** What the HTTP surface must know of the settings. */
export interface HttpSettings {
  /** Version of the program. */
  readonly version: string;
  /** Origin under which clients reach it, without a slash at the end. */
  readonly publicUrl: string;
  /**
   * Whether callbacks to this very machine may be allowed at all: `HOST` and the public URL are
   * loopback and the setting does not forbid it. A request that came through a proxy closes it.
   */
  readonly loopbackCallbacks: boolean;
  /** Largest JSON body, bytes. */
  readonly bodyBytesMax: number;
  /** Largest file that is taken as a form, bytes. */
  readonly uploadBytesMax: number;
  /** How long an idle connection is kept, milliseconds; longer behind a proxy. */
  readonly keepAliveMs: number;
  /** Where the built console lies; it need not be there. */
  readonly consoleDir: string;
  /** Where the data lives; readiness looks at its free space. */
  readonly dataDir: string;
  /** Below this many free bytes the gateway is not ready and takes in nothing new. */
  readonly diskFreeBytesMin: number;
  /** How long a file may be kept in all, milliseconds; 0 when none may be kept for longer. */
  readonly keepMaxMs: number;
  /** Limits of keys and projects; `null` leaves everybody unlimited. */
  readonly limits: AcceptLimits | null;
  /** Networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
}

/** Makes and reads the names under `/files/`. */
export interface FileLinks {
  /** The absolute, unguessable URL of a file. */
  url(file: FileRow): string;
  /** The file id of a name whose signature is ours, or `null`. */
  parse(name: string): string | null;
  /** The same of a whole URL of ours, or `null`. */
  parseUrl(url: string): string | null;
  /** The absolute, unguessable URL of a view of a file. */
  previewUrl(file: FileRow, view: PreviewView): string;
  /** What the name of a preview stands for when its signature is ours, or `null`. */
  parsePreview(name: string): { readonly fileId: string; readonly view: PreviewView } | null;
}

/** Who asks. */
export interface Caller {
  readonly projectId: string;
  readonly keyId: string;
  readonly mode: Mode;
  readonly scopes: readonly Scope[];
  /** Whether rates and limits apply: not to the operator and the bootstrap key. */
  readonly isLimited: boolean;
  /** A limit of the key's own, or `null`; absent for all but keys. */
  readonly requestsPerMinute?: number | null;
  /** Whether the key has a cap on what it spends. */
  readonly isCapped?: boolean;
  /** Set when a person asks by a session rather than a key. */
  readonly person?: CallerPerson;
}

/** What a session adds to a caller; `keyId` is then the person's id. */
export interface CallerPerson {
  readonly sessionId: string;
  readonly role: Role;
  /** Until when access may be handed out, epoch milliseconds. */
  readonly confirmedUntilMs: number;
}

/** A request whose path names something by its id. */
export interface Named {
  Params: { id: string };
}

/** The operator, who came in by a door of his own. */
export function operatorOf(projectId: string): Caller {
  return { projectId, keyId: "operator", mode: "live", scopes: SCOPES, isLimited: false };
}

/** A submit whose envelope is sound; its input is not yet checked. */
export interface SubmitRequest {
  readonly model: string;
  readonly input: JsonObject;
  readonly callbackUrl: string | null;
  /** The client's key with a SHA-256 of the canonical body, or `null`. */
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  /** Whether the callback may go to this machine. */
  readonly loopback: boolean;
  /** Throws what speaks against a new task; a repeat, which makes none, is not asked. */
  readonly admit: () => Soon<void>;
  /** What the project may have under way and spend; no limits when absent. */
  readonly limits?: AcceptLimits;
}

/** What became of a submit. */
export interface SubmitReceipt {
  readonly task: Pick<Task, "id" | "createdAtMs">;
  /** Whether an earlier submit with the same key made the task. */
  readonly replayed: boolean;
}

/** What is to be priced. */
export interface QuoteRequest {
  readonly model: string;
  readonly input: JsonObject;
  /** Whether media of the input may lie on this machine. */
  readonly loopback: boolean;
}
