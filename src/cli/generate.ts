import { writeFile } from "node:fs/promises";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../lib/json.ts";
import { type Command, type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { type Operator, openOperator } from "./operator.ts";
import { startProgress } from "./progress.ts";
import { type Parsed, parseWords, usageError } from "./usage.ts";

/** `vidgo generate`: submits, shows progress, fetches the first file. */
export const generate: Command = {
  name: "generate",
  summary: "Make a picture, film or song and wait for it",
  usage: 'generate "<prompt>" --model M [--input key=value …] [-o file] [--json]',
  async run(context) {
    const parsed = parseWords(context.words, {
      model: "text",
      input: "list",
      output: "text",
      json: "switch",
    });
    const body = readBody(parsed);
    const operator = openOperator(context.environment);
    try {
      return await generateWith(context, operator, { body, parsed });
    } finally {
      await operator.close();
    }
  },
};

interface Wish {
  readonly body: JsonObject;
  readonly parsed: Parsed;
}

async function generateWith(
  context: CommandContext,
  operator: Operator,
  { body, parsed }: Wish,
): Promise<ExitCode> {
  const receipt = await operator.ask("POST", "/api/generate/submit", body);
  const taskId = textOf(receipt.task_id);
  const data = await waitForEnd(context, operator, taskId);
  if (data === null) {
    context.terminal.note(`Interrupted; the task goes on: vidgo tasks show ${taskId}\n`);
    return EXIT.interrupted;
  }
  const path = parsed.text("output");
  const urls = fileUrls(data);
  const first = urls[0];
  if (path !== null && first !== undefined) await writeFile(path, await operator.download(first));
  if (parsed.on("json")) context.terminal.print(`${JSON.stringify(data)}\n`);
  else context.terminal.print(`${describe(data, path, urls)}\n`);
  return data.status === "finished" ? EXIT.success : EXIT.taskFailed;
}

function readBody(parsed: Parsed): JsonObject {
  const [prompt, ...rest] = parsed.words;
  const model = parsed.text("model");
  if (model === null) throw usageError("--model is missing; vidgo models lists them");
  if (rest.length > 0) throw usageError("the prompt is one argument; put it in quotes");
  const given = Object.fromEntries(parsed.list("input").map(readPair));
  return { model, input: { ...(prompt === undefined ? {} : { prompt }), ...given } };
}

/** `duration=6` is a number, `sound=true` a boolean, anything that is not JSON is text. */
function readPair(text: string): [string, Json] {
  const at = text.indexOf("=");
  if (at < 1) throw usageError(`--input ${text} has no value; write --input name=value`);
  const value = text.slice(at + 1);
  return [text.slice(0, at), parseJson(value) ?? value];
}

const POLL_MS = 300;

/** Polls until the task has ended; `null` when the person gave up waiting. */
async function waitForEnd(
  { clock, signal, terminal }: CommandContext,
  operator: Operator,
  taskId: string,
): Promise<JsonObject | null> {
  const progress = startProgress(terminal);
  const startedMs = clock.monotonicMs();
  while (!signal.aborted) {
    const data = await operator.ask("GET", `/api/generate/status/${taskId}`);
    if (data.status === "finished" || data.status === "failed") {
      progress.end();
      return data;
    }
    progress.show({
      status: textOf(data.status),
      percent: typeof data.progress === "number" ? data.progress : 0,
      elapsedS: (clock.monotonicMs() - startedMs) / 1000,
    });
    await clock.sleep(POLL_MS, signal);
  }
  progress.end();
  return null;
}

function fileUrls(data: JsonObject): readonly string[] {
  if (!Array.isArray(data.files)) return [];
  return data.files.flatMap((file: Json) =>
    isJsonObject(file) && typeof file.file_url === "string" ? [file.file_url] : [],
  );
}

function describe(data: JsonObject, path: string | null, urls: readonly string[]): string {
  if (data.status !== "finished") return `failed: ${textOf(data.error_message)}`;
  return path === null ? urls.join("\n") : [`saved ${path}`, ...urls.slice(1)].join("\n");
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
