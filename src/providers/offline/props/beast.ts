import type { Random } from "../chance.ts";
import type { Pen } from "../paint/canvas.ts";
import { css, type Lch, mix, shift } from "../paint/colour.ts";
import { drawLimb, drawOval, drawShape, type Joint } from "./limb.ts";
import type { Tones } from "./shapes.ts";

/** How a four-legged animal is built; lengths are hundredths of its height. */
interface Build {
  /** Legs, body length, body depth. */
  readonly leg: number;
  readonly long: number;
  readonly deep: number;
  /** Neck length and its angle over the horizontal, degrees. */
  readonly neck: number;
  readonly lift: number;
  readonly head: number;
  readonly snout: number;
  readonly thick: number;
  readonly ear: "point" | "round" | "long" | "flop" | "big" | "small";
  readonly tail: "bush" | "thin" | "short" | "horse" | "curl" | "long" | "none";
  readonly extra?:
    | "mane"
    | "horn"
    | "antlers"
    | "horns"
    | "trunk"
    | "stripes"
    | "spots"
    | "wool"
    | "mask"
    | "panda"
    | "hump"
    | "tusk"
    | "patches"
    | "crest";
}

const BUILDS: Readonly<Record<string, Build>> = {
  fox: {
    leg: 34,
    long: 74,
    deep: 22,
    neck: 24,
    lift: 42,
    head: 13,
    snout: 17,
    thick: 4,
    ear: "point",
    tail: "bush",
    extra: "mask",
  },
  wolf: {
    leg: 42,
    long: 78,
    deep: 25,
    neck: 26,
    lift: 35,
    head: 14,
    snout: 18,
    thick: 5,
    ear: "point",
    tail: "bush",
    extra: "mask",
  },
  dog: {
    leg: 40,
    long: 72,
    deep: 24,
    neck: 24,
    lift: 50,
    head: 15,
    snout: 15,
    thick: 5,
    ear: "flop",
    tail: "curl",
  },
  cat: {
    leg: 36,
    long: 70,
    deep: 22,
    neck: 18,
    lift: 48,
    head: 15,
    snout: 5,
    thick: 4.5,
    ear: "point",
    tail: "long",
  },
  horse: {
    leg: 50,
    long: 74,
    deep: 26,
    neck: 40,
    lift: 52,
    head: 11,
    snout: 22,
    thick: 4,
    ear: "small",
    tail: "horse",
    extra: "mane",
  },
  unicorn: {
    leg: 50,
    long: 74,
    deep: 26,
    neck: 40,
    lift: 52,
    head: 11,
    snout: 22,
    thick: 4,
    ear: "small",
    tail: "horse",
    extra: "horn",
  },
  zebra: {
    leg: 48,
    long: 74,
    deep: 27,
    neck: 36,
    lift: 50,
    head: 11,
    snout: 21,
    thick: 4,
    ear: "small",
    tail: "thin",
    extra: "stripes",
  },
  cow: {
    leg: 40,
    long: 92,
    deep: 34,
    neck: 20,
    lift: 24,
    head: 15,
    snout: 17,
    thick: 6,
    ear: "round",
    tail: "thin",
    extra: "patches",
  },
  sheep: {
    leg: 34,
    long: 74,
    deep: 34,
    neck: 16,
    lift: 40,
    head: 12,
    snout: 13,
    thick: 4,
    ear: "flop",
    tail: "short",
    extra: "wool",
  },
  goat: {
    leg: 42,
    long: 68,
    deep: 26,
    neck: 22,
    lift: 50,
    head: 12,
    snout: 14,
    thick: 4,
    ear: "flop",
    tail: "short",
    extra: "horns",
  },
  pig: {
    leg: 26,
    long: 88,
    deep: 40,
    neck: 8,
    lift: 10,
    head: 20,
    snout: 13,
    thick: 6,
    ear: "flop",
    tail: "short",
  },
  deer: {
    leg: 50,
    long: 64,
    deep: 22,
    neck: 36,
    lift: 62,
    head: 10,
    snout: 15,
    thick: 3.2,
    ear: "long",
    tail: "short",
    extra: "antlers",
  },
  bear: {
    leg: 32,
    long: 92,
    deep: 44,
    neck: 20,
    lift: 18,
    head: 19,
    snout: 13,
    thick: 11,
    ear: "round",
    tail: "short",
  },
  panda: {
    leg: 32,
    long: 84,
    deep: 44,
    neck: 16,
    lift: 24,
    head: 22,
    snout: 9,
    thick: 11,
    ear: "round",
    tail: "short",
    extra: "panda",
  },
  elephant: {
    leg: 40,
    long: 88,
    deep: 50,
    neck: 14,
    lift: 22,
    head: 24,
    snout: 8,
    thick: 10,
    ear: "big",
    tail: "thin",
    extra: "trunk",
  },
  rhino: {
    leg: 28,
    long: 104,
    deep: 46,
    neck: 18,
    lift: -4,
    head: 18,
    snout: 22,
    thick: 10,
    ear: "small",
    tail: "thin",
    extra: "tusk",
  },
  giraffe: {
    leg: 38,
    long: 36,
    deep: 14,
    neck: 44,
    lift: 72,
    head: 5,
    snout: 9,
    thick: 2.2,
    ear: "small",
    tail: "thin",
    extra: "spots",
  },
  lion: {
    leg: 38,
    long: 86,
    deep: 28,
    neck: 20,
    lift: 32,
    head: 18,
    snout: 11,
    thick: 6,
    ear: "round",
    tail: "thin",
    extra: "crest",
  },
  leopard: {
    leg: 38,
    long: 88,
    deep: 24,
    neck: 18,
    lift: 26,
    head: 14,
    snout: 8,
    thick: 5,
    ear: "round",
    tail: "long",
    extra: "spots",
  },
  tiger: {
    leg: 36,
    long: 92,
    deep: 28,
    neck: 20,
    lift: 20,
    head: 17,
    snout: 9,
    thick: 7,
    ear: "round",
    tail: "long",
    extra: "stripes",
  },
  monkey: {
    leg: 38,
    long: 54,
    deep: 26,
    neck: 14,
    lift: 62,
    head: 18,
    snout: 7,
    thick: 6,
    ear: "round",
    tail: "long",
  },
  rabbit: {
    leg: 22,
    long: 56,
    deep: 34,
    neck: 14,
    lift: 50,
    head: 18,
    snout: 7,
    thick: 7,
    ear: "long",
    tail: "short",
  },
  squirrel: {
    leg: 22,
    long: 44,
    deep: 28,
    neck: 14,
    lift: 62,
    head: 17,
    snout: 8,
    thick: 6,
    ear: "point",
    tail: "bush",
  },
  mouse: {
    leg: 16,
    long: 70,
    deep: 40,
    neck: 12,
    lift: 14,
    head: 22,
    snout: 16,
    thick: 4,
    ear: "big",
    tail: "long",
  },
  camel: {
    leg: 46,
    long: 72,
    deep: 26,
    neck: 40,
    lift: 44,
    head: 10,
    snout: 16,
    thick: 4.5,
    ear: "small",
    tail: "thin",
    extra: "hump",
  },
  crocodile: {
    leg: 16,
    long: 190,
    deep: 34,
    neck: 24,
    lift: -4,
    head: 20,
    snout: 62,
    thick: 8,
    ear: "small",
    tail: "long",
  },
};

