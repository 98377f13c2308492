import type { Json } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { type CostPart, costPart } from "../cost.ts";
import { numberAt, textAt, textsAt } from "../reading.ts";

/** What is stored before the submit: everything of the body but the pictures' bytes. */
export interface PreparedFilm {
  readonly model: string;
  readonly promptText: string;
  /** Pixels, as `1280:720`. */
  readonly ratio: string;
  /** Seconds. */
  readonly duration: number;
  readonly audio: boolean | null;
  readonly seed: number | null;
  /** Customers' pictures: the first frame, then the last one. */
  readonly frames: readonly string[];
}

/** Writes what is stored. */
export function writePrepared(film: PreparedFilm): Json {
  return { ...film };
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedFilm {
  const audio = typeof prepared === "object" ? Reflect.get(Object(prepared), "audio") : null;
  return {
    model: textAt(prepared, "model") ?? "",
    promptText: textAt(prepared, "promptText") ?? "",
    ratio: textAt(prepared, "ratio") ?? "",
    duration: numberAt(prepared, "duration") ?? 0,
    audio: typeof audio === "boolean" ? audio : null,
    seed: numberAt(prepared, "seed"),
    frames: textsAt(prepared, "frames"),
  };
}

/** The body of a submit; `images` are the frames as `data:` URLs. */
export function filmBody(film: PreparedFilm, images: readonly string[]): Json {
  const { model, promptText, ratio, duration, audio, seed } = film;
  return {
    model,
    promptText,
    ratio,
    duration,
    ...(audio === null ? {} : { audio }),
    ...(seed === null ? {} : { seed }),
    ...(images.length === 0 ? {} : { promptImage: images.map(frameOf) }),
  };
}

function frameOf(uri: string, index: number): Json {
  return { uri, position: index === 0 ? "first" : "last" };
}

/** A task as it is told. */
export interface TaskState {
  readonly status: string | null;
  /** 0 to 1. */
  readonly progress: number | null;
  readonly output: readonly string[];
  readonly failure: UpstreamWords;
  readonly meta: Json;
  readonly cost: CostPart;
}

/** Reads `{status, progress, output, failure, failureCode, cost}`. */
export function readTask(answer: Json): TaskState {
  const credits = numberAt(answer, "cost", "credits");
  return {
    status: textAt(answer, "status"),
    progress: numberAt(answer, "progress"),
    output: textsAt(answer, "output"),
    failure: {
      code: textAt(answer, "failureCode") ?? "",
      message: textAt(answer, "failure") ?? "",
    },
    meta: credits === null ? null : { credits },
    cost: costPart(credits, "credits"),
  };
}

/** Reads `{error}`, with the places of a body that is wrong in `issues`. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const issue = textAt(answer, "issues", 0, "message");
  const error = textAt(answer, "error") ?? "";
  return { code: "", message: issue === null ? error : `${error}: ${issue}` };
}
