/** Instruments by the words that ask for them. */
export const INSTRUMENT_WORDS: Readonly<Record<string, string>> = {
  piano: "piano",
  rhodes: "epiano",
  "electric piano": "epiano",
  organ: "organ",
  "music box": "musicbox",
  vibraphone: "vibes",
  marimba: "marimba",
  xylophone: "marimba",
  bells: "bells",
  "electric guitar": "driven",
  ukulele: "nylon",
  guitar: "steel",
  banjo: "banjo",
  harp: "harp",
  violin: "fiddle",
  fiddle: "fiddle",
  cello: "ensemble",
  strings: "ensemble",
  pizzicato: "pizzicato",
  trumpet: "trumpet",
  horn: "horn",
  horns: "brass",
  brass: "brass",
  flute: "flute",
  whistle: "whistle",
  clarinet: "clarinet",
  saxophone: "sax",
  sax: "sax",
  synthesizer: "lead",
  choir: "choir",
};

/** What a word of an unwanted style takes out: stems, or single parts by their instruments. */
export const REMOVALS: Readonly<Record<string, readonly string[]>> = {
  drum: ["drums", "percussion"],
  drums: ["drums", "percussion"],
  beat: ["drums", "percussion"],
  percussion: ["percussion", "drums"],
  bass: ["bass"],
  guitar: ["guitar"],
  guitars: ["guitar"],
  distortion: ["driven"],
  piano: ["piano", "epiano"],
  keyboard: ["keyboard"],
  organ: ["organ"],
  strings: ["strings"],
  violin: ["strings"],
  orchestra: ["strings", "brass"],
  brass: ["brass"],
  horn: ["brass"],
  horns: ["brass"],
  trumpet: ["brass"],
  flute: ["woodwinds"],
  sax: ["sax"],
  saxophone: ["sax"],
  synth: ["synth"],
  synths: ["synth"],
  electronic: ["synth", "machine"],
  pad: ["pad", "glass"],
  pads: ["pad", "glass"],
  choir: ["backing_vocals"],
  vocals: ["vocal", "backing_vocals"],
  vocal: ["vocal", "backing_vocals"],
  voice: ["vocal", "backing_vocals"],
  singing: ["vocal", "backing_vocals"],
  bells: ["bells", "musicbox"],
};

/** What moods do to the music. */
export const MOODS: readonly {
  readonly words: readonly string[];
  /** Factor on the tempo. */
  readonly tempo: number;
  /** Minor is wanted above 0, major below. */
  readonly dark: number;
  readonly energy: number;
}[] = [
  { words: ["sad", "melancholic", "melancholy", "lonely", "grief", "heartbreak", "tears", "mournful", "triste", "traurig"], tempo: 0.88, dark: 1, energy: -0.12 },
  { words: ["happy", "joyful", "cheerful", "bright", "sunny", "fun", "playful", "uplifting", "feliz", "fröhlich"], tempo: 1.06, dark: -1, energy: 0.05 },
  { words: ["calm", "peaceful", "gentle", "soft", "quiet", "relaxing", "tender", "dreamy", "soothing"], tempo: 0.9, dark: -0.3, energy: -0.2 },
  { words: ["dark", "ominous", "scary", "horror", "haunting", "sinister", "gloomy"], tempo: 0.94, dark: 1, energy: 0 },
  { words: ["energetic", "driving", "powerful", "intense", "aggressive", "fast", "hype", "workout"], tempo: 1.1, dark: 0, energy: 0.15 },
  { words: ["romantic", "love", "warm", "nostalgic", "longing"], tempo: 0.95, dark: -0.2, energy: -0.05 },
  { words: ["epic", "heroic", "triumphant", "majestic"], tempo: 1, dark: 0.2, energy: 0.15 },
  { words: ["slow", "largo", "adagio"], tempo: 0.76, dark: 0, energy: -0.05 },
  { words: ["very fast", "presto", "allegro"], tempo: 1.2, dark: 0, energy: 0.05 },
];

/** Words about moods of places, for prompts that name no style. */
export const SCENES: readonly { readonly words: readonly string[]; readonly style: string }[] = [
  { words: ["rain", "window", "night", "late", "study"], style: "lo-fi" },
  { words: ["ocean", "sea", "forest", "space", "stars", "dream", "mist", "snow", "moon"], style: "ambient" },
  { words: ["battle", "hero", "dragon", "kingdom", "war", "quest"], style: "cinematic" },
  { words: ["road", "river", "mountain", "home", "field", "train", "fire"], style: "folk" },
  { words: ["beach", "sun", "island", "cocktail"], style: "bossa" },
  { words: ["city", "car", "future", "robot", "neon"], style: "synthwave" },
  { words: ["baby", "child", "fairy", "toy", "winter"], style: "waltz" },
];
