import type { Json, JsonObject } from "../../lib/json.ts";
import type { UpstreamWords } from "../answer.ts";
import { type CostPart, costPart } from "../cost.ts";
import { at, numberAt, objectAt, textAt, textsAt } from "../reading.ts";

/** What is stored before the submit. */
export interface PreparedFilm {
  readonly body: JsonObject;
  /** Customer's URLs of frames, or `null`, and of pictures to refer to. */
  readonly first: string | null;
  readonly last: string | null;
  readonly references: readonly string[];
}

/** Reads it back. */
export function readPrepared(prepared: Json): PreparedFilm {
  return {
    body: objectAt(prepared, "body"),
    first: textAt(prepared, "first"),
    last: textAt(prepared, "last"),
    references: textsAt(prepared, "references"),
  };
}

/** A film's state as it is told. */
export interface FilmState {
  readonly status: string | null;
  readonly progress: number | null;
  /** Links that need no account. */
  readonly signed: readonly string[];
  /** Links that need it. */
  readonly unsigned: readonly string[];
  readonly words: UpstreamWords;
  readonly meta: Json;
  readonly cost: CostPart;
}

/** Reads the state of a film. */
export function readFilm(answer: Json): FilmState {
  return {
    status: textAt(answer, "status"),
    progress: numberAt(answer, "progress"),
    signed: textsAt(answer, "urls"),
    unsigned: textsAt(answer, "unsigned_urls"),
    words: readWords(answer),
    meta: { generation: textAt(answer, "generation_id"), usage: at(answer, "usage") ?? null },
    cost: costPart(numberAt(answer, "usage", "cost"), "usd"),
  };
}

/** Reads `{error: {code, message}}` of a refusal and `{error: "text"}` of a film. */
export function readWords(answer: Json | undefined): UpstreamWords {
  const error = at(answer, "error");
  const code = numberAt(error, "code");
  return {
    code: code === null ? (textAt(error, "code") ?? "") : String(code),
    message: textAt(error, "message") ?? textAt(error) ?? "",
  };
}
