import { present } from "../../../../lib/assert.ts";
import type { Style } from "./style.ts";
import { ACOUSTIC_STYLES } from "./styles-acoustic.ts";
import { BAND_STYLES } from "./styles-band.ts";
import { ELECTRONIC_STYLES } from "./styles-electronic.ts";
import { HALL_STYLES } from "./styles-hall.ts";
import { RETRO_STYLES } from "./styles-retro.ts";

/** Every style, in the order in which ties are settled. */
export const STYLES: readonly Style[] = [
  ...BAND_STYLES,
  ...HALL_STYLES,
  ...ACOUSTIC_STYLES,
  ...ELECTRONIC_STYLES,
  ...RETRO_STYLES,
];

/** The style of a name; pop for a name that is not known. */
export function styleNamed(id: string): Style {
  return STYLES.find((style) => style.id === id) ?? present(STYLES[0], "first style");
}