/** Which beasts can be drawn. */
export const BEAST_KINDS: readonly string[] = Object.keys(BUILDS);

/** How an animal is to be drawn. */
export interface BeastArt {
  readonly kind: string;
  readonly tones: Tones;
  /** Phase of the step, 0 to 1; `null` stands. */
  readonly step: number | null;
  readonly random: Random;
}

/** Draws a four-legged animal that looks to the right, 100 high, its feet on y = 100. */
export function drawBeast(pen: Pen, art: BeastArt): void {
  const build = BUILDS[art.kind] ?? BUILDS.dog;
  if (build === undefined) return;
  const body = art.tones.b ?? [0.5, 0.1, 50];
  const dark = art.tones.d ?? body;
  const frame = skeleton(build);
  drawTail(pen, { build, frame, art, body });
  drawLegs(pen, { build, frame, colour: dark, step: art.step, far: true });
  if (art.kind === "panda") drawBody(pen, { build, frame, body, dark: [0.2, 0.01, 280] });
  else drawBody(pen, { build, frame, body, dark });
  drawLegs(pen, { build, frame, colour: legColour(art, body), step: art.step, far: false });
  drawCoat(pen, { build, frame, art, body });
  drawHead(pen, { build, frame, art, body, dark });
}

function legColour(art: BeastArt, body: Lch): Lch {
  if (art.kind === "panda") return [0.2, 0.01, 280];
  if (art.kind === "fox") return mix(body, [0.2, 0.03, 40], 0.55);
  return art.kind === "sheep" ? [0.25, 0.02, 60] : body;
}

