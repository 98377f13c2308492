import type { Joint, Point } from "./limb.ts";

/** What somebody does. */
export type PoseName =
  | "stand"
  | "walk"
  | "run"
  | "sit"
  | "ride"
  | "row"
  | "read"
  | "sitread"
  | "hold"
  | "fight"
  | "cast"
  | "fish"
  | "play"
  | "dance"
  | "ballet"
  | "jump"
  | "wave"
  | "eat"
  | "broom"
  | "fly";

/** Where the joints of somebody are; `near` is the side towards the viewer. */
export interface Pose {
  readonly hip: Point;
  readonly neck: Point;
  readonly head: Point;
  /** How far the head bows, in radians. */
  readonly bow: number;
  /** 0 faces the viewer, 1 is a profile. */
  readonly turn: number;
  readonly near: Side;
  readonly far: Side;
}

/** One side of the body: foot and hand with the joints between. */
export interface Side {
  readonly hip: Point;
  readonly knee: Point;
  readonly foot: Point;
  readonly shoulder: Point;
  readonly elbow: Point;
  readonly hand: Point;
}

/** The ends that decide a pose; knees and elbows follow from them. */
interface Ends {
  readonly hip: Point;
  readonly neck: Point;
  readonly head?: Point;
  readonly bow?: number;
  readonly turn: number;
  readonly feet: readonly [near: Point, far: Point];
  readonly hands: readonly [near: Point, far: Point];
}

const THIGH = 23;
const ARM = 14.7;

/** The pose of an action at a phase of its step. */
export function poseFor(name: PoseName, phase: number): Pose {
  const { hip, neck, turn, feet, hands, head, bow = 0 } = (POSES[name] ?? STAND)(phase);
  const wide = 1 - turn * 0.52;
  const side = (index: 0 | 1): Side => {
    const way = index === 0 ? 1 : -1;
    const root: Point = [hip[0] + way * 3.2 * wide, hip[1]];
    const shoulder: Point = [neck[0] + way * 7.2 * wide, neck[1] + 5.6];
    const [foot, hand] = [feet[index], hands[index]];
    return {
      hip: root,
      knee: joint(root, foot, [THIGH, -1]),
      foot,
      shoulder,
      elbow: elbowOf(shoulder, hand, turn > 0.35 || index === 1 ? 1 : -1),
      hand,
    };
  };
  return {
    hip,
    neck,
    head: head ?? [neck[0] + 0.8 + turn * 1.6, neck[1] - 9],
    bow,
    turn,
    near: side(0),
    far: side(1),
  };
}

/** Elbows hang: of both ways to bend, the lower one, where they differ much. */
function elbowOf(shoulder: Point, hand: Point, way: 1 | -1): Point {
  const one = joint(shoulder, hand, [ARM, way]);
  const other = joint(shoulder, hand, [ARM, way === 1 ? -1 : 1]);
  return other[1] > one[1] + 3 ? other : one;
}

/** Where two equal bones between two ends meet. */
function joint(from: Point, to: Point, [long, way]: readonly [number, 1 | -1]): Point {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const reach = Math.max(0.01, Math.hypot(dx, dy));
  const bulge = Math.sqrt(Math.max(0, long * long - (reach * reach) / 4)) * way;
  return [from[0] + dx / 2 - (dy / reach) * bulge, from[1] + dy / 2 + (dx / reach) * bulge];
}

const STAND = (): Ends => ({
  hip: [0, 51.5],
  neck: [0.4, 20.5],
  turn: 0.3,
  feet: [
    [5, 97],
    [-3.6, 96.4],
  ],
  hands: [
    [11.8, 54],
    [-10.6, 54],
  ],
});

/** One leg of a stride: where the foot is and how high it is lifted. */
function stride(phase: number, [reach, high, stance]: readonly [number, number, number]): Point {
  const at = ((phase % 1) + 1) % 1;
  if (at < stance) return [reach - (2 * reach * at) / stance, 97];
  const swing = (at - stance) / (1 - stance);
  return [-reach * Math.cos(Math.PI * swing), 97 - high * Math.sin(Math.PI * swing) ** 0.8];
}

const seated = (hands: Ends["hands"], feet: Ends["feet"]): Ends => ({
  hip: [-4, 66],
  neck: [-3.2, 35.5],
  turn: 0.62,
  feet,
  hands,
});

