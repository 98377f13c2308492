import { accept, acceptTogether, findEarlier } from "./transactions/accept.ts";
import { listAudit } from "./transactions/audit.ts";
import { cancelTask } from "./transactions/cancel.ts";
import { claimDeliveries, listTries, nextDelivery, recordTry } from "./transactions/deliveries.ts";
import { findDossier } from "./transactions/dossier.ts";
import { enableEndpoint, listEndpoints } from "./transactions/endpoints.ts";
import { latestEvent, listEvents } from "./transactions/events.ts";
import { endFiles, keepFiles, paintFile, starTask } from "./transactions/file-life.ts";
import { addFile, expiredFiles, findFile, knownKeys, markDeleted } from "./transactions/files.ts";
import { claimInquiries, nextInquiry, recordInquiry } from "./transactions/inquiries.ts";
import {
  balance,
  createKey,
  ensureProject,
  findKey,
  findProject,
  grant,
  hasKeys,
  keyActivity,
  listKeys,
  revokeKey,
  rotateKey,
  setBootstrap,
  touchKey,
} from "./transactions/keys.ts";
import { countLines, listLines } from "./transactions/lines.ts";
import { personRows, writePeople } from "./transactions/person-rows.ts";
import {
  changeMember,
  enterProject,
  findInvitation,
  invite,
  listInvitations,
  listMembers,
  listProjects,
  renameProject,
  withdrawInvitation,
} from "./transactions/places.ts";
import {
  addProviderKey,
  listProviderKeys,
  removeProviderKey,
} from "./transactions/provider-keys.ts";
import { prune } from "./transactions/prune.ts";
import { takeRate } from "./transactions/rates.ts";
import {
  findAttempt,
  findCreations,
  findTask,
  listAttempts,
  listTasks,
  peekTask,
} from "./transactions/read.ts";
import {
  countDeliveries,
  findDelivery,
  listDeliveries,
  redeliver,
  redeliverWindow,
} from "./transactions/redeliver.ts";
import {
  endSessions,
  findSession,
  listPeople,
  listSessions,
  touchSession,
} from "./transactions/sessions.ts";
import { settle } from "./transactions/settle.ts";
import { sumSystem } from "./transactions/system.ts";
import { listLedger, sumUsage } from "./transactions/usage.ts";
import {
  changeWebhooks,
  rotateWebhookSecret,
  webhookSettings,
} from "./transactions/webhook-settings.ts";
import {
  adopt,
  claimDue,
  contest,
  extendLease,
  nextDue,
  recordIntent,
  recordStep,
  wake,
} from "./transactions/work.ts";

/**
 * Every transaction by name. The drivers call them by these names with plain values, so that a
 * call can cross into a thread.
 */
export const TRANSACTIONS = {
  accept,
  acceptTogether,
  addFile,
  addProviderKey,
  adopt,
  balance,
  cancelTask,
  changeMember,
  changeWebhooks,
  claimDeliveries,
  claimDue,
  claimInquiries,
  contest,
  countDeliveries,
  countLines,
  createKey,
  enableEndpoint,
  endFiles,
  endSessions,
  ensureProject,
  enterProject,
  expiredFiles,
  extendLease,
  findAttempt,
  findCreations,
  findDelivery,
  findDossier,
  findEarlier,
  findFile,
  findInvitation,
  findKey,
  findProject,
  findSession,
  findTask,
  grant,
  hasKeys,
  invite,
  keepFiles,
  keyActivity,
  knownKeys,
  latestEvent,
  listAttempts,
  listAudit,
  listDeliveries,
  listEndpoints,
  listEvents,
  listInvitations,
  listKeys,
  listLedger,
  listLines,
  listMembers,
  listPeople,
  listProjects,
  listProviderKeys,
  listSessions,
  listTasks,
  listTries,
  markDeleted,
  nextDelivery,
  nextDue,
  nextInquiry,
  paintFile,
  peekTask,
  personRows,
  prune,
  recordInquiry,
  recordIntent,
  recordStep,
  recordTry,
  redeliver,
  redeliverWindow,
  removeProviderKey,
  renameProject,
  revokeKey,
  rotateKey,
  rotateWebhookSecret,
  setBootstrap,
  settle,
  starTask,
  sumSystem,
  sumUsage,
  takeRate,
  touchKey,
  touchSession,
  wake,
  webhookSettings,
  withdrawInvitation,
  writePeople,
} as const;

/** A key of {@link TRANSACTIONS}. */
export type TransactionName = keyof typeof TRANSACTIONS;

/** What a transaction takes. */
export type InputOf<Name extends TransactionName> =
  Parameters<(typeof TRANSACTIONS)[Name]> extends [unknown, infer Input] ? Input : undefined;

/** What a transaction gives. */
export type ResultOf<Name extends TransactionName> =
  ReturnType<(typeof TRANSACTIONS)[Name]> extends Generator<unknown, infer Result, unknown>
    ? Result
    : never;

/** Runs a transaction by name; each driver has one. */
export type Run = <Name extends TransactionName>(
  name: Name,
  input: InputOf<Name>,
) => Promise<ResultOf<Name>>;
