import { CREATURES } from "./creatures.ts";
import type { Drawing } from "./shapes.ts";

const whale = CREATURES.whale ?? "";
const robot = CREATURES.robot ?? "";

/** How a drawing changes with what is done: `name_motion` beside `name`. */
export const VARIANTS: Readonly<Record<string, Drawing>> = {
  // The arms come round to the front.
  robot_read: robot
    .split("\n")
    .map((line) => {
      if (line.startsWith("M~7 ")) return "M~7 M-31 48 L-40 62 L-20 68 M31 48 L40 62 L20 68";
      if (line.startsWith("m e -34")) return "m e -18 67 6 5";
      return line.startsWith("m e 34") ? "m e 18 67 6 5" : line;
    })
    .join("\n"),
  // It breathes out above the water only.
  whale_spout: `${whale}
g~4 M56 24 Q52 4 38 2 M56 24 Q60 4 74 2`,
  // Seen from behind its cover.
  book_held: `@90
w M-40 12 L0 22 L40 10 L40 86 L0 96 L-40 88 Z
b M-44 14 L-2 26 L-2 100 L-44 90 Z
d M44 10 L2 26 L2 100 L44 88 Z
l~3 M-34 36 L-12 42 M-34 48 L-12 54`,
};

/** Cars that come towards the viewer, by their kind. */
export const ONCOMING: Readonly<Record<string, Drawing>> = {
  sport_front: `@164
k r -70 72 22 26 5
k r 48 72 22 26 5
b M-76 86 L-78 60 Q-76 48 -58 46 L-40 43 Q-30 18 -21 15 L21 15 Q30 18 40 43 L58 46 Q76 48 78 60 L76 86 Q0 93 -76 86 Z
G M-34 43 Q-26 21 -19 20 L19 20 Q26 21 34 43 Q0 48 -34 43 Z
g M-25 41 L-15 22 L-5 22 L-14 42 Z
l M-54 47 Q0 54 54 47 L46 58 Q0 64 -46 58 Z
d~1.200 M-22 49 L-30 64 M22 49 L30 64
k M-32 68 Q0 71 32 68 L25 81 L-25 81 Z
M~1 M-28 72 L28 72 M-26 76 L26 76
k M-74 74 L-52 76 L-56 84 L-74 82 Z
k M74 74 L52 76 L56 84 L74 82 Z
y M-72 56 L-44 61 L-49 68 L-72 65 Z
y M72 56 L44 61 L49 68 L72 65 Z
w r -13 82 26 6 1
b e -50 38 7 4 -12
b e 50 38 7 4 12`,
  sedan_front: `@124
k r -52 76 18 23 4
k r 34 76 18 23 4
b M-56 88 L-58 60 Q-56 48 -44 46 L-34 18 Q-30 8 -20 7 L20 7 Q30 8 34 18 L44 46 Q56 48 58 60 L56 88 Q0 94 -56 88 Z
G M-38 44 L-30 20 Q-27 14 -20 13 L20 13 Q27 14 30 20 L38 44 Q0 48 -38 44 Z
g M-28 42 L-20 16 L-9 15 L-16 43 Z
l M-42 48 Q0 53 42 48 L38 56 Q0 60 -38 56 Z
k r -24 62 48 14 3
M~1.200 M-22 66 L22 66 M-22 70 L22 70
y e -42 66 9 8
y e 42 66 9 8
w r -12 79 24 7 1
M r -58 84 116 4 2
b e -48 36 6 4
b e 48 36 6 4`,
  bus_front: `@84
k r -34 84 14 15 3
k r 20 84 14 15 3
b r -40 2 80 88 8
c r -32 6 64 9 3
G r -35 18 70 34 5
g M-26 50 L-14 20 L-4 20 L-14 50 Z
k~2 M0 18 L0 52
d r -40 60 80 4
y e -30 74 6 6
y e 30 74 6 6
k r -18 70 36 10 3
w r -10 83 20 6 1
k~3 M-40 26 L-47 28 L-47 38 M40 26 L47 28 L47 38`,
};

/** A railway bridge of stone: five arches on tall piers, a parapet over them. */
export const VIADUCT: Drawing = viaduct();