interface Frame {
  readonly hip: Joint;
  readonly shoulder: Joint;
  readonly neckTop: Joint;
  readonly head: Joint;
  readonly nose: Joint;
}

function skeleton(build: Build): Frame {
  const { leg, long, deep, neck, lift, head, snout } = build;
  const middle = 100 - leg - deep * 0.42;
  const shoulder: Joint = [long * 0.36, middle, deep * 0.5];
  const hip: Joint = [-long * 0.4, middle + deep * 0.02, deep * 0.46];
  const angle = (lift * Math.PI) / 180;
  const reach = neck + deep * 0.36;
  const top: Joint = [
    shoulder[0] + Math.cos(angle) * reach,
    shoulder[1] - Math.sin(angle) * reach,
    Math.max(head * 0.72, deep * 0.2),
  ];
  const skull: Joint = [top[0] + head * 0.34, top[1] - head * 0.1, head];
  const nose: Joint = [
    skull[0] + head * 0.55 + snout,
    skull[1] + head * 0.3 + snout * 0.24,
    head * 0.44,
  ];
  return { hip, shoulder, neckTop: top, head: skull, nose };
}

function drawBody(
  pen: Pen,
  {
    build,
    frame,
    body,
    dark,
  }: { readonly build: Build; readonly frame: Frame; readonly body: Lch; readonly dark: Lch },
): void {
  const { hip, shoulder, neckTop, head } = frame;
  const isPanda = dark[0] <= 0.2;
  drawLimb(pen, body, [
    hip,
    [(hip[0] + shoulder[0]) / 2, hip[1] + build.deep * 0.03, build.deep * 0.46],
    shoulder,
  ]);
  drawLimb(pen, isPanda ? dark : body, [
    [shoulder[0] + build.deep * 0.08, shoulder[1] - build.deep * 0.08, build.deep * 0.4],
    neckTop,
  ]);
  drawLimb(pen, body, [neckTop, [head[0], head[1], head[2] * 0.9]]);
}

interface Legs {
  readonly build: Build;
  readonly frame: Frame;
  readonly colour: Lch;
  readonly step: number | null;
  readonly far: boolean;
}

function drawLegs(pen: Pen, { build, frame, colour, step, far }: Legs): void {
  const { leg, deep, thick } = build;
  const { hip, shoulder } = frame;
  for (const [index, root] of [hip, shoulder].entries()) {
    const phase = (step ?? 0) + index * 0.25 + (far ? 0.5 : 0);
    const swing = step === null ? (far ? 0.1 : -0.06) : Math.sin(phase * Math.PI * 2) * 0.42;
    const lifted = step === null ? 0 : Math.max(0, Math.cos(phase * Math.PI * 2)) * leg * 0.16;
    const start = root[1] + deep * 0.18;
    const x = root[0] + (index === 0 ? 1 : -1) * deep * 0.06 + (far ? deep * 0.1 : 0);
    const knee: Joint = [
      x + swing * leg * 0.5 + (index === 0 ? -leg * 0.05 : leg * 0.04),
      start + (98 - start) * 0.54,
      thick * 0.95,
    ];
    const foot: Joint = [x + swing * leg, 98 - thick * 0.7 - lifted, thick * 0.7];
    drawLimb(pen, colour, [
      [x, start, Math.max(thick * 1.5, deep * 0.26)],
      knee,
      foot,
      [foot[0] + thick * 0.7, foot[1] + thick * 0.1, thick * 0.62],
    ]);
  }
}

interface Part {
  readonly build: Build;
  readonly frame: Frame;
  readonly art: BeastArt;
  readonly body: Lch;
}

