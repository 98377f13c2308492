import { filesOf, type Output, type Production } from "./outcome.ts";

/**
 * What is left of a production when only its kept artifacts count; `null` when none of them is of
 * the kind that was asked for first: a cover is no song, and a last frame no film.
 */
export function salvage(production: Production): Production | null {
  const { artifacts, outputs, creations } = production;
  const isKept = (file: number): boolean => artifacts[file]?.kept !== undefined;
  const left = outputs.flatMap((output) => move(output, (at) => (isKept(at) ? at : null)) ?? []);
  const named = left.flatMap(filesOf);
  const main = artifacts[outputs.flatMap(filesOf)[0] ?? 0]?.media;
  if (!named.some((file) => artifacts[file]?.media === main)) return null;
  // The cover of a song that is gone goes with it.
  const idle = new Set(outputs.flatMap(filesOf).filter((file) => !named.includes(file)));
  const files = [...artifacts.keys()].filter((file) => isKept(file) && !idle.has(file));
  const places = new Map(files.map((file, place) => [file, place]));
  const placeOf = (file: number): number | null => places.get(file) ?? null;
  return {
    ...production,
    artifacts: artifacts.filter((_, file) => places.has(file)),
    outputs: left.flatMap((output) => move(output, placeOf) ?? []),
    creations: creations.flatMap((creation) => {
      const file = creation.file === null ? null : placeOf(creation.file);
      return creation.file !== null && file === null ? [] : [{ ...creation, file }];
    }),
  };
}

/** An output whose files stand elsewhere, or nowhere; `null` when nothing of it is left. */
function move(output: Output, placeOf: (file: number) => number | null): Output | null {
  switch (output.kind) {
    case "text":
      return output;
    case "media":
    case "link": {
      const file = placeOf(output.file);
      return file === null ? null : { ...output, file };
    }
    case "track": {
      const audio = placeOf(output.audio);
      const image = output.image === null ? null : placeOf(output.image);
      return audio === null ? null : { ...output, audio, image };
    }
    case "bundle": {
      const parts = Object.entries(output.files).map(
        ([name, file]) => [name, file === null ? null : placeOf(file)] as const,
      );
      const isEmpty = parts.every(([, file]) => file === null);
      return isEmpty ? null : { ...output, files: Object.fromEntries(parts) };
    }
    case "images": {
      const files = output.files.flatMap((file) => placeOf(file) ?? []);
      return files.length === 0 ? null : { ...output, files };
    }
  }
}

/**
 * A production told anew, with fresh links: what is ours of it stays ours. One of another shape is
 * not believed once something is ours, for nobody could say which file is which.
 */
export function renew(held: Production, fresh: Production): Production {
  if (held.artifacts.every(({ kept }) => kept === undefined)) return fresh;
  if (shapeOf(held) !== shapeOf(fresh)) return held;
  const artifacts = fresh.artifacts.map((artifact, file) => {
    const kept = held.artifacts[file]?.kept;
    return kept === undefined ? artifact : { ...artifact, kept };
  });
  return { ...fresh, artifacts };
}

function shapeOf({ artifacts, outputs }: Production): string {
  const media = artifacts.map((artifact) => artifact.media);
  const places = outputs.map((output) => {
    const name = output.kind === "track" ? output.audioId : null;
    return [output.kind, name, filesOf(output)];
  });
  return JSON.stringify([media, places]);
}
