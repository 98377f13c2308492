import type { ExampleResult } from "./run-examples.ts";

/** One line of the table: model, seconds, type, size, and what is wrong. */
export function tableLine(result: ExampleResult): string {
  const [first] = result.files;
  const { name } = result.example;
  const count = result.files.length > 1 ? ` × ${result.files.length}` : "";
  const type = first === undefined ? "text" : `${first.mediaType}${count}`;
  const sizeBytes = result.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const cells = [
    name.padEnd(34),
    result.seconds.toFixed(1).padStart(7),
    type.padEnd(20),
    sizeText(sizeBytes).padStart(9),
    shapeOf(result),
  ];
  return [cells.join("  ").trimEnd(), ...result.faults.map((fault) => `    ✖ ${fault}`)].join("\n");
}

/** The head of the table. */
export const TABLE_HEAD: string = [
  "model".padEnd(34),
  "seconds".padStart(7),
  "file type".padEnd(20),
  "size".padStart(9),
  "shape",
].join("  ");

function shapeOf({ files: [first] }: ExampleResult): string {
  if (first === undefined) return "";
  const size =
    first.width === null || Number.isNaN(first.width) ? [] : [`${first.width}x${first.height}`];
  const seconds = first.durationS === null ? [] : [`${first.durationS.toFixed(1)} s`];
  return [...size, ...seconds].join(" ");
}

function sizeText(sizeBytes: number): string {
  return sizeBytes < 1e6
    ? `${(sizeBytes / 1e3).toFixed(1)} kB`
    : `${(sizeBytes / 1e6).toFixed(1)} MB`;
}
