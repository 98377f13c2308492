import type { Command, CommandContext, ExitCode } from "./command.ts";
import { showListing, withOperator } from "./listing.ts";
import { type Parsed, parseWords, usageError } from "./usage.ts";

/** `vidgo tasks`: lists tasks and shows one with its attempts and deliveries. */
export const tasks: Command = {
  name: "tasks",
  summary: "List tasks, or show one with its attempts and callbacks",
  usage: "tasks list [--limit N] | tasks show <id>   [--json]",
  async run(context) {
    const parsed = parseWords(context.words, { limit: "text", json: "switch" });
    switch (parsed.words[0]) {
      case "list":
        return listTasks(context, parsed);
      case "show":
        return showTask(context, parsed);
      default:
        throw usageError("tasks needs one of list, show");
    }
  },
};

function listTasks(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  const limit = Number(parsed.text("limit") ?? "20");
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw usageError("--limit needs a whole number from 1 to 500");
  }
  return withOperator(context, async (operator) => {
    const { tasks: items } = await operator.ask("GET", `/admin/tasks?limit=${limit}`);
    const columns = ["task_id", "status", "model", "provider", "progress", "created_time"];
    showListing(context, { items, columns, json: parsed.on("json") });
  });
}

function showTask(context: CommandContext, parsed: Parsed): Promise<ExitCode> {
  const id = parsed.words[1];
  if (id === undefined)
    throw usageError("tasks show needs the id of a task; tasks list shows them");
  return withOperator(context, async (operator) => {
    const task = await operator.ask("GET", `/admin/tasks/${encodeURIComponent(id)}`);
    context.terminal.print(`${JSON.stringify(task, null, parsed.on("json") ? 0 : 2)}\n`);
  });
}
