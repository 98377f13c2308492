import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Artifact, Creation, MediaKind, Output, Production } from "./outcome.ts";
import { renew, salvage } from "./salvage.ts";

/** A production whose artifacts are each a kind, with a star where they are ours. */
function made(
  files: readonly string[],
  outputs: readonly Output[],
  creations: readonly Creation[] = [],
): Production {
  return { artifacts: files.map(artifact), outputs, creations, meta: { seed: 1 } };
}

function artifact(file: string, position: number): Artifact {
  const media = KINDS[file.replace("*", "")] ?? "image";
  const source = { kind: "url", url: `https://cdn.example.com/${position}` } as const;
  if (!file.endsWith("*")) return { source, media };
  const facts = { mediaType: "x/y", extension: "x", sizeBytes: 1, sha256: String(position) };
  const size = { width: null, height: null, durationS: null };
  return { source, media, kept: { storageKey: `p/t/a/${position}-x`, ...facts, ...size } };
}

const KINDS: Readonly<Record<string, MediaKind>> = { i: "image", v: "video", a: "audio" };

const picture = (file: number): Output => ({ kind: "media", file, media: "image" });

const song = (audio: number, image: number | null): Output => ({
  ...{ kind: "track", audioId: `song-${audio}`, audio, image, title: "Dawn" },
  ...{ tags: "", durationS: 60, prompt: "" },
});

const creation = (id: string, file: number | null): Creation => ({
  ...{ id, kind: "audio", file, ref: id },
});

/** What is left: the old places of the files, and all that names them by their new ones. */
function left(production: Production): unknown {
  const rest = salvage(production);
  if (rest === null) return null;
  assert.deepEqual(rest.meta, production.meta);
  const files = rest.artifacts.map(({ kept }) => Number(kept?.sha256));
  return { files, outputs: rest.outputs, creations: rest.creations };
}

describe("salvage()", () => {
  test("leaves the pictures that are ours, each under its new place", () => {
    const outputs = [0, 1, 2, 3].map(picture);
    assert.deepEqual(left(made(["i*", "i", "i*", "i*"], outputs)), {
      files: [0, 2, 3],
      outputs: [0, 1, 2].map(picture),
      creations: [],
    });
    assert.equal(left(made(["i", "i", "i", "i"], outputs)), null);
  });

  test("leaves a song without the cover that is gone", () => {
    const creations = [creation("song-0", 0)];
    assert.deepEqual(left(made(["a*", "i"], [song(0, 1)], creations)), {
      ...{ files: [0], outputs: [song(0, null)], creations },
    });
  });

  test("takes the cover and the creation of a song that is gone with it", () => {
    const files = ["a", "a*", "i*", "i*"];
    const creations = [creation("song-0", 0), creation("song-1", 1), creation("voice", null)];
    assert.deepEqual(left(made(files, [song(0, 2), song(1, 3)], creations)), {
      files: [1, 3],
      outputs: [{ ...song(0, 1), audioId: "song-1" }],
      creations: [creation("song-1", 0), creation("voice", null)],
    });
    assert.equal(left(made(["a", "i*"], [song(0, 1)])), null, "a cover is no song");
  });

  test("leaves no last frame without its film", () => {
    const film: Output = { kind: "media", file: 0, media: "video" };
    assert.equal(left(made(["v", "i*"], [film, picture(1)])), null);
    const rest = { files: [0], outputs: [film], creations: [] };
    assert.deepEqual(left(made(["v*", "i"], [film, picture(1)])), rest);
  });

  test("leaves the names of stems that are gone, without a file", () => {
    const stems = (files: Readonly<Record<string, number | null>>): Output => ({
      ...{ kind: "bundle", field: "stem_split", files },
    });
    const all = stems({ vocals: 0, drums: 1, bass: null, piano: 2 });
    assert.deepEqual(left(made(["a", "a*", "a*"], [all])), {
      files: [1, 2],
      outputs: [stems({ vocals: null, drums: 0, bass: null, piano: 1 })],
      creations: [],
    });
    assert.equal(left(made(["a", "a", "a"], [all])), null);
  });

  test("leaves links and lists of pictures of which something is there, and words", () => {
    const link: Output = { kind: "link", field: "wav_url", file: 0 };
    const list = (...files: readonly number[]): Output => ({
      ...{ kind: "images", field: "generate_cover", files },
    });
    const words: Output = { kind: "text", fields: { title: "Dawn" } };
    const rest = { files: [1], outputs: [list(0), words], creations: [] };
    assert.deepEqual(left(made(["i", "i*"], [list(0, 1), words])), rest);
    assert.equal(left(made(["a"], [link, words])), null, "words are not all that was asked for");
    assert.equal(left(made(["i", "i"], [list(0, 1)])), null);
  });
});

describe("renew()", () => {
  const outputs = [0, 1].map(picture);

  test("takes what is told anew as it is while nothing is ours", () => {
    const fresh = made(["i"], [picture(0)]);
    assert.equal(renew(made(["i", "i"], outputs), fresh), fresh);
  });

  test("keeps what is ours, and takes fresh links for the rest", () => {
    const held = made(["i*", "i"], outputs);
    const fresh = made(["i", "i"], outputs);
    assert.deepEqual(renew(held, fresh), made(["i*", "i"], outputs));
    for (const other of [made(["i"], [picture(0)]), made(["i", "v"], outputs)]) {
      assert.equal(renew(held, other), held);
    }
  });

  test("takes no song for another when they are told in another order", () => {
    const other = { ...song(1, null), audioId: "song-0" };
    const held = made(["a*", "a"], [song(0, null), song(1, null)]);
    const fresh = made(["a", "a"], [{ ...song(0, null), audioId: "song-1" }, other]);
    assert.equal(renew(held, fresh), held);
  });
});
