import { arp, bass, drums, hold, type Style } from "./style.ts";

const FOUR = "x---x---x---x---";
const BACKBEAT = "----x-------x---";

/** Styles of older machines. */
export const RETRO_STYLES: readonly Style[] = [
  {
    id: "synthwave",
    words: [
      "synthwave",
      "retrowave",
      "80s",
      "eighties",
      "neon",
      "outrun",
      "synth",
      "cyberpunk",
      "new wave",
      "vaporwave",
    ],
    bpm: [88, 112],
    barBeats: 4,
    swing: 0.5,
    modes: ["minor"],
    verses: ["VI VII i i", "i VI III VII"],
    choruses: ["i III VII VI", "VI VII i III"],
    parts: [
      drums(
        "drums:machine@-3",
        [
          { kick: "x-------x-------" },
          { kick: FOUR, snare: BACKBEAT, hat: "--o---o---o---o-" },
          {
            kick: FOUR,
            snare: BACKBEAT,
            clap: BACKBEAT,
            hat: "o-o-o-o-o-o-o-o-",
            tomHigh: "--------------o-",
          },
        ],
        { from: 0.3, send: 0.3 },
      ),
      bass("bass:sawbass@0", ["1-1-1-1-1-1-1-1-", "1-1-1-8-1-1-1-8-"], { from: 0.3, gate: 0.75 }),
      hold("pad:supersaw@-10", { centre: 62 }),
      arp("arp:arp@-9", ["0-1-2-1-3-1-2-1-", "01230123012301 2".replace(" ", "3")], {
        centre: 70,
        gate: 0.7,
        pan: 0.25,
        send: 0.45,
      }),
    ],
    leads: ["lead"],
    tunes: ["x-----x-x---x---x-----x-x-------", "x---x---x-x-x---x---x-----------"],
    room: { seconds: 2.1, level: 0.36 },
    looseMs: 2,
    form: "song",
  },
  {
    id: "chiptune",
    words: [
      "chiptune",
      "8-bit",
      "8 bit",
      "video game",
      "arcade",
      "retro game",
      "pixel",
      "nintendo",
    ],
    bpm: [130, 164],
    barBeats: 4,
    swing: 0.5,
    modes: ["major"],
    verses: ["I V vi IV", "I bVII IV I"],
    choruses: ["IV V iii vi", "vi IV I V"],
    parts: [
      arp("arp:chipthin@-5", ["0-1-2-1-0-1-2-1-", "0120120120120120"], {
        centre: 69,
        gate: 0.8,
        pan: 0.3,
        send: 0.05,
      }),
      bass("bass:trianglebass@1", ["1-1-1-1-1-1-1-1-", "1-8-1-8-1-8-5-8-"], { gate: 0.8 }),
      drums(
        "drums:chipkit@-8",
        [
          { hat: "o-o-o-o-o-o-o-o-" },
          { kick: "x-----x-x-------", snare: BACKBEAT, hat: "o-o-o-o-o-o-o-o-" },
          { kick: "x--x--x-x--x--x-", snare: "----x-------x-oo", hat: "o-o-o-o-o-o-o-o-" },
        ],
        { from: 0.3, send: 0.04 },
      ),
    ],
    leads: ["chip"],
    tunes: ["x-x-x-x-x---x-x-x-x-x-x-x-------", "x--x--x-x-x-x-x-x--x--x-x-------"],
    room: { seconds: 0.7, level: 0.1 },
    looseMs: 1,
    form: "song",
  },
];
