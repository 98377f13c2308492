import type { Clock } from "../lib/clock.ts";
import { createLatency, type Latency } from "../lib/latency.ts";
import type { Hints } from "./hints.ts";
import { packSubmission } from "./packed-submission.ts";
import type { Pulses } from "./pulses.ts";
import type { Store } from "./store.ts";
import type { Run } from "./transactions.ts";

/** How a driver runs transactions. Three runners, so that a driver may keep three doors. */
export interface Runners {
  /** Transactions that write. */
  readonly write: Run;
  /** Reads of a few rows off an index: the hottest path, and what a start and the upkeep ask. */
  readonly read: Run;
  /** Lists and searches that people ask for, which may take long. */
  readonly search: Run;
  /** Told after each commit that may have made something due. */
  readonly hints: Hints;
  /** What of open tasks is known without asking; none when others write too. */
  readonly pulses: Pulses;
  readonly clock: Clock;
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Makes the store of the contract from a driver's runners. */
export function bindStore(given: Runners): Store {
  const latency = createLatency(1_024);
  const runners = { ...given, write: timed(given, latency) };
  return {
    pace: () => ({
      count: latency.count,
      p50Ms: latency.percentile(0.5),
      p99Ms: latency.percentile(0.99),
    }),
    tasks: bindTasks(runners),
    keys: bindKeys(runners),
    inquiries: bindInquiries(runners),
    people: bindPeople(runners),
    files: bindFiles(runners),
    deliveries: bindDeliveries(runners),
    webhooks: bindWebhooks(runners),
    events: {
      after: (projectId, after, limit) => runners.search("listEvents", { projectId, after, limit }),
      latest: (projectId) => runners.read("latestEvent", projectId),
    },
    views: bindViews(runners),
    providerKeys: {
      list: () => runners.read("listProviderKeys", undefined),
      add: (key) => runners.write("addProviderKey", key),
      remove: (wish) => runners.write("removeProviderKey", wish),
    },
    rates: { take: (wish) => runners.write("takeRate", wish) },
    audit: { list: (query) => runners.search("listAudit", query) },
    upkeep: { prune: (wish) => runners.write("prune", wish) },
    onHint: (listener) => runners.hints.listen(listener),
    ping: runners.ping,
    close: runners.close,
  };
}

/** Notes how long each write takes, from the call to the commit that is known. */
function timed({ write, clock }: Runners, latency: Latency): Run {
  return (name, input) => {
    const startMs = clock.monotonicMs();
    const written = write(name, input);
    const note = (): void => latency.note(clock.monotonicMs() - startMs);
    // What became of it is the business of who wrote.
    written.then(note, () => undefined);
    return written;
  };
}

function bindTasks(runners: Runners): Store["tasks"] {
  const { read, search, write } = runners;
  return {
    ...bindSteps(runners),
    find: (projectId, taskId) => read("findTask", { projectId, taskId }),
    async peek(projectId, taskId) {
      const pulse = await read("peekTask", { projectId, taskId });
      if (pulse !== null) runners.pulses.put(projectId, taskId, pulse);
      return pulse;
    },
    pulse: runners.pulses.get,
    list: (query) => search("listTasks", query),
    attempts: (projectId, taskId) => search("listAttempts", { projectId, taskId }),
    attempt: (attemptId) => read("findAttempt", attemptId),
    adopt: (adoption) => write("adopt", adoption),
    claimDue: (claim) => write("claimDue", claim),
    nextDueMs: () => read("nextDue", { nowMs: runners.clock.nowMs() }),
    extendLease: (lease) => write("extendLease", lease),
    recordIntent: (intent) => write("recordIntent", intent),
    creations: (projectId, ids) => read("findCreations", { projectId, ids }),
    earlier: (projectId, idempotency) => read("findEarlier", { projectId, idempotency }),
    balance: (projectId) => read("balance", projectId),
    grant: (gift) => write("grant", gift),
  };
}

type Steps = "accept" | "wake" | "contest" | "recordStep" | "settle" | "cancel";

/** The writes after which something is due soon. */
function bindSteps({ hints, write }: Runners): Pick<Store["tasks"], Steps> {
  return {
    async accept(submission) {
      const result = await write("accept", packSubmission(submission));
      if (result.kind === "accepted") hints.give("tasks");
      return result;
    },
    async wake(attemptId, nowMs) {
      hints.give(await write("wake", { attemptId, nowMs }));
    },
    async contest(operationKey, nowMs) {
      await write("contest", { operationKey, nowMs });
      hints.give("tasks");
    },
    async recordStep(step) {
      const written = await write("recordStep", step);
      const isSoon = step.dueAtMs - step.nowMs <= HINT_WITHIN_MS;
      if (written === "written" && isSoon) hints.give("tasks");
      return written;
    },
    async settle(settlement) {
      const written = await write("settle", settlement);
      if (written) hints.give("deliveries");
      if (written && settlement.inquiryUntilMs !== undefined) hints.give("inquiries");
      return written;
    },
    async cancel(wish) {
      const result = await write("cancelTask", wish);
      if (result !== "canceled") return result;
      hints.give("deliveries");
      hints.give("inquiries");
      return result;
    },
  };
}

function bindInquiries({ clock, hints, read, write }: Runners): Store["inquiries"] {
  return {
    claimDue: (claim) => write("claimInquiries", claim),
    nextDueMs: () => read("nextInquiry", { nowMs: clock.nowMs() }),
    async record(step) {
      const result = await write("recordInquiry", step);
      const isSoon = step.dueAtMs - step.nowMs <= HINT_WITHIN_MS;
      if (result === "written" && isSoon) hints.give("inquiries");
      return result;
    },
  };
}

/** What is due later than this is found by polling in good time. */
const HINT_WITHIN_MS = 1_000;

function bindKeys({ write, read, search }: Runners): Store["keys"] {
  return {
    find: (digest) => read("findKey", digest),
    list: (projectId) => search("listKeys", projectId),
    any: (projectId) => read("hasKeys", projectId),
    create: (key) => write("createKey", key),
    revoke: (wish) => write("revokeKey", wish),
    rotate: (turn) => write("rotateKey", turn),
    touch: (keyId, nowMs, uses = 1) => write("touchKey", { keyId, nowMs, uses }),
    activity: (wish) => search("keyActivity", wish),
    project: (projectId) => read("findProject", projectId),
    ensureProject: (project) => write("ensureProject", project),
    setBootstrap: (key) => write("setBootstrap", key),
  };
}

function bindPeople({ write, read, search }: Runners): Store["people"] {
  return {
    rows: (query) => read("personRows", query),
    write: (batch) => write("writePeople", batch),
    session: (digest) => read("findSession", digest),
    touchSession: (use) => write("touchSession", use),
    sessions: (personId, nowMs) => search("listSessions", { personId, nowMs }),
    endSessions: (wish) => write("endSessions", wish),
    anybody: async () => (await read("listPeople", 1)).length > 0,
    everybody: () => search("listPeople", 10_000),
    members: (projectId) => search("listMembers", projectId),
    changeMember: (wish) => write("changeMember", wish),
    invite: (invitation) => write("invite", invitation),
    invitations: (projectId) => search("listInvitations", projectId),
    invitation: (digest) => read("findInvitation", digest),
    withdraw: (wish) => write("withdrawInvitation", wish),
    enter: (entry) => write("enterProject", entry),
    projects: () => search("listProjects", 10_000),
    renameProject: (wish) => write("renameProject", wish),
  };
}

function bindFiles({ hints, write, read, search }: Runners): Store["files"] {
  return {
    add: (file) => write("addFile", file),
    find: (fileId) => read("findFile", fileId),
    paint: (fileId, colour) => write("paintFile", { fileId, colour }),
    async keep(wish) {
      const kept = await write("keepFiles", wish);
      hints.give("files");
      return kept;
    },
    async end(wish) {
      const ended = await write("endFiles", wish);
      hints.give("files");
      return ended;
    },
    expired: (nowMs, limit) => read("expiredFiles", { nowMs, limit }),
    markDeleted: (ids, nowMs) => write("markDeleted", { ids, nowMs }),
    known: async (keys) => new Set(await read("knownKeys", keys)),
  };
}

function bindDeliveries({ clock, hints, read, search, write }: Runners): Store["deliveries"] {
  return {
    claimDue: (claim) => write("claimDeliveries", claim),
    nextDueMs: () => read("nextDelivery", { nowMs: clock.nowMs() }),
    recordTry: (record) => write("recordTry", record),
    tries: (projectId, taskId) => search("listTries", { projectId, taskId }),
    list: (query) => search("listDeliveries", query),
    counts: (filter) => search("countDeliveries", filter),
    find: (projectId, deliveryId) => search("findDelivery", { projectId, deliveryId }),
    async redeliver(projectId, deliveryId, nowMs) {
      const found = await write("redeliver", { projectId, deliveryId, nowMs });
      if (found) hints.give("deliveries");
      return found;
    },
    async redeliverWindow(wish) {
      const count = await write("redeliverWindow", wish);
      if (count > 0) hints.give("deliveries");
      return count;
    },
  };
}

function bindWebhooks({ read, search, write }: Runners): Store["webhooks"] {
  return {
    settings: (projectId) => read("webhookSettings", projectId),
    change: (change) => write("changeWebhooks", change),
    rotate: (actor) => write("rotateWebhookSecret", actor),
    endpoints: (projectId) => search("listEndpoints", projectId),
    enable: (wish) => write("enableEndpoint", wish),
  };
}

function bindViews({ search, write }: Runners): Store["views"] {
  return {
    tasks: (query) => search("listLines", query),
    counts: (filter) => search("countLines", filter),
    star: (wish) => write("starTask", wish),
    usage: (query) => search("sumUsage", query),
    system: (endsBeforeMs) => search("sumSystem", { endsBeforeMs }),
    ledger: (query) => search("listLedger", query),
    dossier: (projectId, taskId) => search("findDossier", { projectId, taskId }),
  };
}
