import type { Mode, Scope, ShownKey } from "../core/key.ts";
import type { Millicredits } from "../core/money.ts";

/** Projects and API keys. */
export interface KeyStore {
  /** The key of a digest with its project, or `null`; revoked and expired ones are found too. */
  find(digest: string): Promise<KeyRow | null>;
  list(projectId: string): Promise<readonly KeyRow[]>;
  /** Whether the project ever had a key. */
  any(projectId: string): Promise<boolean>;
  create(key: NewKeyRow): Promise<void>;
  /** Gives whether such a key was in force. */
  revoke(wish: {
    readonly projectId: string;
    readonly keyId: string;
    readonly nowMs: number;
    /** The id of a key, or `operator`. */
    readonly actor: string;
  }): Promise<boolean>;
  /** Stores the successor of a key; gives whether the key was in force and no bootstrap key. */
  rotate(turn: KeyTurn): Promise<boolean>;
  /** Notes uses of a key, the last of them now. */
  touch(keyId: string, nowMs: number, uses?: number): Promise<void>;
  /** How much each key of a project was used since an hour, and has spent today. */
  activity(wish: {
    readonly projectId: string;
    readonly fromHour: number;
    readonly nowMs: number;
  }): Promise<KeyActivity>;
  project(projectId: string): Promise<ProjectRow | null>;
  /** Makes the first project with its grant unless it is there; gives its id. */
  ensureProject(project: NewProject): Promise<string>;
  /** Sets the one bootstrap key; the former one is revoked. */
  setBootstrap(key: NewKeyRow): Promise<void>;
}

/** A key to be stored. */
export interface NewKeyRow extends ShownKey {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly mode: Mode;
  readonly createdAtMs: number;
  /** The usual ones when absent. */
  readonly scopes?: readonly Scope[];
  /** Addresses and networks (CIDR) that may use it; any when empty or absent. */
  readonly networks?: readonly string[];
  /** From here on it is refused; `null` or absent: never. */
  readonly expiresAtMs?: number | null;
  /** Who made it: the id of a person or a key, or `operator`; `null` when nobody noted it. */
  readonly madeBy?: string | null;
  /** No limit of its own when `null` or absent. */
  readonly requestsPerMinute?: number | null;
  /** What it may hold in a day (UTC), and in all; released holds do not count. */
  readonly spendPerDayMax?: Millicredits | null;
  readonly spendMax?: Millicredits | null;
}

/** A key and the one that follows it, in the same project. */
export interface KeyTurn {
  readonly next: NewKeyRow;
  readonly formerId: string;
  /** From here on the former one is refused, unless it ends sooner. */
  readonly formerEndsAtMs: number;
}

/** A stored key. */
export interface KeyRow extends NewKeyRow {
  readonly scopes: readonly Scope[];
  readonly networks: readonly string[];
  readonly expiresAtMs: number | null;
  readonly bootstrap: boolean;
  readonly revokedAtMs: number | null;
  readonly lastUsedAtMs: number | null;
  readonly madeBy: string | null;
  /** The key that has taken its place, or `null`. */
  readonly replacedBy: string | null;
  readonly requestsPerMinute: number | null;
  readonly spendPerDayMax: Millicredits | null;
  readonly spendMax: Millicredits | null;
  /** What it holds and was charged in all; counted only while it has a cap. */
  readonly spent: Millicredits;
}

/** How much the keys of a project are used. */
export interface KeyActivity {
  /** Requests by key and hour; hours since 1970. */
  readonly uses: readonly {
    readonly keyId: string;
    readonly hour: number;
    readonly uses: number;
  }[];
  /** What the tasks of this day hold or were charged, by key. */
  readonly spentToday: readonly { readonly keyId: string; readonly amount: Millicredits }[];
}

/** A stored project. */
export interface ProjectRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAtMs: number;
  /** Grants minus holds plus releases. */
  readonly balance: Millicredits;
}

/** The first project. */
export interface NewProject {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly grant: Omit<Grant, "projectId"> | null;
  readonly nowMs: number;
}

/** Credits given to a project. */
export interface Grant {
  readonly id: string;
  readonly projectId: string;
  readonly amount: Millicredits;
  readonly note: string;
  readonly nowMs: number;
}
