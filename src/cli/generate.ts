import { access, constants, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { GatewayError } from "../core/error.ts";
import type { JsonObject } from "../lib/json.ts";
import { readTaskId } from "../wire/receipt.ts";
import { type Command, type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { type Operator, openOperator } from "./operator.ts";
import { readRequest } from "./request.ts";
import { findResults, type Results } from "./results.ts";
import { freeStem, saveResults, stemOf } from "./save-results.ts";
import { type Ended, waitForEnd } from "./wait-for-end.ts";
import { type Parsed, parseWords, usageError } from "./words.ts";

/** `vidgo generate`: submits, shows progress, fetches the files. */
export const generate: Command = {
  name: "generate",
  summary: "Make pictures, a film or songs, and wait for them",
  usage: ['generate "<prompt>" --model M [--input name=value …] [-o file] [--json]'],
  winds: true,
  async run(context) {
    const parsed = parseWords(context.words, {
      model: "text",
      input: "list",
      output: "text",
      json: "switch",
    });
    const request = readRequest(parsed);
    // Before anything is paid for.
    const output = await readOutput(context, parsed.text("output"));
    await using operator = await openOperator(context, { works: true });
    const receipt = await operator.submit(request);
    const taskId = readTaskId(receipt);
    if (taskId === null) throw new GatewayError("upstream", "The gateway sent no task id");
    if (!context.terminal.isScreen) context.terminal.note(`accepted ${taskId}\n`);
    const ended = await waitForEnd(context, operator, taskId);
    if (ended.kind === "interrupted") return sayInterrupted(context, ended);
    return await report(context, operator, { task: ended.task, taskId, output, parsed });
  },
};

/** Where files go, or `null` when only their links are wanted. */
interface Output {
  readonly folder: string;
  /** The name that was asked for, or `null` for one made from the prompt. */
  readonly name: string | null;
}

async function readOutput(context: CommandContext, given: string | null): Promise<Output | null> {
  if (given === null) return null;
  const path = resolve(context.folder, given);
  const found = await stat(path).then(
    (entry) => entry,
    () => null,
  );
  const isFolder = found?.isDirectory() === true;
  if (!isFolder && /[/\\]$/.test(given)) {
    throw usageError(`-o ${given} is no folder: make it first, or name a file`);
  }
  const folder = isFolder ? path : dirname(path);
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    throw usageError(`-o ${given} cannot be written: ${folder} is missing or not ours`);
  return { folder, name: isFolder ? null : basename(path) };
}

interface Finish {
  readonly task: JsonObject;
  readonly taskId: string;
  readonly output: Output | null;
  readonly parsed: Parsed;
}

async function report(
  context: CommandContext,
  operator: Operator,
  finish: Finish,
): Promise<ExitCode> {
  const { terminal } = context;
  const { task, parsed } = finish;
  const results = await findResults(operator, task, finish.taskId);
  const saved =
    task.status === "finished"
      ? await saveWhatIsWanted(context, operator, { finish, results })
      : [];
  if (parsed.on("json")) terminal.print(`${JSON.stringify({ ...results.data, saved })}\n`);
  if (task.status !== "finished") {
    terminal.note(`failed: ${task.error_message} (${task.error_code})\n`);
    return EXIT.taskFailed;
  }
  if (parsed.on("json")) return EXIT.success;
  for (const path of saved) terminal.print(`saved ${path}\n`);
  // Words are told as they are; that they are a file too helps who asked for one.
  const links = results.texts.length > 0 ? [] : results.files;
  if (saved.length === 0) for (const { url } of links) terminal.print(`${url}\n`);
  for (const text of results.texts) terminal.print(`${text}\n`);
  return EXIT.success;
}

async function saveWhatIsWanted(
  context: CommandContext,
  operator: Operator,
  { finish, results }: { readonly finish: Finish; readonly results: Results },
): Promise<readonly string[]> {
  const { files, texts } = results;
  const isLocal = operator.home === "here";
  const isUnasked = finish.output === null && (!isLocal || texts.length > 0);
  if (files.length === 0 || isUnasked) return [];
  const { folder, name } = finish.output ?? { folder: context.folder, name: null };
  if (finish.output === null) {
    context.terminal.note("No gateway runs here that could serve links; saving the files\n");
  }
  const stem = await freeStem(folder, stemOf(finish.parsed.words[0] ?? ""), files);
  return saveResults(operator, files, name === null ? { folder, stem } : { folder, name });
}

function sayInterrupted(
  { terminal, program }: CommandContext,
  ended: Extract<Ended, { kind: "interrupted" }>,
): ExitCode {
  const look = `${program} tasks show ${ended.taskId}`;
  const message = {
    canceled: "the task was canceled and costs nothing",
    "goes on": `the task goes on: ${look}`,
  }[ended.task];
  terminal.note(`Interrupted; ${message}\n`);
  return EXIT.interrupted;
}