function viaduct(): Drawing {
  const lines = ["@360"];
  const [span, pier, spring, crown] = [60, 14, 52, 18];
  const half = span / 2 - pier / 2;
  let body = "M-184 4 L184 4 L184 100";
  for (let arch = 2; arch >= -3; arch -= 1) {
    const x = arch * span + span / 2;
    body += ` L${x + half} 100 L${x + half} ${spring} Q${x + half} ${crown} ${x} ${crown}`;
    body += ` Q${x - half} ${crown} ${x - half} ${spring} L${x - half} 100`;
  }
  lines.push(`b ${body} L-184 100 Z`);
  for (let arch = -3; arch < 3; arch += 1) {
    const x = arch * span + span / 2;
    lines.push(
      `d M${x - half} 100 L${x - half} ${spring} Q${x - half} ${crown} ${x} ${crown} L${x} ${crown + 3} ` +
        `Q${x - half + 7} ${crown + 3} ${x - half + 7} ${spring} L${x - half + 7} 100 Z`,
      `l~2.400 M${x - half - 1.4} ${spring} Q${x - half - 1.4} ${crown - 1.6} ${x} ${crown - 1.6} ` +
        `Q${x + half + 1.4} ${crown - 1.6} ${x + half + 1.4} ${spring}`,
      `l r ${x + half - 1} ${spring - 1} ${pier + 2} 2.600`,
    );
  }
  for (let row = 0; row < 5; row += 1)
    for (let stone = 0; stone < 7; stone += 1) {
      const x = (stone - 3) * span - 5 + ((row * 5 + stone * 3) % 6);
      lines.push(`${(row + stone) % 2 === 0 ? "d" : "l"}~.900 M${x} ${58 + row * 8.5} l4.500 0`);
    }
  lines.push("l r -184 0 368 5", "d r -184 5 368 1.800", "d~.700 M-184 11 L184 11");
  return lines.join("\n");
}

/** The drawing of a violin with its bow. */
export const VIOLIN: Drawing = `@70
b M0 43 C9 43 15 48 15 55 C15 61 9.500 62 9.500 68 C9.500 74 19 74 19 85 C19 95 10 99.500 0 99.500 C-10 99.500 -19 95 -19 85 C-19 74 -9.500 74 -9.500 68 C-9.500 62 -15 61 -15 55 C-15 48 -9 43 0 43 Z
D~1 M0 45.500 C8 45.500 13 49.500 13 55 C13 60 7.500 62 7.500 68 C7.500 75 16.500 76 16.500 85 C16.500 93 9 97 0 97 C-9 97 -16.500 93 -16.500 85 C-16.500 76 -7.500 75 -7.500 68 C-7.500 62 -13 60 -13 55 C-13 49.500 -8 45.500 0 45.500 Z
l~2 M-13 82 Q-13 92 -4 95 M-10.500 52 Q-8 48 -3 47.500
k~1.300 M-6 66 C-3.500 63.500 -8.500 62.500 -9 66.500 C-9.500 72 -6 74 -7.500 78.500 C-8.500 81.500 -12 80 -10.500 77.500
k~1.300 M6 66 C3.500 63.500 8.500 62.500 9 66.500 C9.500 72 6 74 7.500 78.500 C8.500 81.500 12 80 10.500 77.500
n M-2.200 8 L2.200 8 L3 48 L-3 48 Z
k M-2.200 15 L2.200 15 L3.600 62 L-3.600 62 Z
n~2.600 M0 10 C-5 8 -5 1 0 1 C4 1 4 6 0.500 6
N~1.800 M-6 11 L6 9.500 M-6 15.500 L6 14
c M-6 71 Q0 69.500 6 71 L6 73.500 L-6 73.500 Z
k M-3 80 L3 80 L1.600 95 L-1.600 95 Z
k e -9 93 5 3
w~.450 M-1.800 16 L-2.400 80 M-.600 16 L-.800 80 M.600 16 L.800 80 M1.800 16 L2.400 80
N~1.300 M27 99 Q33 54 29 6
c~.900 M30 97 L31 8
k M26 96 L31 96 L30.500 89 L27 89 Z`;
