import { type Measured, writeNewFile } from "./disk.ts";
import { createGate, type Gate } from "./gate.ts";
import type { Reach } from "./net-address.ts";
import type { Outbound } from "./outbound.ts";
import { OutboundError } from "./outbound-connect.ts";
import type { OutboundFault } from "./outbound-exchange.ts";

/** Fetches a stranger's URL into a new file. */
export type Download = (url: string, options: DownloadOptions) => Promise<DownloadResult>;

/** Where to put it and what to allow. */
export interface DownloadOptions {
  /** A path that does not exist yet. */
  readonly toPath: string;
  readonly bytesMax: number;
  readonly reach: Reach;
  /** Sent to the first host only. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** How a download ended. Only `saved` leaves a file. */
export type DownloadResult =
  | ({ readonly kind: "saved" } & Measured)
  /** The server answered something else than 200. */
  | { readonly kind: "refused"; readonly status: number }
  | OutboundFault;

/** Most redirects that are followed, each judged anew. */
const REDIRECTS_MAX = 3;

const TIMEOUT_MS = 600_000;
const SLOW_AFTER_MS = 30_000;
const BYTES_PER_S_MIN = 64 * 1024;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Makes a downloader: 16 at a time, 4 of them from one host. */
export function createDownload(outbound: Outbound): Download {
  const gate = createGate({ totalMax: 16, perKeyMax: 4 });
  return async (url, options) => {
    let hop: Hop = { url, headers: options.headers ?? {} };
    for (let hops = 0; hops <= REDIRECTS_MAX; hops += 1) {
      const result = await fetchHop({ outbound, gate }, hop, options);
      if (result.kind !== "redirect") return result;
      const next = follow(hop, result.location);
      if (next === null) return redirectFault("The redirect leads nowhere or away from https");
      hop = next;
    }
    return redirectFault(`More than ${REDIRECTS_MAX} redirects`);
  };
}

interface Hop {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

type HopResult = DownloadResult | { readonly kind: "redirect"; readonly location: string };

async function fetchHop(
  context: { readonly outbound: Outbound; readonly gate: Gate },
  hop: Hop,
  options: DownloadOptions,
): Promise<HopResult> {
  const { reach, signal, toPath, bytesMax } = options;
  const host = URL.parse(hop.url)?.host ?? "";
  using place = await context.gate.enter(host, signal).catch(() => null);
  if (place === null) return { kind: "fault", class: "canceled", detail: "Gave up", sent: false };
  const request = {
    method: "GET",
    url: hop.url,
    headers: hop.headers,
    reach,
    timeoutMs: TIMEOUT_MS,
    bytesMax,
    ...(signal === undefined ? {} : { signal }),
  } as const;
  return await context.outbound.stream<HopResult>("media", request, async (answer) => {
    const location = answer.headers.get("location");
    if (REDIRECTS.includes(answer.status)) return { kind: "redirect", location: location ?? "" };
    if (answer.status !== 200) return { kind: "refused", status: answer.status };
    const measured = await writeNewFile(toPath, brisk(answer.body), bytesMax);
    if (measured === null) throw new OutboundError("too_large", `More than ${bytesMax} bytes`);
    return { kind: "saved", ...measured };
  });
}

function follow(from: Hop, location: string): Hop | null {
  const here = new URL(from.url);
  const there = location === "" ? null : URL.parse(location, here);
  if (there === null || (here.protocol === "https:" && there.protocol !== "https:")) return null;
  return { url: there.href, headers: there.origin === here.origin ? from.headers : {} };
}

/** Ends a body that drips: slower than 64 KiB a second once it had half a minute. */
async function* brisk(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const startedAtMs = performance.now();
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    const passedMs = performance.now() - startedAtMs;
    if (passedMs > SLOW_AFTER_MS && sizeBytes < (passedMs / 1000) * BYTES_PER_S_MIN) {
      throw new OutboundError("timeout", "The body comes too slowly");
    }
    yield chunk;
  }
}

function redirectFault(detail: string): OutboundFault {
  return { kind: "fault", class: "redirect", detail, sent: true };
}
