import { GatewayError } from "../core/error.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Lengths, Model, TimedSource } from "../models/model.ts";
import type { EngineContext } from "./context.ts";
import type { Lineage } from "./lineage.ts";

/** A checked input whose media are to be measured. */
export interface LengthsWish {
  readonly model: Model;
  readonly input: JsonObject;
  readonly lineage: Lineage;
  readonly loopback: boolean;
}

/**
 * Finds how long the media are whose seconds decide over a price or over what may be asked, and
 * checks them. Our own are known; a stranger's are fetched where their seconds are paid for.
 * @throws {GatewayError} 400 naming the member, when it cannot be measured or does not fit.
 */
export async function findLengths(
  context: EngineContext,
  { model, input, lineage, loopback }: LengthsWish,
): Promise<Lengths> {
  const lengths = new Map<string, number>();
  const { timing, price } = model;
  if (timing === undefined) return lengths;
  const sources = timing.sources(input);
  if (sources.length === 0 && timing.check === undefined) return lengths;
  // The client waits for the answer all the while.
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const measureOne = async (source: TimedSource): Promise<void> => {
    const foreign = source.billed && price?.bySeconds === true;
    const seconds =
      source.kind === "track"
        ? trackSeconds(lineage, source.name)
        : await mediaSeconds(context, source, { loopback, foreign, signal });
    if (seconds !== null) lengths.set(source.name, seconds);
  };
  await Promise.all(sources.map(measureOne));
  const refusal = timing.check?.(input, lengths) ?? null;
  if (refusal === null) return lengths;
  throw new GatewayError(refusal.code ?? "invalid_request", refusal.message);
}

const PATIENCE_MS = 30_000;

function trackSeconds({ parents }: Lineage, audioId: string): number | null {
  return parents.find(({ id }) => id === audioId)?.fileRow?.durationS ?? null;
}

interface MediaWish {
  readonly loopback: boolean;
  readonly foreign: boolean;
  readonly signal: AbortSignal;
}

async function mediaSeconds(
  { wayOut }: EngineContext,
  { field, name, kind }: TimedSource,
  { loopback, foreign, signal }: MediaWish,
): Promise<number | null> {
  const media = kind === "film" ? "video" : "audio";
  const measured = await wayOut.measure({ url: name, loopback, media, foreign }, signal);
  if (measured.kind === "fault") {
    throw new GatewayError("invalid_request", `${field} ${measured.message}`);
  }
  return measured.kind === "seconds" ? measured.seconds : null;
}
