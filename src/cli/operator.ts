import { Client, Pool } from "undici";
import { readConfig } from "../config.ts";
import { API_ERROR_CODES, API_ERRORS, GatewayError } from "../core/error.ts";
import { adminSocketPath } from "../gateway.ts";
import type { Environment } from "../lib/environment.ts";
import { isJsonObject, type JsonObject, parseJson } from "../lib/json.ts";

/** The operator's line to a gateway. */
export interface Operator {
  /** One exchange; gives the `data` of the answer. @throws {GatewayError} When it refuses. */
  ask(method: "GET" | "POST" | "DELETE", path: string, body?: JsonObject): Promise<JsonObject>;
  /** Reads the bytes of a URL of the gateway. */
  download(url: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens the line that the environment names: `VIDGO_URL` with a key, else the data folder's socket. */
export function openOperator(environment: Environment): Operator {
  const url = environment.VIDGO_URL?.trim() ?? "";
  if (url === "") {
    const { dataDir } = readConfig(environment);
    const socketPath = adminSocketPath(dataDir);
    return makeOperator(new Client("http://gateway", { socketPath }), null);
  }
  const key = environment.VIDGO_KEY?.trim() ?? "";
  if (!URL.canParse(url) || key === "") {
    throw new GatewayError(
      "invalid_request",
      "VIDGO_URL needs an http or https URL, and VIDGO_KEY the API key to use there",
    );
  }
  return makeOperator(new Pool(new URL(url).origin, { connections: 1 }), key);
}

function makeOperator(line: Client | Pool, key: string | null): Operator {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  return {
    async ask(method, path, body) {
      const answer = await line.request({
        method,
        path,
        headers: { ...headers, ...(body === undefined ? {} : { "content-type": JSON_TYPE }) },
        body: body === undefined ? null : JSON.stringify(body),
        headersTimeout: ANSWER_TIMEOUT_MS,
      });
      return readAnswer(answer.statusCode, await answer.body.text());
    },
    async download(url) {
      const { pathname } = new URL(url);
      const answer = await line.request({ method: "GET", path: pathname, headers });
      if (answer.statusCode === 200) return new Uint8Array(await answer.body.arrayBuffer());
      readAnswer(answer.statusCode, await answer.body.text());
      throw refusal(answer.statusCode, "The gateway did not send the file");
    },
    close: () => line.close(),
  };
}

const JSON_TYPE = "application/json";
const ANSWER_TIMEOUT_MS = 30_000;

function readAnswer(status: number, text: string): JsonObject {
  const body = parseJson(text);
  const answer = isJsonObject(body) ? body : {};
  if (status === 200 && isJsonObject(answer.data)) return answer.data;
  const message = isJsonObject(answer.error) ? answer.error.message : null;
  throw refusal(status, typeof message === "string" ? message : `HTTP ${status}`);
}

/** What the gateway said no to, in the words of our own catalogue. */
function refusal(status: number, message: string): GatewayError {
  const entry = Object.entries(API_ERRORS).find(([, known]) => known.status === status);
  const code = API_ERROR_CODES.find((known) => known === entry?.[0]) ?? "upstream";
  return new GatewayError(code, message, { cause: REFUSED });
}

/** Marks an error that the gateway answered, as against one that was found before it was asked. */
export const REFUSED = "refused by the gateway";
