import type { Store } from "./store.ts";
import type { Run } from "./transactions.ts";

/** How a driver runs transactions. Three runners, so that a driver may keep three doors. */
export interface Runners {
  /** Transactions that write. */
  readonly write: Run;
  /** Reads of single rows by primary key, the hottest path. */
  readonly read: Run;
  /** Lists and searches, which may take long. */
  readonly search: Run;
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Makes the store of the contract from a driver's runners. */
export function bindStore(runners: Runners): Store {
  return {
    tasks: bindTasks(runners),
    keys: bindKeys(runners),
    files: bindFiles(runners),
    deliveries: bindDeliveries(runners),
    ping: runners.ping,
    close: runners.close,
  };
}

function bindTasks({ write, read, search }: Runners): Store["tasks"] {
  return {
    accept: (submission) => write("accept", submission),
    find: (projectId, taskId) => read("findTask", { projectId, taskId }),
    list: (query) => search("listTasks", query),
    attempts: (projectId, taskId) => search("listAttempts", { projectId, taskId }),
    claimDue: (claim) => write("claimDue", claim),
    nextDueMs: () => read("nextDue", undefined),
    extendLease: (lease) => write("extendLease", lease),
    wake: (attemptId, nowMs) => write("wake", { attemptId, nowMs }),
    recordIntent: (intent) => write("recordIntent", intent),
    recordStep: (step) => write("recordStep", step),
    settle: (settlement) => write("settle", settlement),
    requestCancel: (projectId, taskId, nowMs) =>
      write("requestCancel", { projectId, taskId, nowMs }),
    creations: (projectId, ids) => read("findCreations", { projectId, ids }),
    balance: (projectId) => read("balance", projectId),
    grant: (gift) => write("grant", gift),
  };
}

function bindKeys({ write, read, search }: Runners): Store["keys"] {
  return {
    find: (digest) => read("findKey", digest),
    list: (projectId) => search("listKeys", projectId),
    create: (key) => write("createKey", key),
    revoke: (projectId, keyId, nowMs) => write("revokeKey", { projectId, keyId, nowMs }),
    touch: (keyId, nowMs) => write("touchKey", { keyId, nowMs }),
    project: (projectId) => read("findProject", projectId),
    ensureProject: (project) => write("ensureProject", project),
    setBootstrap: (key) => write("setBootstrap", key),
  };
}

function bindFiles({ write, read, search }: Runners): Store["files"] {
  return {
    find: (fileId) => read("findFile", fileId),
    expired: (nowMs, limit) => search("expiredFiles", { nowMs, limit }),
    markDeleted: (ids, nowMs) => write("markDeleted", { ids, nowMs }),
    known: async (keys) => new Set(await search("knownKeys", keys)),
  };
}

function bindDeliveries({ write, read, search }: Runners): Store["deliveries"] {
  return {
    claimDue: (claim) => write("claimDeliveries", claim),
    nextDueMs: () => read("nextDelivery", undefined),
    recordTry: (record) => write("recordTry", record),
    tries: (projectId, taskId) => search("listTries", { projectId, taskId }),
  };
}
