import type {
  DeliveryState,
  DeliveryTry,
  DeliveryView,
  DueDelivery,
  SentDelivery,
} from "../core/delivery.ts";
import type { TaskErrorCode } from "../core/error.ts";
import type { FileRow } from "../core/file.ts";
import type { Millicredits } from "../core/money.ts";
import type {
  CancelOutcome,
  Cost,
  Creation,
  Output,
  Production,
  UpstreamError,
} from "../core/outcome.ts";
import type { Attempt, AttemptState, Task, TaskStage } from "../core/task.ts";
import type { Json } from "../lib/json.ts";
import type {
  AuditStore,
  DeliveryCount,
  DeliveryFilter,
  DeliveryQuery,
  EventStore,
  RedeliverWindow,
  WebhookStore,
} from "./door-store.ts";
import type { Hint } from "./hints.ts";
import type { Grant, KeyStore } from "./key-store.ts";
import type { PeopleStore } from "./people-store.ts";
import type { ProviderKeyStore } from "./provider-key-store.ts";
import type { RateStore } from "./rate-store.ts";
import type { FileRows, Upkeep } from "./upkeep-store.ts";
import type { ViewStore, WritePace } from "./view-store.ts";

/**
 * The one door to the database. Each method is one transaction and resolves after its commit.
 * Ids, times and chance come from the caller. Writes by a worker carry the fence of its claim and
 * change nothing when the lease has passed on: they then resolve to `false`.
 */
