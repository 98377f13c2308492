import type { Artifact, Output } from "../../../core/outcome.ts";
import { hashText } from "../chance.ts";
import type { Renderer } from "../job.ts";
import { applyLooks } from "../look/apply.ts";
import { openSheet, registerFonts } from "../paint/canvas.ts";
import { buildScene } from "../paint/scene.ts";
import { openStage } from "../paint/stage.ts";
import { readPictureRequest } from "../request/picture-request.ts";
import { explainPlan, planScene } from "../scene/plan.ts";
import { readPrompt } from "../scene/read.ts";
import { EXTENSIONS, SOFTWARE, writePicture } from "./encode.ts";

/** Makes the pictures of a job: one scene a picture, each from a seed of its own. */
export const renderPicture: Renderer = async (job, room) => {
  registerFonts();
  const request = readPictureRequest(job.model, job.input);
  const tokens = readPrompt(request.prompt, request.negative);
  const size = request.size ?? { width: 1024, height: 1024 };
  const artifacts: Artifact[] = [];
  const outputs: Output[] = [];
  const sheet = openSheet(size.width, size.height);
  for (let index = 0; index < request.count; index += 1) {
    const seed = index === 0 ? job.seed : hashText(`${job.seed}/${index}`);
    const plan = planScene(tokens, { seed });
    room.signal.throwIfAborted();
    buildScene(openStage(plan, size)).draw(sheet);
    applyLooks(sheet, plan);
    const file = room.stage(EXTENSIONS[request.format]);
    await writePicture(sheet, { path: file.path, format: request.format });
    artifacts.push({ source: { kind: "staged", name: file.name }, media: "image" });
    outputs.push({ kind: "media", file: index, media: "image" });
    room.progress((index + 1) / request.count);
  }
  const scene = explainPlan(planScene(tokens, { seed: job.seed }));
  return {
    artifacts,
    outputs,
    creations: [],
    meta: { engine: SOFTWARE, seed: job.seed, ...size, scene },
  };
};