const POSES: Readonly<Record<PoseName, (phase: number) => Ends>> = {
  stand: STAND,
  walk: (phase) => {
    const swing = Math.sin((phase + 0.2) * Math.PI * 2);
    return {
      hip: [0, 51.8],
      neck: [1, 20.6],
      turn: 0.7,
      feet: [stride(phase + 0.05, [11.5, 7, 0.56]), stride(phase + 0.55, [11.5, 7, 0.56])],
      hands: [
        [1 - swing * 11, 51 - Math.abs(swing) * 4],
        [1 + swing * 11, 51 - Math.abs(swing) * 4],
      ],
    };
  },
  run: (phase) => {
    const swing = Math.cos(phase * Math.PI * 2);
    const bounce = Math.abs(swing) * 3;
    const up = (point: Point): Point => [point[0], point[1] - bounce * 0.7];
    return {
      hip: [-2, 52 - bounce],
      neck: [5, 22 - bounce],
      turn: 0.85,
      feet: [up(stride(phase + 0.94, [22, 24, 0.36])), up(stride(phase + 0.44, [22, 24, 0.36]))],
      hands: [
        [3 - swing * 15, 41 - bounce + swing * 3],
        [5 + swing * 15, 39 - bounce - swing * 3],
      ],
    };
  },
  sit: () =>
    seated(
      [
        [13, 60],
        [11, 61],
      ],
      [
        [15.5, 97],
        [12, 96.5],
      ],
    ),
  sitread: () => ({
    ...seated(
      [
        [11, 51],
        [8.5, 51.5],
      ],
      [
        [15.5, 97],
        [12, 96.5],
      ],
    ),
    bow: 0.26,
  }),
  ride: (phase) => ({
    hip: [-2, 58],
    neck: [1 + Math.sin(phase * Math.PI * 2), 27],
    turn: 0.8,
    feet: [
      [5, 97],
      [9, 95],
    ],
    hands: [
      [17, 50],
      [18, 48],
    ],
  }),
  row: (phase) => {
    const pull = Math.cos(phase * Math.PI * 2) * 4;
    return {
      hip: [-6, 82],
      neck: [-3 + pull, 52],
      turn: 0.6,
      feet: [
        [24, 95],
        [27, 94],
      ],
      hands: [
        [17 + pull * 1.6, 68],
        [14 + pull * 1.6, 65],
      ],
    };
  },
  read: () => ({
    ...STAND(),
    turn: 0.6,
    bow: 0.24,
    hands: [
      [14.5, 38],
      [11.5, 38.5],
    ],
  }),
  hold: () => ({
    ...STAND(),
    hands: [
      [12, 34],
      [-10.6, 54],
    ],
  }),
  eat: () => ({
    ...STAND(),
    turn: 0.5,
    hands: [
      [12, 22],
      [-10.6, 54],
    ],
  }),
  broom: () => ({
    hip: [-4, 62],
    neck: [3, 33],
    turn: 0.85,
    feet: [
      [-14, 92],
      [-19, 90],
    ],
    hands: [
      [21, 57],
      [23, 56],
    ],
  }),
  fight: (phase) => {
    const cut = Math.sin(phase * Math.PI * 2) * 3;
    return {
      hip: [-7, 57],
      neck: [-3 + cut * 0.6, 27],
      turn: 0.75,
      feet: [
        [12, 97],
        [-27, 96.5],
      ],
      hands: [
        [16 + cut, 23 + cut],
        [13, 42],
      ],
    };
  },
  cast: () => ({
    ...STAND(),
    turn: 0.4,
    hands: [
      [17, 27],
      [-15, 38],
    ],
  }),
  fish: () => ({
    ...STAND(),
    turn: 0.6,
    hands: [
      [14, 43],
      [11, 46],
    ],
  }),
  play: (phase) => ({
    ...STAND(),
    turn: 0.25,
    bow: 0.12,
    hands: [
      [5 + Math.sin(phase * Math.PI * 4) * 2, 47],
      [-17, 33],
    ],
  }),
  dance: (phase) => {
    const sway = Math.sin(phase * Math.PI * 2);
    return {
      hip: [sway * 2, 52],
      neck: [sway * -2.6, 21],
      turn: 0.2,
      feet: [
        [10 + sway * 2, 94 - Math.max(0, sway) * 9],
        [-7, 97 - Math.max(0, -sway) * 9],
      ],
      hands: [
        [17, 2 - sway * 5],
        [-18, 6 + sway * 7],
      ],
    };
  },
  ballet: (phase) => {
    const sway = Math.sin(phase * Math.PI * 2) * 4;
    return {
      hip: [0, 52],
      neck: [4, 22.5],
      turn: 0.7,
      bow: -0.12,
      feet: [
        [-39, 40 + sway],
        [0.5, 97],
      ],
      hands: [
        [28, 12 + sway * 0.6],
        [-14, 8 - sway * 0.6],
      ],
    };
  },
  jump: () => ({
    hip: [0, 47],
    neck: [1, 17.5],
    turn: 0.4,
    feet: [
      [13, 80],
      [-17, 84],
    ],
    hands: [
      [17, -5],
      [-16, -4],
    ],
  }),
  wave: (phase) => ({
    ...STAND(),
    hands: [
      [17 + Math.sin(phase * Math.PI * 4) * 3, 4],
      [-10.6, 54],
    ],
  }),
  fly: () => ({
    hip: [0, 52],
    neck: [1, 21],
    turn: 0.8,
    feet: [
      [2, 97],
      [-4, 92],
    ],
    hands: [
      [6, -9],
      [-8, 46],
    ],
  }),
};

/** Shoulder, elbow and hand of an arm with their thicknesses. */
export function armJoints({ shoulder, elbow, hand }: Side): readonly Joint[] {
  return [
    [shoulder[0], shoulder[1], 3.2],
    [elbow[0], elbow[1], 2.6],
    [hand[0], hand[1], 1.9],
  ];
}
