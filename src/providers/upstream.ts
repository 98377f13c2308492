import { decodeBody } from "../lib/decode-body.ts";
import { encodeForm } from "../lib/form-body.ts";
import type { Outbound } from "../lib/outbound.ts";
import type { OutboundFault, OutboundRequest } from "../lib/outbound-exchange.ts";
import {
  type ProviderAccount,
  UpstreamFailure,
  type UpstreamRequest,
  type UpstreamResponse,
} from "./provider.ts";

/** The one way from a provider to its upstream. */
export type AskUpstream = (exchange: Exchange, signal: AbortSignal) => Promise<UpstreamResponse>;

/** One exchange with an account's own host. */
export interface Exchange {
  readonly account: ProviderAccount;
  readonly request: UpstreamRequest;
}

/**
 * The request left, or may have left, and no whole answer came back. At a submit that is "sent,
 * answer unknown"; at a poll the upstream is merely unreachable.
 */
export class UpstreamSilence extends Error {
  override readonly name = "UpstreamSilence";
  /** Where the exchange broke off: `timeout`, `reset`, `garbled`, `too_large`, `canceled`. */
  readonly errorClass: string;

  constructor(errorClass: string, detail: string) {
    super(detail);
    this.errorClass = errorClass;
  }
}

/** No answer may be larger, whatever a provider asks for. */
const BYTES_MAX = 128 * 1024 * 1024;

/**
 * Makes the way to upstreams: to the account's own host only, no redirects, no retries, and a
 * connection of its own for all but GET, since a reset on an old one would tell nothing.
 *
 * The result throws {@link UpstreamFailure} when nothing was sent, so that nothing was bought, and
 * {@link UpstreamSilence} when something may have been.
 */
export function createUpstream(outbound: Outbound): AskUpstream {
  return async ({ account, request }, signal) => {
    const url = pinnedUrl(account.baseUrl, request.url);
    // Only an operator sets a base URL; one that is not public was meant to be so.
    const isPublic = outbound.judge(account.baseUrl, "public") === null;
    const bytesMax = Math.min(request.bytesMax, BYTES_MAX);
    const answer = await outbound.request("provider", {
      method: request.method,
      url,
      reach: isPublic ? "public" : "declared",
      ...(await content(request)),
      timeoutMs: request.timeoutMs,
      bytesMax,
      mayReuse: request.method === "GET",
      signal,
      ...(request.mayLeave === undefined ? {} : { mayLeave: request.mayLeave }),
    });
    if (answer.kind === "fault") throw thrown(answer);
    const { status, headers } = answer;
    const body = decodeBody(answer.body, headers.get("content-encoding"), bytesMax);
    if (body === null) throw new UpstreamSilence("garbled", "The answer cannot be decompressed");
    return { status, headers, body };
  };
}

/**
 * Joins a path to the base URL, keeping the base's own path: `v1/videos` under
 * `https://host/api` is `https://host/api/v1/videos`. An absolute URL must name the same origin.
 */
function pinnedUrl(baseUrl: string, url: string): string {
  const base = URL.parse(baseUrl);
  const isAbsolute = /^https?:\/\//i.test(url);
  const text = isAbsolute ? url : `${baseUrl.replace(/\/+$/, "")}/${url.replace(/^[/\\]+/, "")}`;
  const target = URL.parse(text);
  if (base !== null && target !== null && target.origin === base.origin) return target.href;
  throw new UpstreamFailure({
    code: "internal",
    message: "The provider named an address outside of its own host",
    retry: "other-route",
    retryAfterMs: null,
    billed: "no",
  });
}

async function content(
  request: UpstreamRequest,
): Promise<Pick<OutboundRequest, "headers" | "body">> {
  const { headers = {}, body } = request;
  if (body === undefined) return { headers };
  if (!(body instanceof FormData)) return { headers, body };
  const form = await encodeForm(body);
  return { headers: { ...headers, "content-type": form.contentType }, body: form.bytes };
}

function thrown(fault: OutboundFault): UpstreamFailure | UpstreamSilence {
  if (fault.sent) return new UpstreamSilence(fault.class, fault.detail);
  return new UpstreamFailure({
    code: "upstream_unavailable",
    message: "The provider could not be reached",
    retry: fault.class === "refused_address" ? "other-route" : "same-route",
    retryAfterMs: null,
    billed: "no",
  });
}
