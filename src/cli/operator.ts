import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Config, readConfig } from "../config.ts";
import { API_ERROR_CODES, API_ERRORS, GatewayError } from "../core/error.ts";
import type { Gateway } from "../gateway.ts";
import { adminSocketPath } from "../http/admin/socket-path.ts";
import { isJsonObject, type JsonObject, parseJson } from "../lib/json.ts";
import { randomBase36, systemRandom } from "../lib/random.ts";
import { tryLockFolder } from "../store/sqlite/lock.ts";
import type { CommandContext } from "./command.ts";
import { type Answer, codeOf, type Line, openLine, type Place, type Question } from "./line.ts";

/** The operator's way to a gateway. */
export interface Operator extends AsyncDisposable {
  /**
   * Where the gateway is: on another machine, in another process on this data folder, or in this
   * very process because no other holds the folder. Links of the last end with the process.
   */
  readonly home: "remote" | "beside" | "here";
  /** One exchange; gives the `data` of the answer. @throws {GatewayError} When it refuses. */
  ask(method: Question["method"], path: string, body?: JsonObject): Promise<JsonObject>;
  /** Submits a task; an answer that is lost is asked for once more, and buys nothing again. */
  submit(body: JsonObject): Promise<JsonObject>;
  /** Writes the bytes of one of the gateway's URLs into a file, all of them or none. */
  save(url: string, path: string): Promise<void>;
}

/** What a command wants of a gateway that it has to open itself. */
export interface Wish {
  /** Whether it works on tasks; else it answers questions only. */
  readonly works: boolean;
}

/**
 * Finds the gateway that the environment names: `VIDGO_URL` with a key, else the process that holds
 * the data folder. Where none holds it, the gateway is opened in this process, without a port.
 * @throws {GatewayError} `unavailable` when none answers and none can be opened.
 */
export async function openOperator(context: CommandContext, wish: Wish): Promise<Operator> {
  const place = remotePlace(context);
  const link = place === null ? await join(context, wish) : joined("remote", place);
  return makeOperator(link, async () =>
    place === null ? join(context, wish) : joined("remote", place),
  );
}

/** A line, and the gateway behind it when that is in this process. */
interface Link {
  readonly home: Operator["home"];
  readonly line: Line;
  readonly gateway: Gateway | null;
}

function joined(home: Operator["home"], place: Place, gateway: Gateway | null = null): Link {
  return { home, line: openLine(place), gateway };
}

function remotePlace({ environment }: CommandContext): Place | null {
  const text = environment.VIDGO_URL?.trim() ?? "";
  if (text === "") return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const key = environment.VIDGO_KEY?.trim() ?? "";
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new GatewayError(
      "invalid_request",
      `VIDGO_URL=${text} is not usable: write the address of a gateway, such as ` +
        "http://127.0.0.1:8787, or leave it out to use the data folder",
    );
  }
  if (key !== "") return { kind: "origin", url, key };
  throw new GatewayError(
    "invalid_request",
    "VIDGO_KEY is missing: with VIDGO_URL, write an API key of that gateway into it",
  );
}

/** How long a process that holds the folder may take until its socket answers. */
const JOIN_TIMEOUT_MS = 15_000;
const JOIN_EVERY_MS = 50;

async function join(context: CommandContext, wish: Wish): Promise<Link> {
  const { clock, environment } = context;
  const config = readConfig(environment);
  const place: Place = { kind: "socket", path: adminSocketPath(config.dataDir) };
  const untilMs = clock.monotonicMs() + JOIN_TIMEOUT_MS;
  do {
    const link = joined("beside", place);
    const answer = await link.line.send({ method: "GET", path: "/health" });
    if (answer.kind === "answered") {
      answer.body.resume();
      return link;
    }
    link.line.close();
    if (answer.code === "EACCES") throw forbidden(place.path);
    const gateway = await openHere(config, wish).then(
      (opened) => opened,
      (thrown: unknown) => {
        if (isTaken(config, thrown)) return null;
        throw thrown;
      },
    );
    if (gateway !== null) {
      context.started();
      return joined("here", place, gateway);
    }
    // Its holder is starting, or on its way out; one of the two doors opens soon.
    await clock.sleep(JOIN_EVERY_MS, context.signal);
  } while (clock.monotonicMs() < untilMs && !context.signal.aborted);
  throw new GatewayError(
    "unavailable",
    `Another process holds ${config.dataDir} but does not answer at ${place.path}: wait until it ` +
      "has started, or stop it",
  );
}

/** Whether a gateway could not be opened because another process was quicker. */
function isTaken({ dataDir }: Config, thrown: unknown): boolean {
  if (!(thrown instanceof GatewayError) || thrown.code !== "unavailable") return false;
  const lock = existsSync(dataDir) ? tryLockFolder(dataDir) : null;
  lock?.release();
  return existsSync(dataDir) && (lock === null || /another Vidgo process/.test(thrown.message));
}

