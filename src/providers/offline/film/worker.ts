import { parentPort, workerData } from "node:worker_threads";
import { present } from "../../../lib/assert.ts";
import { readFilmRequest } from "../request/film-request.ts";
import { BOARD, type HelperReport, type HelperTask } from "./crew.ts";
import { prepareFilm } from "./prepare.ts";
import { openLens, segmentsOf } from "./segment.ts";

const port = present(parentPort, "The port of the film helper");

function tell(report: HelperReport): void {
  port.postMessage(report);
}

/** Shoots segments from the board until none is left or all shall stop. */
async function help({ job, board }: HelperTask): Promise<void> {
  const prepared = await prepareFilm(job, readFilmRequest(job.model, job.input));
  const total = segmentsOf(prepared.film);
  const lens = openLens(prepared);
  while (Atomics.load(board, BOARD.stop) === 0) {
    const segment = Atomics.add(board, BOARD.next, 1);
    if (segment >= total) return;
    const { packets, config } = await lens.shoot(segment, () => {
      Atomics.add(board, BOARD.done, 1);
    });
    const plain = packets.map(({ data, type }) => ({ data, type }));
    tell({ kind: "part", segment, config, packets: plain });
  }
}

try {
  await help(workerData);
} catch (error) {
  tell({ kind: "failed", detail: String(error) });
}
