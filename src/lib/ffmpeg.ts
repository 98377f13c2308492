import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where the system has ffmpeg, or `null`. */
export function findFfmpeg(path: string = process.env.PATH ?? ""): string | null {
  const places = path.split(delimiter).filter((folder) => folder.startsWith("/"));
  return places.map((folder) => join(folder, "ffmpeg")).find(isProgram) ?? null;
}

/** How far one run may go. */
export interface FfmpegBounds {
  readonly timeoutMs: number;
  /** Most bytes of its output; more end the run. */
  readonly bytesMax: number;
}

/**
 * Runs ffmpeg on a local file and gives what it wrote to its output, or `null` when it failed or
 * went beyond its bounds. It may open files and pipes only: a playlist cannot lead it elsewhere.
 */
export function runFfmpeg(
  program: string,
  { input, output }: { readonly input: string; readonly output: readonly string[] },
  { timeoutMs, bytesMax }: FfmpegBounds,
): Promise<Buffer | null> {
  const only = ["-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe"];
  const run = spawn(program, [...only, "-i", `file:${input}`, ...output, "pipe:1"], {
    stdio: ["ignore", "pipe", "ignore"],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    env: {},
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  run.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesMax) run.kill("SIGKILL");
    else chunks.push(chunk);
  });
  const { promise, resolve } = Promise.withResolvers<Buffer | null>();
  run.on("error", () => resolve(null));
  run.on("close", (code) => resolve(code === 0 && bytes > 0 ? Buffer.concat(chunks) : null));
  return promise;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