async function openHere(config: Config, { works }: Wish): Promise<Gateway> {
  // Most commands only ask another process: they come back sooner without loading all of it.
  const { openGateway } = await import("../gateway.ts");
  return openGateway({ ...config, role: works ? "all" : "api" }, { listen: false });
}

function forbidden(path: string): GatewayError {
  return new GatewayError(
    "unavailable",
    `${path} belongs to another user: run this command as that user, or set VIDGO_URL and ` +
      "VIDGO_KEY",
  );
}

function makeOperator(first: Link, again: () => Promise<Link>): Operator {
  let link = first;
  /** Asks; a question that does nothing twice is asked once more when its answer is lost. */
  const send = async <Told>(question: Question, read: Reader<Told>): Promise<Told> => {
    const heard = await hear(link.line, question, read);
    if (heard.kind === "told") return heard.told;
    const isRepeatable = question.method === "GET" || question.idempotencyKey !== undefined;
    if (!isRepeatable || link.gateway !== null) throw lost(question, heard.code);
    link.line.close();
    link = await again();
    const second = await hear(link.line, question, read);
    if (second.kind === "told") return second.told;
    throw lost(question, second.code);
  };
  const ask = (question: Question): Promise<JsonObject> => send(question, readAnswer);
  return {
    get home() {
      return link.home;
    },
    ask: (method, path, body) => ask({ method, path, ...(body === undefined ? {} : { body }) }),
    submit(body) {
      const idempotencyKey = randomBase36(systemRandom, 26);
      return ask({ method: "POST", path: "/api/generate/submit", body, idempotencyKey });
    },
    save(url, path) {
      // Only the path counts: the gateway may stand behind another name than its links have.
      const { pathname } = new URL(url, "http://gateway");
      return send({ method: "GET", path: pathname }, async (answer) => {
        if (answer.status === 200) await keep(answer.body, path);
        else await readAnswer(answer);
      });
    },
    async [Symbol.asyncDispose]() {
      link.line.close();
      await link.gateway?.close();
    },
  };
}

type Answered = Extract<Answer, { kind: "answered" }>;
type Reader<Told> = (answer: Answered) => Promise<Told>;

/** One exchange to the end of its answer; one that breaks off is silence. */
async function hear<Told>(
  line: Line,
  question: Question,
  read: Reader<Told>,
): Promise<{ readonly kind: "told"; readonly told: Told } | Extract<Answer, { kind: "silent" }>> {
  const answer = await line.send(question);
  if (answer.kind === "silent") return answer;
  return read(answer).then(
    (told) => ({ kind: "told", told }),
    (thrown: unknown) => {
      if (codeOf(thrown) !== BROKEN_OFF) throw thrown;
      return { kind: "silent", code: BROKEN_OFF };
    },
  );
}

const BROKEN_OFF = "ECONNRESET";

/** Under another name until it is whole: an interrupted download leaves no half file behind. */
async function keep(body: IncomingMessage, path: string): Promise<void> {
  const part = `${path}.part`;
  await rm(part, { force: true });
  try {
    await pipeline(body, createWriteStream(part, { flags: "wx" }));
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

function lost({ idempotencyKey }: Question, code: string): GatewayError {
  if (code === "ECONNREFUSED" || code === "ENOTFOUND") {
    return new GatewayError(
      "unavailable",
      "No gateway answers there: check VIDGO_URL, and that vidgo serve runs",
    );
  }
  const remedy =
    idempotencyKey === undefined
      ? "check that it runs, then try again"
      : "it may have accepted the task; look with vidgo tasks list before you submit it again";
  return new GatewayError("unavailable", `The gateway did not answer (${code}): ${remedy}`);
}

/** The `data` of an answer. @throws {GatewayError} What was refused. */
async function readAnswer({ status, body: bytes }: Answered): Promise<JsonObject> {
  const body = parseJson(await readText(bytes));
  const answer = isJsonObject(body) ? body : {};
  if (status === 200 && isJsonObject(answer.data)) return answer.data;
  const error = isJsonObject(answer.error) ? answer.error : {};
  const message =
    typeof error.message === "string"
      ? error.message
      : `HTTP ${status} without an answer of a gateway: check VIDGO_URL`;
  throw refusal(status, { type: error.type, message });
}

/** What the gateway said no to, in the words of our own catalogue. */
function refusal(
  status: number,
  { type, message }: { readonly type: unknown; readonly message: string },
): GatewayError {
  const code =
    API_ERROR_CODES.find((known) => API_ERRORS[known].type === type) ??
    API_ERROR_CODES.find((known) => API_ERRORS[known].status === status) ??
    "upstream";
  return new GatewayError(code, message, { cause: REFUSED });
}

/** Marks an error that the gateway answered, as against one that was found before it was asked. */
export const REFUSED = "refused by the gateway";
