// The upstream simulator as a process of its own: prints one line of JSON with its address.
//
//   node bench/upstream/main.ts --ledger /tmp/ledger.jsonl [--port 0] [--seed s] [--mix hang=0.01]
//     [--work 200-900] [--latency 5] [--late 700] [--idempotency off] [--list off]
//     [--reference off] [--files-apart]
import { parseArgs } from "node:util";
import { readMix } from "./fate.ts";
import { startSimulator } from "./simulator.ts";
import type { SimulatorOptions } from "./world.ts";

const options = readOptions(process.argv.slice(2));
if (typeof options === "string") {
  process.stderr.write(`${options}\n`);
  process.exitCode = 2;
} else {
  const simulator = await startSimulator(options);
  process.stdout.write(`${JSON.stringify({ origin: simulator.origin })}\n`);
  const end = (): void => {
    process.stdin.destroy();
    void simulator.close();
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  // Whoever started it holds this pipe: when that process is gone, so is the simulator.
  process.stdin.once("end", end).once("error", end).resume();
}

function readOptions(words: readonly string[]): SimulatorOptions | string {
  const { values } = parseArgs({
    args: [...words],
    options: {
      port: { type: "string", default: "0" },
      ledger: { type: "string", default: "" },
      seed: { type: "string", default: "1" },
      mix: { type: "string", default: "" },
      work: { type: "string", default: "200-900" },
      latency: { type: "string", default: "0" },
      late: { type: "string", default: "700" },
      idempotency: { type: "string", default: "on" },
      list: { type: "string", default: "on" },
      reference: { type: "string", default: "on" },
      "files-apart": { type: "boolean", default: false },
    },
  });
  if (values.ledger === "") return "--ledger is missing: name the file to append to";
  const mix = readMix(values.mix);
  if (typeof mix === "string") return `--mix does not know ${mix}: write fate=share,fate=share`;
  const work = /^(\d+)-(\d+)$/.exec(values.work);
  if (work === null) return `--work ${values.work} is not usable: write 200-900 (milliseconds)`;
  return {
    port: Number(values.port),
    ledgerPath: values.ledger,
    seed: values.seed,
    mix,
    workMs: { min: Number(work[1]), max: Number(work[2]) },
    latencyMs: Number(values.latency),
    lateMs: Number(values.late),
    idempotency: values.idempotency !== "off",
    list: values.list !== "off",
    reference: values.reference !== "off",
    filesApart: values["files-apart"],
  };
}
