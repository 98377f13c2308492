import type { Artifact, Output } from "../../../core/outcome.ts";
import { hashText } from "../chance.ts";
import { urlsOf } from "../input-media.ts";
import type { Renderer, RenderJob } from "../job.ts";
import { noteOn } from "../lettering/lettering.ts";
import { applyLooks } from "../look/apply.ts";
import { openSheet, type Sheet } from "../paint/canvas.ts";
import type { Lch } from "../paint/colour.ts";
import { buildScene } from "../paint/scene.ts";
import { openStage } from "../paint/stage.ts";
import { type PictureRequest, readPictureRequest } from "../request/picture-request.ts";
import { exactSize, type Size } from "../request/ratio.ts";
import { explainPlan, planScene, type ScenePlan } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { editPicture, loadMask } from "./edit.ts";
import { EXTENSIONS, SOFTWARE, writePicture } from "./encode.ts";
import { loadPicture, pictureColours, pictureSize } from "./load.ts";

/** Makes the pictures of a job: one scene a picture, each from a seed of its own. */
export const renderPicture: Renderer = async (job, room) => {
  const request = readPictureRequest(job.model, job.input);
  const tokens = readPrompt(request.prompt, request.negative);
  const source = await loadSource(job, request);
  const artifacts: Artifact[] = [];
  const outputs: Output[] = [];
  const plans: ScenePlan[] = [];
  for (let index = 0; index < request.count; index += 1) {
    const seed = index === 0 ? job.seed : hashText(`${job.seed}/${index}`);
    const plan = planScene(tokens, { seed, reference: source.colours });
    plans.push(plan);
    room.signal.throwIfAborted();
    const sheet = paint(plan, source);
    const file = room.stage(EXTENSIONS[request.format]);
    await writePicture(sheet, { path: file.path, format: request.format });
    artifacts.push({ source: { kind: "staged", name: file.name }, media: "image" });
    outputs.push({ kind: "media", file: index, media: "image" });
    room.progress((index + 1) / request.count);
  }
  const scene = plans[0] === undefined ? null : explainPlan(plans[0]);
  const note = noteOn(plans[0]?.title ?? null);
  const notes = note === null ? [] : [note];
  const meta = { engine: SOFTWARE, seed: job.seed, ...source.size, notes, scene };
  return { artifacts, outputs, creations: [], meta };
};

/** What the customer's pictures say: the one that is changed, the mask, colours of the others. */
interface SourcePicture {
  readonly size: Size;
  readonly base: Sheet | null;
  readonly mask: Sheet | null;
  readonly colours: readonly Lch[];
}

async function loadSource(job: RenderJob, request: PictureRequest): Promise<SourcePicture> {
  const [first, ...others] = urlsOf(job.input, "image_urls", "image_url");
  const square = { width: 1, height: 1 };
  const own = first === undefined ? square : await pictureSize(job, first);
  const size = request.size ?? exactSize(nearRatio(own), request.area);
  const base = first === undefined ? null : await loadPicture(job, first, size);
  const maskUrl = urlsOf(job.input, "mask_url")[0];
  const mask = maskUrl === undefined || base === null ? null : await loadMask(job, maskUrl, base);
  const colours = others[0] === undefined ? [] : (await pictureColours(job, others[0])).slice(0, 2);
  return { size, base, mask, colours };
}

/** A ratio of small numbers near that of a picture, so that an exact size exists. */
function nearRatio({ width, height }: Size): Size {
  const high = 32;
  return { width: Math.max(8, Math.min(96, Math.round((width / height) * high))), height: high };
}

function paint(plan: ScenePlan, { size, base, mask }: SourcePicture): Sheet {
  if (base !== null) return editPicture({ base, plan, mask });
  const sheet = openSheet(size.width, size.height);
  buildScene(openStage(plan, size)).draw(sheet);
  applyLooks(sheet, plan);
  return sheet;
}
