import { readdir, readFile } from "node:fs/promises";
import { type Child, startChild } from "../child.ts";

/** A gateway in a process of its own, with what benches ask of it. */
export interface RunningGateway {
  readonly port: number;
  readonly key: string;
  submit(body: string): Promise<Response>;
  /** Memory of the process just now. */
  residentMib(): Promise<number>;
  /** Processor time of the process and its threads since its start. */
  cpuMs(): Promise<number>;
  stop: Child["stop"];
}

const KEY = "bench-key-that-is-long-enough-to-be-taken";

/** Starts one on an empty or a prepared folder. */
export async function runningGateway(
  dataDir: string,
  environment: Readonly<Record<string, string>>,
): Promise<RunningGateway> {
  const child = await startChild({
    words: ["src/main.ts", "serve"],
    environment: {
      NODE_COMPILE_CACHE: "node_modules/.cache/vidgo",
      PORT: "0",
      VIDGO_DATA_DIR: dataDir,
      VIDGO_BOOTSTRAP_KEY: KEY,
      VIDGO_CREDITS: "off",
      VIDGO_LOG: "error",
      ...environment,
    },
    ready: /ready at/,
    timeoutMs: 60_000,
  });
  const port = Number(/:(\d+)/.exec(child.line.replace(/^.*\/\//, ""))?.[1]);
  const { pid } = child.process;
  return {
    port,
    key: KEY,
    submit: (body) =>
      fetch(`http://127.0.0.1:${port}/api/generate/submit`, {
        method: "POST",
        headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
        body,
      }),
    async residentMib() {
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
    },
    async cpuMs() {
      const threads = await readdir(`/proc/${pid}/task`);
      const texts = threads.map((id) => readFile(`/proc/${pid}/task/${id}/schedstat`, "utf8"));
      const spentNs = (await Promise.all(texts)).map((text) => Number(text.split(" ")[0]));
      return spentNs.reduce((sum, each) => sum + each, 0) / 1e6;
    },
    stop: child.stop,
  };
}
