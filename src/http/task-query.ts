import type { FastifyRequest } from "fastify";
import { GatewayError } from "../core/error.ts";
import type { TaskStatus } from "../core/task.ts";
import type { Catalogue } from "../models/catalogue.ts";
import type { TaskFilter } from "../store/view-store.ts";
import { callerOf } from "./authenticate.ts";
import { readMoment } from "./moment.ts";
import { readWord } from "./query.ts";
import { isTaskId } from "./task-id.ts";

/** The names in a query by which a list of tasks is narrowed. */
export const FILTER_NAMES = [
  ...([
    "status",
    "model",
    "key",
    "provider",
    "kind",
    "mode",
    "from",
    "to",
    "q",
    "starred",
  ] as const),
] as const;

/** What those names were given. */
export type FilterQuery = Readonly<Partial<Record<(typeof FILTER_NAMES)[number], string>>>;

const STATUSES: readonly TaskStatus[] = ["not_started", "running", "finished", "failed"];
const KINDS = ["image", "video", "music"] as const;
const LIST_MAX = 20;
const SEARCH_LENGTH_MAX = 200;

/**
 * Reads by what a list of tasks is narrowed. Several values stand with commas between them.
 * @throws {GatewayError} `invalid_request`.
 */
export function readFilter(
  request: FastifyRequest,
  query: FilterQuery,
  catalogue: Catalogue,
): TaskFilter {
  const { status, key, provider, mode, from, to, q, starred } = query;
  const models = readModels(query, catalogue);
  return {
    projectId: callerOf(request).projectId,
    ...(status === undefined
      ? {}
      : { statuses: readList("status", status).map((word) => readWord("status", word, STATUSES)) }),
    ...(models === null ? {} : { models }),
    ...(key === undefined ? {} : { keys: readNames("key", key) }),
    ...(provider === undefined ? {} : { providers: readNames("provider", provider) }),
    ...(mode === undefined ? {} : { mode: readWord("mode", mode, ["live", "test"]) }),
    ...(starred === undefined || readWord("starred", starred, ["true"]) !== "true"
      ? {}
      : { isStarred: true as const }),
    ...(from === undefined ? {} : { fromMs: readMoment("from", from) }),
    ...(to === undefined ? {} : { toMs: readMoment("to", to) }),
    ...(q === undefined || q.trim() === "" ? {} : { search: readSearch(q) }),
  };
}

function readModels(
  { model, kind }: Pick<FilterQuery, "model" | "kind">,
  catalogue: Catalogue,
): readonly string[] | null {
  const named = model === undefined ? null : readList("model", model);
  if (kind === undefined) return named;
  const kinds = readList("kind", kind).map((word) => readWord("kind", word, KINDS));
  const ofKind = catalogue.models.filter(({ media }) => kinds.includes(media)).map(({ id }) => id);
  return named === null ? ofKind : named.filter((id) => ofKind.includes(id));
}

function readList(name: string, text: string): readonly string[] {
  const words = text.split(",").map((word) => word.trim());
  const isGood = words.every((word) => /^[\x21-\x7e]{1,128}$/.test(word));
  if (isGood && words.length <= LIST_MAX) return words;
  throw new GatewayError(
    "invalid_request",
    `${name} must be 1 to ${LIST_MAX} words with commas between them`,
  );
}

function readNames(name: string, text: string): readonly string[] {
  const words = readList(name, text);
  if (words.every(isTaskId)) return words;
  throw new GatewayError("invalid_request", `${name} must be made of letters, digits, _ and -`);
}

/** What is searched for; a NUL would make the database fail instead of finding nothing. */
function readSearch(text: string): string {
  const wanted = text.trim();
  if (wanted.length > SEARCH_LENGTH_MAX) {
    throw new GatewayError(
      "invalid_request",
      `q must have at most ${SEARCH_LENGTH_MAX} characters`,
    );
  }
  if (!/\p{Cc}/u.test(wanted) && wanted.isWellFormed()) return wanted;
  throw new GatewayError("invalid_request", "q must not have control characters");
}
