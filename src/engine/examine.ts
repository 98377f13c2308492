import { mediaUrls } from "../core/media-urls.ts";
import type { Task } from "../core/task.ts";
import type { JsonObject } from "../lib/json.ts";
import type { Soon } from "../lib/soon.ts";
import type { Lengths, Model } from "../models/model.ts";
import { checkOwnFiles } from "./check-own-files.ts";
import type { EngineContext } from "./context.ts";
import { checkInputUrls } from "./input-urls.ts";
import { findLengths } from "./lengths.ts";
import { checkLineage, checkMakers, type Lineage } from "./lineage.ts";

/** A checked input, and where its submit came from. */
export interface ExamineWish {
  readonly model: Model;
  readonly input: JsonObject;
  readonly loopback: boolean;
}

/** What an input builds on, and how long the media are that it names. */
export interface Examined {
  readonly lineage: Lineage;
  readonly lengths: Lengths;
}

/**
 * Judges all that an input refers to, before a task exists. At once where it refers to nothing, as
 * most do: each wait costs a submit as much as the check of its input.
 * @throws {GatewayError} 400 or 404 naming the member.
 */
export function examine(
  context: EngineContext,
  submitter: Pick<Task, "projectId" | "mode">,
  wish: ExamineWish,
): Soon<Examined> {
  return standsAlone(wish) ? ALONE : lookUp(context, submitter, wish);
}

const ALONE: Examined = { lineage: { parents: [], sourceId: null }, lengths: new Map() };

function standsAlone({ model, input }: ExamineWish): boolean {
  const { audio_id: audioId, persona_id: personaId, task_id: taskId } = input;
  const buildsOn = audioId ?? personaId ?? taskId;
  return buildsOn === undefined && model.timing === undefined && mediaUrls(input).length === 0;
}

async function lookUp(
  context: EngineContext,
  { projectId, mode }: Pick<Task, "projectId" | "mode">,
  { model, input, loopback }: ExamineWish,
): Promise<Examined> {
  checkInputUrls(context.judgeInputUrl, { input, loopback });
  await checkOwnFiles(context.wayOut, { model, input, loopback });
  const lineage = await checkLineage(context, { model, projectId, input });
  checkMakers(lineage, mode);
  return { lineage, lengths: await findLengths(context, { model, input, lineage, loopback }) };
}