function drawTail(pen: Pen, { build, frame, art, body }: Part): void {
  const [x, y, r] = [
    frame.hip[0] - frame.hip[2] * 0.85,
    frame.hip[1] - frame.hip[2] * 0.4,
    build.deep,
  ];
  const tip: Lch = build.extra === "mask" ? [0.95, 0.02, 80] : body;
  if (build.tail === "bush" && art.kind === "squirrel") {
    drawLimb(pen, body, [
      [x, y + 12, 6],
      [x - 16, y, 12],
      [x - 20, y - 24, 14],
      [x - 8, y - 44, 11],
    ]);
  } else if (build.tail === "bush") {
    drawLimb(pen, body, [
      [x, y, 3],
      [x - 16, y + 10, 7.5],
      [x - 32, y + 18, 8],
    ]);
    drawLimb(pen, tip, [
      [x - 33, y + 18.5, 7.4],
      [x - 45, y + 22, 2],
    ]);
  } else if (build.tail === "horse") {
    drawLimb(pen, shift(body, [-0.14, 1, 0]), [
      [x + 1, y, 3],
      [x - 9, y + 12, 5],
      [x - 11, y + 34, 5.5],
      [x - 7, y + 50, 1.5],
    ]);
  } else if (build.tail === "curl") {
    drawLimb(pen, body, [
      [x + 2, y, 3.2],
      [x - 10, y - 10, 3.4],
      [x - 12, y - 24, 3.2],
      [x - 3, y - 30, 2],
    ]);
  } else if (build.tail === "long") {
    const thick = art.kind === "crocodile" ? 15 : 2.6;
    drawLimb(pen, body, [
      [x + 3, y + r * 0.2, thick],
      [x - 16, y + r * 0.1, thick * 0.9],
      [x - 32, y - 8, thick * 0.6],
      [x - 42, y - 22, thick * 0.3],
    ]);
  } else if (build.tail === "thin") {
    drawLimb(pen, body, [
      [x + 2, y, 1.8],
      [x - 6, y + 14, 1.4],
      [x - 5, y + 32, 1.2],
    ]);
    drawOval(pen, shift(body, [-0.18, 1, 0]), [x - 5, y + 36, 2.6, 5]);
  } else if (build.tail === "short") {
    drawOval(pen, mix(body, [0.96, 0.01, 90], 0.5), [x, y + 2, 5, 5.5]);
  }
}

function drawHead(
  pen: Pen,
  { build, frame, art, body, dark }: Part & { readonly dark: Lch },
): void {
  const { head, nose } = frame;
  const [x, y, r] = head;
  drawEars(pen, { build, frame, art, body });
  const face: Lch = art.kind === "sheep" ? [0.25, 0.02, 60] : body;
  drawLimb(pen, face, [head, [nose[0], nose[1], nose[2]]]);
  if (build.extra === "mask")
    drawLimb(
      pen,
      [0.94, 0.02, 80],
      [
        [x + r * 0.3, y + r * 0.62, r * 0.34],
        [nose[0], nose[1] + nose[2] * 0.45, nose[2] * 0.5],
      ],
    );
  if (art.kind === "panda")
    drawOval(pen, [0.2, 0.01, 280], [x + r * 0.4, y - r * 0.05, r * 0.32, r * 0.26, 0.5]);
  drawOval(
    pen,
    [0.16, 0.02, 30],
    [nose[0] + nose[2] * 0.6, nose[1] - nose[2] * 0.2, nose[2] * 0.5, nose[2] * 0.42],
  );
  drawOval(
    pen,
    [0.14, 0.02, 60],
    [x + r * 0.46, y - r * 0.16, Math.max(1, r * 0.14), Math.max(1.1, r * 0.16)],
  );
  drawOval(pen, [0.97, 0, 0], [x + r * 0.5, y - r * 0.22, r * 0.05, r * 0.05]);
  if (build.extra === "trunk") {
    drawLimb(pen, body, [
      [nose[0] - 4, nose[1], r * 0.42],
      [nose[0] + 6, nose[1] + 18, r * 0.3],
      [nose[0] + 2, nose[1] + 40, r * 0.22],
      [nose[0] + 9, nose[1] + 52, r * 0.16],
    ]);
    drawLimb(
      pen,
      [0.95, 0.03, 90],
      [
        [nose[0] - 4, nose[1] + 7, 2.6],
        [nose[0] + 12, nose[1] + 14, 1],
      ],
    );
  }
  if (build.extra === "tusk")
    drawShape(
      pen,
      [0.85, 0.03, 80],
      [
        [nose[0] - 2, nose[1] - 6],
        [nose[0] + 7, nose[1] - 24],
        [nose[0] + 8, nose[1] - 2],
      ],
    );
  if (build.extra === "horn")
    drawShape(
      pen,
      [0.88, 0.13, 88],
      [
        [x + r * 0.3, y - r * 0.8],
        [x + r * 1.5, y - r * 2.6],
        [x + r * 0.85, y - r * 0.5],
      ],
    );
  if (build.extra === "horns")
    drawLimb(pen, dark, [
      [x, y - r * 0.7, 2.6],
      [x - r * 0.7, y - r * 1.7, 2],
      [x - r * 1.6, y - r * 1.5, 1],
    ]);
  if (build.extra === "antlers") drawAntlers(pen, [x, y, r]);
}

