import type { Dispatcher } from "undici";
import type { Deadline } from "./deadline.ts";
import { OutboundError, type OutboundErrorClass } from "./outbound-connect.ts";
import type {
  OutboundFault,
  OutboundRequest,
  OutboundResponse,
  ReadAnswer,
} from "./outbound-exchange.ts";

/** How far an exchange has got. */
export interface ExchangeState {
  readonly deadline: Deadline;
  /** Whether bytes of the request may have left. */
  connected: boolean;
  /** Whether the head of the answer is there. */
  isReading: boolean;
}

/** Hands an answer to its reader; a body that breaks off throws an {@link OutboundError}. */
export async function readAnswer<T>(
  answer: Dispatcher.ResponseData,
  state: ExchangeState,
  read: ReadAnswer<T>,
): Promise<T> {
  state.isReading = true;
  // A body that nobody reads to its end fails when the connection is closed; that is no news.
  answer.body.on("error", () => {});
  return await read({
    status: answer.statusCode,
    headers: headersOf(answer.headers),
    body: guardedBody(answer.body, state),
  });
}

/** Reads a body into memory, within the request's limit. */
export async function readBody(
  answer: Parameters<ReadAnswer<unknown>>[0],
  request: OutboundRequest,
): Promise<OutboundResponse> {
  const chunks: Uint8Array[] = [];
  let room = request.bytesMax;
  let isCut = false;
  try {
    for await (const chunk of answer.body) {
      isCut = chunk.byteLength > room;
      chunks.push(chunk.subarray(0, room));
      room -= Math.min(room, chunk.byteLength);
      if (isCut) break;
    }
  } catch (error) {
    if (request.isCutAllowed !== true || !(error instanceof OutboundError)) throw error;
    isCut = true;
  }
  if (isCut && request.isCutAllowed !== true) {
    throw new OutboundError("too_large", `The answer has more than ${request.bytesMax} bytes`);
  }
  const { status, headers } = answer;
  return { kind: "response", status, headers, body: Buffer.concat(chunks), isCut };
}

/**
 * Turns what broke an exchange off into a value.
 * @throws The error itself, when a reader failed for a reason of its own (a full disk).
 */
export function faultOf(error: unknown, state: ExchangeState): OutboundFault {
  const isOurs = error instanceof OutboundError;
  if (state.isReading && !isOurs) throw error;
  const errorClass = classify(error, state);
  const detail = error instanceof Error ? error.message : String(error);
  // Before the head of an answer, an error of our own kind comes from the connector: it never
  // gave a connection away.
  const sent = state.isReading || (state.connected && !isOurs);
  return { kind: "fault", class: errorClass, detail, sent };
}

async function* guardedBody(
  body: AsyncIterable<Uint8Array>,
  state: ExchangeState,
): AsyncIterable<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        throw new OutboundError(classify(error, state), message);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await chunks.return?.().catch(() => undefined);
  }
}

function classify(error: unknown, state: ExchangeState): OutboundErrorClass {
  if (state.deadline.expired) return "timeout";
  if (state.deadline.signal.aborted) return "canceled";
  if (error instanceof OutboundError) return error.class;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") return "timeout";
  if (code === "UND_ERR_HEADERS_OVERFLOW") return "too_large";
  return error instanceof Error && error.name === "HTTPParserError" ? "garbled" : "reset";
}

function headersOf(raw: Dispatcher.ResponseData["headers"]): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const text of [value ?? []].flat()) headers.append(name, text);
  }
  return headers;
}
