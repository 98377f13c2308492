import { setTimeout as sleep } from "node:timers/promises";
import type { Measured } from "./disk.ts";
import { type DiskRoom, noRoom } from "./disk-room.ts";
import { type Draft, openDraft } from "./draft.ts";
import { createGate, type Gate } from "./gate.ts";
import type { Reach } from "./net-address.ts";
import type { Outbound } from "./outbound.ts";
import { OutboundError } from "./outbound-connect.ts";
import type { OutboundFault, ReadAnswer } from "./outbound-exchange.ts";

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
/** How often one that broke in the middle goes on from there, and the first pause, milliseconds. */
const RESUMES_MAX = 5;
const RESUME_PAUSE_MS = 200;

const TIMEOUT_MS = 600_000;
const SLOW_AFTER_MS = 30_000;
const BYTES_PER_S_MIN = 64 * 1024;
/** Of a body of unknown length, after so many bytes the disk is looked at again. */
const LOOK_EVERY_BYTES = 16 * 1024 * 1024;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const BREAKS: readonly string[] = ["reset", "connect", "dns"];

/**
 * Makes a downloader: 16 at a time, 4 of them from one host. What breaks in the middle goes on from
 * there, as long as the server vouches by a strong ETag that it is still the same.
 * @param room Without it the disk is filled to the brim.
 */
export function createDownload(outbound: Outbound, room: DiskRoom | null = null): Download {
  const gate = createGate({ totalMax: 16, perKeyMax: 4 });
  return async (url, options) => {
    await using copy = new Copy(options);
    let hop: Hop = { url, headers: options.headers ?? {} };
    for (let hops = 0, resumes = 0; hops <= REDIRECTS_MAX; ) {
      const result = await fetchHop({ outbound, gate, room }, hop, copy);
      if (result.kind === "redirect") {
        const next = follow(hop, result.location);
        if (next === null) return redirectFault("The redirect leads nowhere or away from https");
        hop = next;
        hops += 1;
      } else if (canGoOn(result, copy) && resumes < RESUMES_MAX) {
        await sleep(RESUME_PAUSE_MS * 2 ** resumes, undefined, { signal: options.signal }).catch(
          () => undefined,
        );
        resumes += 1;
      } else return result;
    }
    return redirectFault(`More than ${REDIRECTS_MAX} redirects`);
  };
}

interface Hop {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What has arrived so far. */
class Copy implements AsyncDisposable {
  readonly options: DownloadOptions;
  draft: Draft | null = null;
  /** By which the server tells whether the rest still belongs to it; `null`: it cannot. */
  etag: string | null = null;

  constructor(options: DownloadOptions) {
    this.options = options;
  }

  /** Where the next piece begins. */
  get sizeBytes(): number {
    return this.etag === null ? 0 : (this.draft?.sizeBytes ?? 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.draft?.[Symbol.asyncDispose]();
  }
}

function canGoOn(result: DownloadResult, copy: Copy): boolean {
  return result.kind === "fault" && BREAKS.includes(result.class) && copy.sizeBytes > 0;
}

type HopResult = DownloadResult | { readonly kind: "redirect"; readonly location: string };

interface Ways {
  readonly outbound: Outbound;
  readonly gate: Gate;
  readonly room: DiskRoom | null;
}

async function fetchHop({ outbound, gate, room }: Ways, hop: Hop, copy: Copy): Promise<HopResult> {
  const { reach, signal, bytesMax } = copy.options;
  const host = URL.parse(hop.url)?.host ?? "";
  using place = await gate.enter(host, signal).catch(() => null);
  if (place === null) return { kind: "fault", class: "canceled", detail: "Gave up", sent: false };
  const rest =
    copy.etag === null || copy.sizeBytes === 0
      ? {}
      : { range: `bytes=${copy.sizeBytes}-`, "if-range": copy.etag };
  const request = {
    method: "GET",
    url: hop.url,
    headers: { ...hop.headers, ...rest },
    reach,
    timeoutMs: TIMEOUT_MS,
    bytesMax,
    ...(signal === undefined ? {} : { signal }),
  } as const;
  return await outbound.stream<HopResult>("media", request, async (answer) => {
    const location = answer.headers.get("location");
    if (REDIRECTS.includes(answer.status)) return { kind: "redirect", location: location ?? "" };
    return await save(answer, copy, room);
  });
}

async function save(
  { status, headers, body }: Parameters<ReadAnswer<HopResult>>[0],
  copy: Copy,
  room: DiskRoom | null,
): Promise<HopResult> {
  const { toPath, bytesMax } = copy.options;
  const [, start] = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "") ?? [];
  const isRest = status === 206 && copy.sizeBytes > 0 && Number(start) === copy.sizeBytes;
  if (status !== 200 && !isRest) return { kind: "refused", status };
  await expectRoom(room, Number(headers.get("content-length") ?? 0));
  if (copy.draft === null) copy.draft = await openDraft(toPath, bytesMax);
  else if (!isRest) await copy.draft.restart();
  if (!isRest) copy.etag = strongEtag(headers);
  const isWhole = await copy.draft.add(watched(brisk(body), room));
  if (!isWhole) throw new OutboundError("too_large", `More than ${bytesMax} bytes`);
  return { kind: "saved", ...(await copy.draft.keep()) };
}

function strongEtag(headers: Headers): string | null {
  return /^"[\x21\x23-\x7e]{1,200}"$/.exec(headers.get("etag") ?? "")?.[0] ?? null;
}

async function expectRoom(room: DiskRoom | null, sizeBytes: number): Promise<void> {
  if (room !== null && !(await room.forBytes(sizeBytes))) throw noRoom();
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

/** Ends a body that would fill the disk. */
async function* watched(
  body: AsyncIterable<Uint8Array>,
  room: DiskRoom | null,
): AsyncIterable<Uint8Array> {
  let sinceBytes = 0;
  for await (const chunk of body) {
    sinceBytes += chunk.byteLength;
    if (sinceBytes > LOOK_EVERY_BYTES) {
      await expectRoom(room, 0);
      sinceBytes = 0;
    }
    yield chunk;
  }
}

function redirectFault(detail: string): OutboundFault {
  return { kind: "fault", class: "redirect", detail, sent: true };
}
