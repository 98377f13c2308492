/** A model whose maker has shut it down. */
export interface RetiredModel {
  /** The day it ended, as people write it. */
  readonly since: string;
  /** Models that could stand in, by provider, in the order in which they are tried. */
  readonly substitutes: readonly Substitute[];
}

/** A model that stands in for another. */
export interface Substitute {
  readonly provider: string;
  readonly upstreamModel: string;
}

const SORA: RetiredModel = {
  since: "2026-09-24",
  substitutes: [
    { provider: "gemini", upstreamModel: "gemini-omni-1.2-flash" },
    { provider: "xai", upstreamModel: "grok-imagine-video-1.5" },
    { provider: "runway", upstreamModel: "gen4.5" },
    { provider: "kling", upstreamModel: "kling-3.0@720p" },
    { provider: "openrouter", upstreamModel: "alibaba/wan-2.6" },
  ],
};

/** The models that no maker serves any more. */
export const RETIRED: Readonly<Record<string, RetiredModel>> = {
  "sora-2": SORA,
  "sora-2-private": SORA,
  "sora-2-pro": SORA,
  "sora-2-pro-private": SORA,
  "sora-2-official": SORA,
  "sora-2-pro-official": SORA,
};
