import type { Instrument } from "./instrument.ts";
import { strikeModes, strikePiano, strikeTine } from "./modal.ts";
import { kit, row, strings, struck } from "./recipes.ts";

/** Instruments whose tone dies away, drums, and the two that sing. */
export const STRUCK_INSTRUMENTS: Readonly<Record<string, Instrument>> = {
  voice: row("vocal", null),
  backing: row("backing_vocals", null),
  piano: row("keyboard", struck("piano", strikePiano, { release: 0.16, width: 1 })),
  epiano: row("keyboard", struck("tine", strikeTine, { release: 0.2, width: 0.9 })),
  clav: row(
    "keyboard",
    strings("clav", { ringS: 1.6, bright: 0.9, place: 0.08, body: 0, round: 0 }, 0.05),
  ),
  musicbox: row(
    "keyboard",
    struck(
      "musicbox",
      strikeModes([
        [1, 1, 2.2],
        [2.76, 0.4, 0.9],
        [5.4, 0.25, 0.5],
        [8.93, 0.12, 0.25],
      ]),
      { release: null, width: 0.9 },
    ),
  ),
  vibes: row(
    "percussion",
    struck(
      "vibes",
      strikeModes([
        [1, 1, 3],
        [4, 0.24, 1.2],
        [10.2, 0.07, 0.4],
      ]),
      { release: 0.4, width: 0.9 },
    ),
  ),
  marimba: row(
    "percussion",
    struck(
      "marimba",
      strikeModes([
        [1, 1, 0.9],
        [3.93, 0.3, 0.3],
        [9.2, 0.1, 0.12],
      ]),
      { release: null, width: 0.9 },
    ),
  ),
  bells: row(
    "percussion",
    struck(
      "bells",
      strikeModes([
        [0.5, 0.3, 4],
        [1, 1, 4],
        [1.19, 0.5, 3],
        [2, 0.5, 2.2],
        [2.76, 0.35, 1.5],
        [5.4, 0.2, 0.8],
      ]),
      { release: null, width: 0.9 },
    ),
  ),
  nylon: row(
    "guitar",
    strings("nylon", { ringS: 3, bright: 0.3, place: 0.2, body: 0.5, round: 0 }, 0.14),
  ),
  steel: row(
    "guitar",
    strings("steel", { ringS: 4.2, bright: 0.7, place: 0.13, body: 0.4, round: 0 }, 0.12),
  ),
  clean: row(
    "guitar",
    strings("clean", { ringS: 4, bright: 0.55, place: 0.24, body: 0, round: 0 }, 0.1),
  ),
  driven: row(
    "guitar",
    strings("driven", { ringS: 6, bright: 0.8, place: 0.18, body: 0, round: 0 }, 0.08),
    { drive: 9, lowCut: 110 },
  ),
  muted: row(
    "guitar",
    strings("muted", { ringS: 0.5, bright: 0.6, place: 0.1, body: 0, round: 0 }, 0.04),
  ),
  banjo: row(
    "guitar",
    strings("banjo", { ringS: 1.4, bright: 0.95, place: 0.07, body: 0.2, round: 0 }, 0.1),
  ),
  harp: row(
    "strings",
    strings("harp", { ringS: 4.5, bright: 0.35, place: 0.3, body: 0, round: 0 }, 1.2),
  ),
  finger: row(
    "bass",
    strings("finger", { ringS: 4, bright: 0.25, place: 0.2, body: 0, round: 0.35 }, 0.08),
    { lowCut: 32 },
  ),
  upright: row(
    "bass",
    strings("upright", { ringS: 1.9, bright: 0.12, place: 0.3, body: 0.4, round: 0.5 }, 0.1),
    { lowCut: 32 },
  ),
  pizzicato: row(
    "strings",
    strings("pizzicato", { ringS: 0.8, bright: 0.2, place: 0.3, body: 0.3, round: 0 }, 0.2),
  ),
  acoustic: row("drums", kit("acoustic"), { lowCut: 30 }),
  machine: row("drums", kit("machine"), { lowCut: 28 }),
  brushes: row("drums", kit("brushes"), { lowCut: 30 }),
  deep: row("drums", kit("deep"), { lowCut: 26 }),
  chipkit: row("drums", kit("chip"), { lowCut: 30 }),
  hands: row("percussion", kit("hands"), { lowCut: 40 }),
  taiko: row("percussion", kit("taiko"), { lowCut: 28 }),
  shakers: row("percussion", kit("acoustic"), { lowCut: 200 }),
};
