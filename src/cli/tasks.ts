import type { JsonObject } from "../lib/json.ts";
import { TASK_COLUMNS } from "../wire/admin.ts";
import type { Command, CommandContext, ExitCode } from "./command.ts";
import { cellOf, objectsIn, showListing, tableOf } from "./listing.ts";
import type { Operator } from "./operator.ts";
import { formatFacts } from "./table.ts";
import { doorOf, withOperator } from "./with-operator.ts";
import { expectWords, type Parsed, parseWords, usageError } from "./words.ts";

/** `vidgo tasks`: lists tasks, shows one with its attempts and deliveries, cancels one. */
export const tasks: Command = {
  name: "tasks",
  summary: "List tasks, show one with its attempts and callbacks, or cancel it",
  usage: [
    "tasks list [--limit N] [--json]",
    "tasks show <id> [--json]",
    "tasks cancel <id> [--json]",
  ],
  winds: false,
  async run(context) {
    const [verb] = context.words.filter((word) => !word.startsWith("-"));
    switch (verb) {
      case "list":
        return listTasks(context, parseWords(context.words, { limit: "text", json: "switch" }));
      case "show":
        return showTask(context, parseWords(context.words, { json: "switch" }));
      case "cancel":
        return cancelTask(context, parseWords(context.words, { json: "switch" }));
      default:
        throw usageError("tasks needs one of list, show, cancel");
    }
  },
};

function listTasks(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  expectWords(parsed, 1);
  const limit = Number(parsed.text("limit") ?? "20");
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw usageError("--limit needs a whole number from 1 to 500");
  }
  return withOperator(context, "any", async (operator) => {
    const items = await newest(operator, limit);
    const none = "There is no task yet";
    showListing(context, { items, columns: TASK_COLUMNS, json: parsed.on("json"), none });
  });
}

/** The newest tasks, page by page. */
async function newest(operator: Operator, limit: number): Promise<readonly JsonObject[]> {
  const items: JsonObject[] = [];
  let from = "";
  do {
    const size = Math.min(limit - items.length, PAGE_SIZE[doorOf(operator)]);
    const path = `${doorOf(operator)}/tasks?limit=${size}${from}`;
    const { tasks: page, cursor } = await operator.ask("GET", path);
    items.push(...objectsIn(page));
    if (typeof cursor !== "string") break;
    from = `&cursor=${encodeURIComponent(cursor)}`;
  } while (items.length < limit);
  return items;
}

/** How many tasks each door gives at once. */
const PAGE_SIZE = { "/api": 100, "/admin": 500 } as const;

function showTask(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  const id = readId(parsed, "show");
  return withOperator(context, "any", async (operator) => {
    const path = `${doorOf(operator)}/tasks/${encodeURIComponent(id)}`;
    const task = await operator.ask("GET", path);
    const { terminal } = context;
    terminal.print(parsed.on("json") ? `${JSON.stringify(task)}\n` : page(task, terminal.width));
  });
}

function cancelTask(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  const id = readId(parsed, "cancel");
  return withOperator(context, "any", async (operator) => {
    const answer = await operator.ask("POST", `/api/generate/cancel/${encodeURIComponent(id)}`);
    const line = parsed.on("json") ? JSON.stringify(answer) : `${id} was canceled`;
    context.terminal.print(`${line}\n`);
  });
}

function readId(parsed: Parsed, verb: string): string {
  expectWords(parsed, 2);
  const id = parsed.words[1];
  if (id !== undefined) return id;
  throw usageError(`tasks ${verb} needs the id of a task; tasks list shows them`);
}

function page(task: JsonObject, width: number | null): string {
  const parts = Object.entries(task).filter(([, value]) => Array.isArray(value));
  const facts = Object.entries(task)
    .filter(([, value]) => !Array.isArray(value) && value !== null)
    .map(([name, value]): readonly [string, string] => [name.replaceAll("_", " "), cellOf(value)]);
  const tables = parts.flatMap(([name, value]) => {
    const items = objectsIn(value);
    const columns = columnsOf(items);
    return items.length === 0 ? [] : [`\n${name}\n${tableOf(items, columns, width)}`];
  });
  return formatFacts(facts) + tables.join("");
}

/** The members that are told of at least one item. */
function columnsOf(items: readonly JsonObject[]): readonly string[] {
  const names = new Set(items.flatMap((item) => Object.keys(item)));
  return [...names].filter((name) => items.some((item) => item[name] !== null));
}
