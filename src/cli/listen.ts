import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import { createOutbound, type Outbound } from "../lib/outbound.ts";
import { signWebhook } from "../webhooks/signature.ts";
import { type Command, type CommandContext, EXIT, type ExitCode } from "./command.ts";
import { objectsIn } from "./listing.ts";
import { type Operator, openOperator } from "./operator.ts";
import { parseWords, usageError } from "./words.ts";

/** `vidgo listen`: carries callbacks to a URL that the gateway itself cannot reach. */
export const listen: Command = {
  name: "listen",
  summary: "Send every task's end to a URL on this machine, signed as a callback is",
  usage: ["listen --forward URL [--from CURSOR]"],
  winds: true,
  async run(context) {
    const parsed = parseWords(context.words, { forward: "text", from: "text" });
    const url = parsed.text("forward");
    if (url === null || !URL.canParse(url)) {
      throw usageError("listen needs --forward and a URL, such as http://localhost:3000/hook");
    }
    await using operator = await openOperator(context, { works: true });
    const outbound = createOutbound({ userAgent: "vidgo-listen", ownPorts: () => [] });
    const { secret } = await operator.ask("GET", "/api/webhooks/secret");
    // Known before anything is said, so that nothing that ends from here on is missed.
    const latest = await operator.ask("GET", "/api/events?cursor=now");
    const cursor = parsed.text("from") ?? textOf(latest.cursor);
    context.terminal.note(`Waiting for events; they go to ${url}. Ctrl-C ends.\n`);
    const target = { url, secret: textOf(secret), outbound };
    const code = await carry(context, operator, { target, cursor });
    await outbound.close();
    return code;
  },
};

interface Target {
  readonly url: string;
  readonly secret: string;
  readonly outbound: Outbound;
}

const WAIT_S = 20;
const TIMEOUT_MS = 30_000;

async function carry(
  context: CommandContext,
  operator: Operator,
  { target, cursor }: { readonly target: Target; readonly cursor: string },
): Promise<ExitCode> {
  const { signal } = context;
  let after = cursor;
  while (!signal.aborted) {
    const query = `/api/events?cursor=${encodeURIComponent(after)}&wait=${WAIT_S}`;
    const page = await untilAborted(operator.ask("GET", query), signal);
    if (page === null) break;
    for (const event of objectsIn(page.events)) {
      if (!signal.aborted) await forward(context, target, event);
    }
    after = textOf(page.cursor);
  }
  return EXIT.interrupted;
}

async function forward(
  { clock, terminal, signal }: CommandContext,
  { url, secret, outbound }: Target,
  event: JsonObject,
): Promise<void> {
  const body = JSON.stringify(isJsonObject(event.data) ? event.data : {});
  const timestampS = Math.floor(clock.nowMs() / 1000);
  const id = textOf(event.event_id);
  const answer = await outbound.request("webhook", {
    method: "POST",
    url,
    reach: "loopback",
    headers: {
      "content-type": "application/json",
      ...signWebhook({ id, timestampS, body }, [secret]),
    },
    body,
    timeoutMs: TIMEOUT_MS,
    bytesMax: 16_384,
    isCutAllowed: true,
    signal,
  });
  const outcome = answer.kind === "response" ? `${answer.status}` : answer.class;
  const line = [event.cursor, event.type, event.task_id].map(textOf).join(" ");
  terminal.print(`${line} → ${outcome}\n`);
}

/** What a promise gives, or `null` as soon as the signal fires. */
function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const leave = () => resolve(null);
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();
  return Promise.race([work, promise]);
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
