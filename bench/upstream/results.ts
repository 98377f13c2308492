import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Job } from "./job-book.ts";
import { MEDIA } from "./media.ts";
import { sendBytes, sendJson } from "./reply.ts";
import type { Call, World } from "./world.ts";

/** The link of a finished job; each showing makes a new one. */
export function resultUrl(world: World, job: Job): string {
  job.showings += 1;
  return `${world.filesOrigin}/results/${job.id}/${job.showings}.${MEDIA[job.kind].ending}`;
}

/** Serves `/results/<job>/<showing>.<ending>` without credentials. */
export async function serveResult(world: World, call: Call): Promise<boolean> {
  const match = /^\/results\/([\w-]+)\/(\d+)\.\w+$/.exec(call.url.pathname);
  const job = match === null ? null : world.jobs.find(match[1] ?? "");
  if (match === null) return false;
  if (job === null) sendJson(call, 404, { error: "No such result" });
  else await sendLink(call, job, Number(match[2]));
  return true;
}

async function sendLink(call: Call, job: Job, showing: number): Promise<void> {
  if (job.fate === "expired-url" && showing === 1) {
    // The link of the first showing is dead at once; asking the job again gives one that lives.
    sendJson(call, 410, { error: "This link has expired" });
  } else if (job.fate === "redirect-url" && !call.url.searchParams.has("direct")) {
    redirect(call, `${call.url.pathname}?direct=1`);
  } else if (job.fate === "private-url") {
    redirect(call, "http://169.254.169.254/latest/meta-data/");
  } else {
    await sendContent(call, job);
  }
}

/** Sends a job's bytes as its fate says. */
export async function sendContent(call: Call, job: Job): Promise<void> {
  const { type } = MEDIA[job.kind];
  const { bytes } = job;
  switch (job.fate) {
    case "slow-drip":
      return drip(call, type, bytes);
    case "oversize":
      return flood(call, type);
    case "wrong-type":
      return isBroken(job) ? sendBytes(call, type, PAGE) : sendBytes(call, type, bytes);
    case "truncated":
      if (!isBroken(job)) return sendBytes(call, type, bytes);
      call.response.writeHead(200, { "content-type": type, "content-length": bytes.length });
      call.response.write(bytes.subarray(0, bytes.length / 2), () => call.response.destroy());
      return;
    case "empty":
      return sendBytes(call, type, isBroken(job) ? Buffer.alloc(0) : bytes);
    default:
      return sendBytes(call, type, bytes);
  }
}

const PAGE = Buffer.from("<!doctype html><script>alert(1)</script>");
const BROKEN_TRANSFERS = 2;

/** Links that give a page, half a file or nothing get well: what was paid for is asked for anew. */
function isBroken(job: Job): boolean {
  job.transfers += 1;
  return job.transfers <= BROKEN_TRANSFERS;
}

const DRIPS = 10;
const DRIP_PAUSE_MS = 100;

async function drip(call: Call, type: string, bytes: Buffer): Promise<void> {
  call.response.writeHead(200, { "content-type": type, "content-length": bytes.length });
  const size = Math.ceil(bytes.length / DRIPS);
  for (let from = 0; from < bytes.length && !call.response.destroyed; from += size) {
    call.response.write(bytes.subarray(from, from + size));
    await sleep(DRIP_PAUSE_MS);
  }
  call.response.end();
}

const BLOCK = Buffer.alloc(1024 * 1024);
const BLOCKS_MAX = 8 * 1024;

/** Zeros without end, as far as the reader takes them. */
async function flood(call: Call, type: string): Promise<void> {
  const { response } = call;
  response.writeHead(200, { "content-type": type });
  for (let sent = 0; sent < BLOCKS_MAX && !response.destroyed; sent += 1) {
    if (response.write(BLOCK)) continue;
    await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  response.end();
}

function redirect(call: Call, location: string): void {
  call.response.writeHead(302, { location, "content-length": 0 });
  call.response.end();
}
