import type { DeliveryState, SecretTurn } from "../core/delivery.ts";

/** Which deliveries are meant; what is absent does not narrow. */
export interface DeliveryFilter {
  readonly projectId: string;
  /** Never empty. */
  readonly states?: readonly DeliveryState[];
  /** With the port unless it is the usual. */
  readonly host?: string;
  readonly code?: AnswerCode;
  /** Made at this moment or later. */
  readonly fromMs?: number;
  /** Made before this moment. */
  readonly toMs?: number;
}

/** What the last try brought: a status, any of a hundred, or no answer at all. */
export type AnswerCode =
  | { readonly kind: "status"; readonly from: number; readonly to: number }
  | { readonly kind: "none" };

/** How many deliveries are alike. */
export interface DeliveryCount {
  readonly state: DeliveryState;
  readonly host: string;
  /** Of the last try; `null` without a try or an answer. */
  readonly status: number | null;
  readonly hasTries: boolean;
  readonly count: number;
}

/** Which deliveries to list. */
export interface DeliveryQuery extends DeliveryFilter {
  readonly limit: number;
  /** All of one task, whatever the limit and the place. */
  readonly taskId?: string;
  /** Only those made before this one (exclusive), for paging. */
  readonly before?: { readonly createdAtMs: number; readonly id: string };
}

/** Which deliveries to send again. */
export interface RedeliverWindow extends Actor {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly states: readonly DeliveryState[];
  /** Only those to this host; absent: to all. */
  readonly host?: string;
  readonly limit: number;
}

/** Who does something that the audit log keeps. */
export interface Actor {
  readonly projectId: string;
  readonly auditId: string;
  /** The id of a key, or `operator`. */
  readonly actor: string;
  readonly nowMs: number;
}

/** How callbacks are sent, and where they fail. */
export interface WebhookStore {
  settings(projectId: string): Promise<WebhookSettings | null>;
  change(change: WebhookChange): Promise<WebhookSettings | null>;
  /** Takes the next secret; the present one stays valid beside it for a while. */
  rotate(actor: Actor): Promise<WebhookSettings | null>;
  /** The endpoints of a project that fail or are disabled. */
  endpoints(projectId: string): Promise<readonly Endpoint[]>;
  /** Lets callbacks go to an endpoint again; gives whether it was disabled. */
  enable(wish: Actor & { readonly host: string }): Promise<boolean>;
}

/** How a project's callbacks are sent. */
export interface WebhookSettings {
  readonly body: "flat" | "wrapped";
  readonly retry4xx: boolean;
  readonly secret: SecretTurn;
}

/** A change of them; members that are left out stay. */
export interface WebhookChange extends Actor {
  readonly body?: WebhookSettings["body"];
  readonly retry4xx?: boolean;
}

/** A host to which a project's callbacks go. */
export interface Endpoint {
  readonly host: string;
  /** Since when it has done nothing but fail, or `null`. */
  readonly failingSinceMs: number | null;
  /** When it was disabled, or `null`. */
  readonly disabledAtMs: number | null;
  /** Why: it failed for too long, or it said that it is gone. */
  readonly reason: "failing" | "gone" | null;
}

/** The ends of tasks in the order in which they became true. */
export interface EventStore {
  /** Those after a position; 0 is before the first. */
  after(projectId: string, position: number, limit: number): Promise<readonly EventRow[]>;
  /** The position of the latest, 0 when there is none. */
  latest(projectId: string): Promise<number>;
}

/** The end of a task. */
export interface EventRow {
  readonly id: string;
  readonly taskId: string;
  /** 1 for the project's first, without gaps, in the order of the commits. */
  readonly position: number;
  /** The flat body of its callback. */
  readonly body: string;
  readonly createdAtMs: number;
}

/** What was done by whom. Append-only: the database refuses changes. */
export interface AuditStore {
  /** A project's entries, newest first. */
  list(query: AuditQuery): Promise<readonly AuditEntry[]>;
}

/** Which entries to list. */
export interface AuditQuery {
  readonly projectId: string;
  readonly limit: number;
  readonly before?: { readonly createdAtMs: number; readonly id: string };
}

/** An entry of the audit log. */
export interface AuditEntry {
  readonly id: string;
  readonly actor: string;
  /** A noun and a verb: `key.create`. */
  readonly action: string;
  readonly subject: string;
  readonly createdAtMs: number;
}

/** An entry to be added. */
export interface NewAudit extends Actor {
  readonly action: string;
  readonly subject: string;
}
