import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Purchase } from "../../test/support/checker.ts";
import type {
  FakeAnswer,
  FakeKeeper,
  FakeRequest,
  FakeUpstream,
  Fault,
} from "../../test/support/fakes/fake-upstream.ts";
import { KLING_KEY, openKling } from "../../test/support/fakes/kling.ts";
import { FILM, PICTURE } from "../../test/support/fakes/media.ts";
import { openReplicate, REPLICATE_KEY } from "../../test/support/fakes/replicate.ts";
import { openSdServer, SD_KEY } from "../../test/support/fakes/sd-server.ts";
import { openXai, XAI_KEY } from "../../test/support/fakes/xai.ts";
import type { Wish } from "../../test/support/journal-client.ts";
import { type Fate, type FateChance, type FateMix, fateOf, nonceOf } from "../upstream/fate.ts";

/** A real provider in front of the fake of its upstream, and what a lost answer leaves to do. */
export interface ChaosFake {
  open(): Promise<FakeUpstream>;
  readonly recovery: "recovers" | "blind" | "free";
  /** Settings that make it the only upstream; `folder` may hold a config file. */
  settings(origin: string, folder: string): Promise<Readonly<Record<string, string>>>;
  wish(prompt: string): Pick<Wish, "model" | "input">;
  /** Refused content in its words, or `null` where there is no such thing. */
  readonly refusal: FakeAnswer | null;
  /** What its jobs give. */
  readonly bytes: Buffer;
}

const ROUTE = {
  provider: "replicate",
  upstream_model: "someone/painter",
  substitute: "allow",
  mapping: { input: { prompt: "{prompt}", ratio: "{size}" }, output: "output.*" },
};

/** One for each thing that can be done about a lost answer, beside those of the simulator. */
export const CHAOS_FAKES: Readonly<Record<"kling" | "replicate" | "xai" | "sd-server", ChaosFake>> =
  {
    // client-id
    kling: {
      open: openKling,
      recovery: "recovers",
      settings: async (origin) => ({ KLING_API_KEY: KLING_KEY, KLING_BASE_URL: origin }),
      wish: (prompt) => ({
        model: "kling-3.0/pro",
        input: { prompt, duration: 5, sound: false, aspect_ratio: "16:9" },
      }),
      refusal: { status: 400, body: { code: 1301, message: "Failure to pass the risk control" } },
      bytes: FILM,
    },
    // reconcile
    replicate: {
      open: openReplicate,
      recovery: "recovers",
      async settings(origin, folder) {
        const path = join(folder, "vidgo.config.json");
        await writeFile(path, JSON.stringify({ routes: { "z-image": [ROUTE] } }));
        const base = { REPLICATE_API_TOKEN: REPLICATE_KEY, REPLICATE_BASE_URL: `${origin}/v1` };
        return { ...base, VIDGO_CONFIG: path };
      },
      wish: (prompt) => ({ model: "z-image", input: { prompt, size: "1:1" } }),
      refusal: null,
      bytes: PICTURE,
    },
    // blind
    xai: {
      open: openXai,
      recovery: "blind",
      settings: async (origin) => ({ XAI_API_KEY: XAI_KEY, XAI_BASE_URL: `${origin}/v1` }),
      wish: (prompt) => ({ model: "grok-imagine", input: { prompt, duration: 6 } }),
      refusal: { status: 400, body: { code: "invalid", error: "Rejected by content moderation." } },
      bytes: FILM,
    },
    // free
    "sd-server": {
      open: openSdServer,
      recovery: "free",
      settings: async (origin) => ({
        SD_SERVER_URL: origin,
        SD_SERVER_API_KEY: SD_KEY,
        SD_SERVER_MODELS: "z-image=z-image-turbo",
      }),
      wish: (prompt) => ({ model: "z-image", input: { prompt, size: "1:1" } }),
      refusal: null,
      bytes: PICTURE,
    },
  };

/** Fates that a fake of a vendor can deal out. */
export const FAKE_MIX: FateMix = {
  "accept-then-reset": 0.08,
  "accept-then-500": 0.08,
  "accept-late": 0.06,
  garbage: 0.04,
  "429": 0.03,
  "429-retry-after": 0.03,
  refuse: 0.03,
  "poll-500": 0.05,
};

/** A fake under way. */
export interface RunningFake {
  readonly origin: string;
  purchases(): Promise<readonly Purchase[]>;
  close(): Promise<void>;
}

/** Opens a fake that deals out the fates of its run, and counts what is bought of it. */
export async function startFake(kind: ChaosFake, chance: FateChance): Promise<RunningFake> {
  const fake = await kind.open();
  const bought: Purchase[] = [];
  const sha256 = createHash("sha256").update(kind.bytes).digest("hex");
  fake.keeper = keeperOf(fake, { kind, chance }, (nonce, jobId) => {
    bought.push({ nonce, jobId, price: 0, sha256 });
  });
  return {
    origin: fake.url,
    async purchases() {
      if (kind.recovery !== "free") return bought;
      // A run that costs nothing is repeated on purpose: one of them counts.
      const runs = new Map(bought.map((each) => [each.nonce, { ...each, refunded: true }]));
      return [...runs.values()];
    },
    async close() {
      await fake[Symbol.asyncDispose]();
    },
  };
}

const LATE_MS = 1_000;
const LIMITED_TIMES = 2;
const TROUBLED_POLLS = 3;

function keeperOf(
  fake: FakeUpstream,
  { kind, chance }: { readonly kind: ChaosFake; readonly chance: FateChance },
  buy: (nonce: string, jobId: string) => void,
): FakeKeeper {
  const counts = new Map<string, number>();
  const count = (what: string): number => {
    const times = (counts.get(what) ?? 0) + 1;
    counts.set(what, times);
    return times;
  };
  return {
    faultFor(step, request) {
      if (step === "submit") {
        const text = request.body.toString("utf8");
        return submitFault(fateOf(text, chance), kind, () => count(nonceOf(text)));
      }
      const job = step === "poll" ? jobOf(fake, request) : undefined;
      if (job === undefined) return null;
      const fate = fateOf(job.request.body.toString("utf8"), chance);
      const isTroubled = fate === "poll-500" && count(`poll ${job.id}`) <= TROUBLED_POLLS;
      return isTroubled ? { kind: "status", status: 500 } : null;
    },
    take: ({ id, request }) => buy(nonceOf(request.body.toString("utf8")), id),
  };
}

/** A submit meets its fate once: a run that is repeated because it is free gets through. */
function submitFault(fate: Fate | null, kind: ChaosFake, times: () => number): Fault | null {
  if (fate === "refuse") {
    return kind.refusal === null ? null : { kind: "answer", answer: kind.refusal };
  }
  const fault = SUBMIT_FAULTS[fate ?? "never"] ?? null;
  const limit = fault?.kind === "status" ? LIMITED_TIMES : 1;
  return fault !== null && times() <= limit ? fault : null;
}

const SUBMIT_FAULTS: Readonly<Partial<Record<Fate, Fault>>> = {
  "accept-then-reset": { kind: "drop-after" },
  "accept-then-500": { kind: "status-after", status: 500 },
  "accept-late": { kind: "late", delayMs: LATE_MS },
  garbage: { kind: "garbage" },
  "429": { kind: "status", status: 429 },
  "429-retry-after": { kind: "status", status: 429, retryAfter: "1" },
};

function jobOf(fake: FakeUpstream, { path, query }: FakeRequest) {
  const id = /job-\d+/.exec(`${path}?${query}`)?.[0];
  return id === undefined ? undefined : fake.jobs.get(id);
}
