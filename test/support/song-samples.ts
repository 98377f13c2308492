import type { Sample } from "../../src/providers/conformance.ts";
import type { ProviderRequest } from "../../src/providers/provider.ts";

/** A song from an idea. */
export const IDEA: ProviderRequest["input"] = {
  prompt: "first day at the sea",
  custom_mode: false,
  instrumental: false,
  mv: "V4",
};

/** A song with words of its own. */
export const SUNG: ProviderRequest["input"] = {
  prompt: "[Verse 1]\nThe tide comes in\nThe boats go out\n\n[Chorus]\nOh, the sea",
  custom_mode: true,
  instrumental: false,
  mv: "V5",
  style: "folk, accordion",
  title: "Tide",
};

/** Both, as a provider of songs has to take them. */
export const SONG_SAMPLES: Readonly<Record<string, Sample>> = {
  idea: { model: "generate-music", input: IDEA },
  lyrics: { model: "generate-music", input: SUNG },
};
