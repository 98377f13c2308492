import { between, chanceOf } from "../chance.ts";
import { readBrief } from "../compose/brief.ts";
import { INSTRUMENTS } from "../synth/instruments.ts";
import { keyName } from "../theory.ts";

/** Writes a full description of a style from a few words, in the composer's own words. */
export function boostStyle(content: string, seed: number): string {
  const brief = readBrief({
    seed,
    title: "",
    style: content,
    prompt: "",
    negative: "",
    styleWeight: null,
    weirdness: null,
    singer: null,
    lyrics: [],
    promptIsLyrics: true,
  });
  const chance = chanceOf(seed, "boost");
  const stems = brief.style.parts.map(({ instrument }) => instrument);
  const played = [...new Set([...brief.style.leads.slice(0, 1), ...stems])]
    .filter((name) => INSTRUMENTS[name] !== undefined)
    .slice(0, 5)
    .map((name) => PLAIN_NAMES[name] ?? name);
  const feel = FEELS[between(chance, 0, FEELS.length - 1)] ?? FEELS[0];
  const words = content.trim().replace(/[.,;\s]+$/, "");
  const pulse = `${brief.style.id} at ${brief.bpm} bpm in ${keyName(brief.key)} ${brief.mode}`;
  const place = `recorded in ${roomName(brief.style.room.seconds)}`;
  return `${words}. ${pulse}, ${feel}, with ${listed(played)}, ${place}`;
}

function roomName(seconds: number): string {
  if (seconds > 1.8) return "a wide, open hall";
  return seconds > 1.2 ? "a warm room" : "a dry, close studio";
}

const FEELS = [
  "a steady groove that opens in the chorus",
  "verses that hold back and a chorus that lifts",
  "a patient build with a clear peak",
  "short motifs that answer each other",
];

const PLAIN_NAMES: Readonly<Record<string, string>> = {
  epiano: "electric piano",
  musicbox: "music box",
  nylon: "nylon guitar",
  steel: "acoustic guitar",
  clean: "clean electric guitar",
  driven: "driven guitar",
  muted: "muted guitar",
  finger: "electric bass",
  upright: "upright bass",
  sawbass: "synth bass",
  sub: "808 bass",
  ensemble: "strings",
  spiccato: "short strings",
  pad: "warm pads",
  glass: "glassy pads",
  arp: "an arpeggiator",
  acoustic: "drums",
  machine: "a drum machine",
  brushes: "brushed drums",
  deep: "a deep kick",
  chipkit: "noise drums",
  hands: "hand drums",
  lead: "a lead synth",
  chip: "pulse waves",
  chipthin: "thin pulse waves",
  trianglebass: "a triangle bass",
};

function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "a small band";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