function drawAntlers(pen: Pen, [x, y, r]: Joint): void {
  pen.strokeStyle = css([0.62, 0.06, 70]);
  pen.lineCap = "round";
  for (const side of [-1, 1]) {
    for (const [fromX, fromY, toX, toY, wide] of [
      [0, -0.8, -0.5, -2.2, 2.4],
      [-0.5, -2.2, 0.2, -3.4, 1.8],
      [-0.3, -1.6, 0.7, -2.4, 1.6],
      [-0.5, -2.2, -1.3, -3, 1.5],
    ] as const) {
      pen.lineWidth = wide;
      pen.beginPath();
      pen.moveTo(x + r * (fromX * side * 1.1 - 0.1), y + fromY * r);
      pen.lineTo(x + r * (toX * side * 1.1 - 0.1), y + toY * r);
      pen.stroke();
    }
  }
}

function drawEars(pen: Pen, { build, frame, body }: Part): void {
  const [x, y, r] = frame.head;
  const inner = mix(body, [0.8, 0.08, 20], 0.5);
  const dark = shift(body, [-0.1, 1, 0]);
  if (build.ear === "point") {
    drawShape(pen, dark, [
      [x - r * 0.7, y - r * 0.4],
      [x - r * 0.45, y - r * 1.75],
      [x + r * 0.1, y - r * 0.7],
    ]);
    drawShape(pen, body, [
      [x - r * 0.25, y - r * 0.6],
      [x + r * 0.2, y - r * 1.8],
      [x + r * 0.6, y - r * 0.6],
    ]);
    drawShape(pen, inner, [
      [x - r * 0.02, y - r * 0.7],
      [x + r * 0.2, y - r * 1.45],
      [x + r * 0.42, y - r * 0.7],
    ]);
  } else if (build.ear === "round") {
    const tone: Lch = build.extra === "panda" ? [0.2, 0.01, 280] : dark;
    drawOval(pen, tone, [x - r * 0.55, y - r * 0.75, r * 0.36, r * 0.38]);
    drawOval(pen, build.extra === "panda" ? tone : body, [
      x + r * 0.2,
      y - r * 0.88,
      r * 0.34,
      r * 0.36,
    ]);
  } else if (build.ear === "long") {
    drawOval(pen, dark, [x - r * 0.5, y - r * 1.5, r * 0.24, r * 0.95, -0.35]);
    drawOval(pen, body, [x - r * 0.05, y - r * 1.55, r * 0.26, r, -0.05]);
    drawOval(pen, inner, [x - r * 0.03, y - r * 1.5, r * 0.12, r * 0.7, -0.05]);
  } else if (build.ear === "big") {
    drawOval(pen, dark, [x - r * 0.55, y + r * 0.05, r * 0.85, r * 1.05, 0.2]);
    drawOval(pen, inner, [x - r * 0.55, y + r * 0.05, r * 0.6, r * 0.78, 0.2]);
  } else if (build.ear === "flop") {
    drawOval(pen, dark, [x - r * 0.55, y + r * 0.1, r * 0.34, r * 0.75, 0.25]);
  } else {
    drawOval(pen, dark, [x - r * 0.35, y - r * 0.95, r * 0.2, r * 0.42, -0.3]);
  }
}