export interface Store {
  readonly tasks: TaskStore;
  readonly inquiries: InquiryStore;
  readonly keys: KeyStore;
  readonly people: PeopleStore;
  readonly files: FileRows;
  readonly deliveries: DeliveryStore;
  readonly webhooks: WebhookStore;
  readonly events: EventStore;
  readonly audit: AuditStore;
  readonly views: ViewStore;
  readonly providerKeys: ProviderKeyStore;
  readonly rates: RateStore;
  readonly upkeep: Upkeep;
  /**
   * Tells when something may have become due, here or elsewhere, until the returned function is
   * called. Hints may be lost: polling stays the truth.
   */
  onHint(listener: (hint: Hint) => void): () => void;
  /** How long writes took of late. */
  pace(): WritePace;
  /** Throws when the database does not answer; for the readiness check. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Tasks, their attempts and the ledger. */
export interface TaskStore {
  /** Writes task, hold and idempotency key, or tells why not. */
  accept(submission: Submission): Promise<AcceptResult>;
  /** What an earlier submit with the same idempotency key came to, or `null`. */
  earlier(projectId: string, idempotency: Marked): Promise<EarlierResult | null>;
  /** A project's task with its files, or `null`; another project's is `null` too. */
  find(projectId: string, taskId: string): Promise<TaskView | null>;
  /** What of a task changes before its end, at half the cost of `find`; `null` as there. */
  peek(projectId: string, taskId: string): Promise<TaskPulse | null>;
  /** As `peek`, at once, when it is known without asking the database; else `null`. */
  pulse(projectId: string, taskId: string): TaskPulse | null;
  /** A project's tasks, newest first. */
  list(query: TaskQuery): Promise<readonly Task[]>;
  attempts(projectId: string, taskId: string): Promise<readonly Attempt[]>;
  /** An attempt by its id with its task, for a callback from its upstream; or `null`. */
  attempt(attemptId: string): Promise<{ readonly attempt: Attempt; readonly task: Task } | null>;
  /**
   * Gives an attempt whose submit was not answered the operation that its upstream told, and makes
   * its task due. Changes nothing else when an operation is known, the attempt has ended, or the
   * operation is another attempt's.
   */
  adopt(adoption: Adoption): Promise<boolean>;
  /**
   * Takes an operation from the open attempt that has it, for it was told to another, too; that
   * attempt's task becomes due and cannot finish by it.
   */
  contest(operationKey: string, nowMs: number): Promise<void>;
  /**
   * Takes up to `limit` due tasks, oldest due first, each with its open attempt. Their leases end
   * by themselves after `leaseMs`. A worker that outlives its lease can act twice outside the
   * database; the fence only keeps it from writing. So trust a claim only until the monotonic time
   * at which this was called + `leaseMs`, less a margin, by a clock of one's own.
   */
  claimDue(claim: TaskClaimRequest): Promise<readonly Claim[]>;
  /** When the next task is due by this machine's clock, or `null` when none is open. */
  nextDueMs(): Promise<number | null>;
  /** Keeps a lease on a task, or on the inquiry that it became, while a long step goes on. */
  extendLease(lease: Lease): Promise<boolean>;
  /** Makes an attempt's task or inquiry due at once; nothing happens when both have ended. */
  wake(attemptId: string, nowMs: number): Promise<void>;
  /** Opens an attempt: on disk before the first byte leaves. */
  recordIntent(intent: Intent): Promise<boolean>;
  /** Writes a step that does not end the task, or nothing. */
  recordStep(step: Step): Promise<StepResult>;
  /** Ends the task: status, files, creations, ledger, event and delivery together. */
  settle(settlement: Settlement): Promise<boolean>;
  /** Ends an open task as canceled, with all that `settle` writes; `ended` when it had ended. */
  cancel(wish: Cancellation): Promise<"canceled" | "ended" | "absent">;
  /** Earlier creations of the project, in the order of `ids`; unknown ones are left out. */
  creations(projectId: string, ids: readonly string[]): Promise<readonly CreationRow[]>;
  /** What the project has left: grants minus holds minus settled. */
  balance(projectId: string): Promise<Millicredits>;
  grant(grant: Grant): Promise<void>;
}

/** A submit that passed every check. */
export interface Submission {
  readonly task: Task;
  /** Whether the submit came from this machine, so that loopback targets may be allowed. */
  readonly loopback: boolean;
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  /** The audio or task that allows this operation once, or `null` when it may be repeated. */
  readonly oneShot: string | null;
  /** Refuse when the balance is lower than the hold. */
  readonly enforceCredits: boolean;
  /** What the project may have under way and spend; no limits when absent. */
  readonly limits?: AcceptLimits;
  /** Whether the key of the task has a cap on what it spends. */
  readonly isKeyCapped?: boolean;
}

/** Limits that are counted in the transaction that accepts. */
export interface AcceptLimits {
  /** Most tasks that have not ended. */
  readonly openTasksMax: number;
  /** Most that may be held in a day (UTC); what was released again does not count. */
  readonly spendPerDayMax: Millicredits;
}

/** The task of an earlier submit, or that its key came with another body. */
export type EarlierResult =
  | { readonly kind: "replayed"; readonly task: Task }
  | { readonly kind: "mismatch" };

type Marked = NonNullable<Submission["idempotency"]>;

/** How a submit ended. */
export type AcceptResult =
  | EarlierResult
  | { readonly kind: "accepted" }
  /** The operation was done to this source before, or is being done. */
  | { readonly kind: "repeated" }
  | { readonly kind: "insufficient"; readonly balance: Millicredits }
  /** Too many tasks of the project have not ended. */
  | { readonly kind: "crowded"; readonly openTasksMax: number }
  /** The project would spend too much today. */
  | { readonly kind: "capped"; readonly spendPerDayMax: Millicredits }
  /** The key would spend more than it may. */
  | { readonly kind: "key_capped"; readonly per: "day" | "total"; readonly max: Millicredits };

/** A task with its files, by position. */
export interface TaskView {
  readonly task: Task;
  readonly files: readonly FileRow[];
}

/** All of a task that moves while it is open. */
export type TaskPulse = Pick<Task, "stage" | "progress" | "routeIndex" | "startedAtMs">;

/** Which tasks to list. */
export interface TaskQuery {
  readonly projectId: string;
  readonly limit: number;
  /** Only tasks created before this one (exclusive), for paging. */
  readonly before?: { readonly createdAtMs: number; readonly id: string };
  readonly stages?: readonly TaskStage[];
}

/** Who claims how much for how long. */
export interface ClaimRequest {
  readonly nowMs: number;
  readonly leaseMs: number;
  readonly limit: number;
}

/** As {@link ClaimRequest}; a task that runs inside another node is left to it for 30 s. */
export interface TaskClaimRequest extends ClaimRequest {
  /** Who asks: the name under which this node's own tasks are kept. */
  readonly node: string;
}

/** As {@link ClaimRequest}, passing over those who have enough under way. */
export interface DeliveryClaim extends ClaimRequest {
  /** Hosts of callbacks, with the port unless it is the usual. */
  readonly notHosts?: readonly string[];
  readonly notProjects?: readonly string[];
}

/** A lease to be kept. */
export interface Lease {
  readonly taskId: string;
  readonly fence: number;
  readonly nowMs: number;
  readonly leaseMs: number;
}

/** A leased task. Every later write names its `fence`. */
export interface Claim {
  readonly task: Task;
  /** The open attempt, or `null` while the task is queued. */
  readonly attempt: Attempt | null;
  readonly loopback: boolean;
  readonly fence: number;
}

/** A new attempt, state `submitting`; moves the task to `submitting`. */
export interface Intent {
  readonly taskId: string;
  readonly fence: number;
  readonly attempt: {
    readonly id: string;
    readonly number: number;
    readonly provider: string;
    readonly account: string;
    readonly upstreamModel: string;
    readonly prepared: Json;
  };
  readonly nowMs: number;
  /** The node inside which the attempt will run, or `null` when any may ask about it. */
  readonly home: string | null;
}

/** A lost job that its upstream told of. */
export interface Adoption {
  readonly attemptId: string;
  readonly operation: Json;
  /** As in {@link AttemptChange}. */
  readonly operationKey?: string;
  readonly nowMs: number;
}

/** A change of the open attempt. Members that are left out stay as they are. */
export interface AttemptChange {
  readonly id: string;
  readonly state: AttemptState;
  readonly operation?: Json;
  /** Names the operation among all of all accounts; no two attempts ever have the same. */
  readonly operationKey?: string;
  readonly production?: Production | null;
  readonly troubles?: number;
  readonly errorCode?: TaskErrorCode;
  readonly errorMessage?: string;
  /** Whether the upstream charged for it, and how much where it says so. */
  readonly billed?: UpstreamError["billed"];
  readonly cost?: Cost;
  readonly ended?: boolean;
  /** Nothing is written when the attempt was woken under this lease: it is looked at again. */
  readonly unlessTold?: true;
}

/** A step that keeps the task open. */
export interface Step {
  readonly taskId: string;
  readonly fence: number;
  readonly stage: TaskStage;
  /** When the task wants attention again; the lease ends with this write, unless it is kept. */
  readonly dueAtMs: number;
  readonly nowMs: number;
  /** The same worker goes on: the lease stays, until `dueAtMs`. */
  readonly keepLease?: boolean;
  /** Raised, never lowered. */
  readonly progress?: number;
  readonly started?: boolean;
  readonly routeIndex?: number;
  readonly attempt?: AttemptChange;
}

/** What became of a step: `lost` with the lease, `taken` when another attempt has its operation. */
export type StepResult = "written" | "lost" | "taken";

/** The end of a task. */
export interface Settlement {
  readonly taskId: string;
  readonly fence: number;
  readonly nowMs: number;
  readonly expiresAtMs: number;
  readonly end:
    | {
        readonly kind: "finished";
        readonly outputs: readonly Output[];
        readonly files: readonly FileRow[];
        readonly creations: readonly Creation[];
        readonly charged: Millicredits;
      }
    | { readonly kind: "failed"; readonly errorCode: TaskErrorCode; readonly errorMessage: string };
  readonly attempt?: AttemptChange;
  /** Set when the attempt stays open: until when its provider is asked what became of it. */
  readonly inquiryUntilMs?: number;
  readonly ledger: { readonly settleId: string; readonly releaseId: string };
  readonly event: { readonly id: string; readonly deliveryId: string; readonly body: string };
}

/** Attempts whose task has ended before their provider said what became of them. */
export interface InquiryStore {
  /** As `claimDue` of tasks: a lease that ends by itself, and a fence that every write names. */
  claimDue(claim: TaskClaimRequest): Promise<readonly Inquiry[]>;
  /** When the next is due by this machine's clock, or `null` when there is none. */
  nextDueMs(): Promise<number | null>;
  /** Writes a step and ends the lease. Never touches the task. */
  record(step: InquiryStep): Promise<InquiryResult>;
}

/** A claimed inquiry: the ended task with its open attempt. */
export interface Inquiry extends Claim {
  readonly attempt: NonNullable<Claim["attempt"]>;
  /** What the provider said when it was told to stop, or `null` while it has not answered. */
  readonly told: CancelOutcome | null;
  /** Nobody is asked after this. */
  readonly untilMs: number;
}

/** A step of an inquiry; one whose attempt has ended is the last. */
export interface InquiryStep {
  readonly taskId: string;
  readonly fence: number;
  readonly nowMs: number;
  /** When to ask again, at the latest when the time for questions is over. */
  readonly dueAtMs: number;
  readonly told?: CancelOutcome;
  readonly attempt?: AttemptChange;
}

/** As for a step of a task. */
export type InquiryResult = "written" | "lost" | "taken";

/** The end of a task by the wish of its owner. */
export interface Cancellation
  extends Pick<Settlement, "taskId" | "nowMs" | "expiresAtMs" | "ledger" | "event"> {
  readonly projectId: string;
  readonly errorMessage: string;
  /** Until when its provider may be asked what became of it. */
  readonly inquiryUntilMs: number;
}

/** Something made earlier, with where its bytes are. */
export interface CreationRow extends Creation {
  readonly taskId: string;
  readonly provider: string;
  readonly account: string;
  /** The file that holds its bytes while it lives, or `null`. */
  readonly fileRow: FileRow | null;
}

/** The outbox. */
export interface DeliveryStore {
  claimDue(claim: DeliveryClaim): Promise<readonly DueDelivery[]>;
  nextDueMs(): Promise<number | null>;
  /** Writes a try and what follows from it. */
  recordTry(record: TryRecord): Promise<boolean>;
  tries(projectId: string, taskId: string): Promise<readonly DeliveryTry[]>;
  /** A project's deliveries with their tries, newest first. */
  list(query: DeliveryQuery): Promise<readonly DeliveryView[]>;
  /** How many a filter lets through, by all that a list can be narrowed by. */
  counts(filter: DeliveryFilter): Promise<readonly DeliveryCount[]>;
  /** A project's delivery with what was sent, or `null`; another project's is `null` too. */
  find(projectId: string, deliveryId: string): Promise<SentDelivery | null>;
  /** Sends one again, from the start of the schedule; gives whether the project has it. */
  redeliver(projectId: string, deliveryId: string, nowMs: number): Promise<boolean>;
  /** Sends again what ended within a span of time; gives how many. */
  redeliverWindow(wish: RedeliverWindow): Promise<number>;
}

/** A try and its verdict. */
export interface TryRecord {
  readonly fence: number;
  readonly try: DeliveryTry;
  /** Our own headers of the request, signatures and all; absent: they are not kept. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly state: DeliveryState;
  /** When to try again; only for `waiting`. */
  readonly dueAtMs: number | null;
  /** What the try tells of its endpoint: a success, a failure, or that it is gone for good. */
  readonly endpoint: "good" | "failing" | "gone";
}
