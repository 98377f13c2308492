import { TRIMS } from "../data/trims.ts";
import type { Instrument } from "./instrument.ts";
import { STRUCK_INSTRUMENTS } from "./struck-instruments.ts";
import { WAVE_INSTRUMENTS } from "./wave-instruments.ts";

/** All instruments by the name that scores use, levelled. */
export const INSTRUMENTS: Readonly<Record<string, Instrument>> = Object.fromEntries(
  Object.entries({ ...STRUCK_INSTRUMENTS, ...WAVE_INSTRUMENTS }).map(([name, instrument]) => [
    name,
    { ...instrument, trim: TRIMS[name] ?? instrument.trim },
  ]),
);