function drawCoat(pen: Pen, { build, frame, art, body }: Part): void {
  const { hip, shoulder, neckTop, head } = frame;
  const { random } = art;
  const dark = shift(body, [-0.16, 1, -4]);
  if (build.extra === "wool") {
    for (let index = 0; index < 46; index += 1) {
      const a = (index / 46) * Math.PI * 2;
      const reach = index % 2 === 0 ? 1 : 0.6;
      const x = (hip[0] + shoulder[0]) / 2 + Math.cos(a) * (build.long * 0.52) * reach;
      drawOval(pen, shift(body, [-0.05 * random(), 1, 0]), [
        x,
        shoulder[1] + Math.sin(a) * build.deep * 0.5 * reach,
        8,
        7.5,
      ]);
    }
  }
  if (build.extra === "mane" || build.extra === "horn") {
    const mane = build.extra === "horn" ? ([0.76, 0.13, 340] as const) : dark;
    drawLimb(pen, mane, [
      [head[0] - head[2] * 0.2, head[1] - head[2] * 1.1, 3.5],
      [neckTop[0] - 6, neckTop[1] - 2, 5],
      [(neckTop[0] + shoulder[0]) / 2 - 9, (neckTop[1] + shoulder[1]) / 2 - 4, 6],
      [shoulder[0] - 8, shoulder[1] - build.deep * 0.4, 3],
    ]);
  }
  if (build.extra === "crest") {
    for (let index = 0; index < 20; index += 1) {
      const a = (index / 20) * Math.PI * 2;
      drawOval(pen, shift(dark, [-0.06 * (index % 3), 1, 0]), [
        head[0] - 6 + Math.cos(a) * head[2] * 0.95,
        head[1] + 3 + Math.sin(a) * head[2] * 1.15,
        head[2] * 0.52,
        head[2] * 0.52,
      ]);
    }
    drawOval(pen, dark, [head[0] - 6, head[1] + 3, head[2] * 1.05, head[2] * 1.2]);
  }
  if (build.extra === "hump") {
    drawOval(pen, body, [hip[0] + build.long * 0.22, hip[1] - build.deep * 0.52, 11, 15]);
    drawOval(pen, body, [shoulder[0] - build.long * 0.16, shoulder[1] - build.deep * 0.5, 10, 14]);
  }
  if (build.extra === "stripes" || build.extra === "spots" || build.extra === "patches")
    drawPattern(pen, { build, frame, art, body });
}

function drawPattern(pen: Pen, { build, frame, art }: Part): void {
  const { hip, shoulder, neckTop } = frame;
  const { random } = art;
  pen.save();
  pen.globalCompositeOperation = "source-atop";
  const tone: Lch = build.extra === "spots" ? [0.5, 0.1, 50] : [0.18, 0.02, 60];
  pen.strokeStyle = css(tone);
  pen.lineCap = "round";
  if (build.extra === "stripes") {
    for (let index = 0; index < 17; index += 1) {
      const share = index / 16;
      const x = hip[0] - hip[2] + (neckTop[0] - hip[0] + hip[2]) * share;
      const y = share > 0.72 ? neckTop[1] + (shoulder[1] - neckTop[1]) * (1 - share) * 3.5 : hip[1];
      pen.lineWidth = art.kind === "zebra" ? 3.1 : 2.2;
      pen.beginPath();
      pen.moveTo(x, y - build.deep * 0.56);
      pen.quadraticCurveTo(
        x + 5,
        y - build.deep * 0.1,
        x - 2,
        y + build.deep * (0.2 + 0.3 * random()),
      );
      pen.stroke();
    }
  } else {
    const count = build.extra === "spots" ? 40 : 7;
    for (let index = 0; index < count; index += 1) {
      const onNeck = build.extra === "spots" && index % 2 === 0;
      const share = random();
      const x = onNeck
        ? shoulder[0] + (neckTop[0] - shoulder[0]) * share
        : hip[0] - hip[2] + (shoulder[0] - hip[0] + hip[2] * 2) * share;
      const y = onNeck
        ? shoulder[1] + (neckTop[1] - shoulder[1]) * share + (random() - 0.5) * 9
        : hip[1] + (random() - 0.5) * build.deep;
      const size = build.extra === "spots" ? 1.9 + random() * 1.4 : 6 + random() * 9;
      drawOval(pen, tone, [x, y, size, size * (0.6 + random() * 0.4), random() * 3]);
    }
  }
  pen.restore();
}
