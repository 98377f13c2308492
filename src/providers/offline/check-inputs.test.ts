import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  needsFfmpeg,
  sampleFilm,
  samplePicture,
  sampleSound,
} from "../../../test/support/media-samples.ts";
import { makeJob, openTestRoom } from "../../../test/support/render-room.ts";
import type { JsonObject } from "../../lib/json.ts";
import { SNIFF_BYTES, sniffMedia } from "../../lib/media-type.ts";
import type { ModelMedia } from "../../models/model.ts";
import { UpstreamFailure } from "../provider.ts";
import { render } from "./render.ts";

const room = openTestRoom();
const GIVEN = "https://media.example.com/given";
const PICTURE = "https://media.example.com/picture.png";

/** Files by what is wrong with them, or `film` and `picture` for those without a fault. */
async function samples(): Promise<Readonly<Record<string, string>>> {
  const at = (name: string): string => join(room.folder, name);
  await samplePicture(at("a.png"), "png", { width: 64, height: 64 });
  sampleSound(at("a.wav"), 1);
  sampleFilm(at("film.mp4"), 4);
  sampleFilm(at("quick.mp4"), 4, ["-movflags", "+faststart"]);
  sampleFilm(at("sound.mp4"), 1, ["-vn"]);
  for (const name of ["film", "quick"]) {
    const bytes = readFileSync(at(`${name}.mp4`));
    writeFileSync(at(`${name}-cut.mp4`), bytes.subarray(0, Math.floor(bytes.length * 0.7)));
  }
  return {
    ...{ picture: at("a.png"), sound: at("a.wav"), film: at("film.mp4"), quick: at("quick.mp4") },
    ...{ "film cut short": at("film-cut.mp4"), "quick film cut short": at("quick-cut.mp4") },
    "sound in an MP4": at("sound.mp4"),
  };
}

type Work = readonly [model: string, media: ModelMedia, input: JsonObject];

async function renderWith([model, media, input]: Work, paths: readonly string[]): Promise<void> {
  const inputs = Object.fromEntries(
    paths.map((path, at) => {
      const bytes = readFileSync(path);
      const { mediaType } = sniffMedia(bytes.subarray(0, SNIFF_BYTES)) ?? { mediaType: "" };
      return [at === 0 ? GIVEN : PICTURE, { path, mediaType, sizeBytes: bytes.length }];
    }),
  );
  const job = { ...makeJob({ media, model, input }), inputs, fps: 2, decode: false };
  await render(job, room);
}

function isUnreachable(member: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof UpstreamFailure, String(error));
    assert.equal(error.error.code, "input_unreachable");
    assert.match(error.error.message, member);
    return true;
  };
}

const MOVED = { image_urls: [PICTURE], resolution: "480p" };
const FILMS: readonly Work[] = [
  ["wan2.6-video-to-video", "video", { prompt: "in oil", video_urls: [GIVEN], duration: 5 }],
  ["wan-animate-move", "video", { ...MOVED, video_url: GIVEN }],
  ["wan-animate-replace", "video", { ...MOVED, video_url: GIVEN }],
  ["kling-3.0-motion-control", "video", { ...MOVED, video_urls: [GIVEN] }],
];

describe("render()", needsFfmpeg(), () => {
  for (const work of FILMS) {
    test(`makes nothing of what is no whole film with ${work[0]}`, async () => {
      const { picture = "", film, quick, ...wrong } = await samples();
      for (const [what, path] of Object.entries({ ...wrong, picture })) {
        const end = renderWith(work, [path, picture]);
        await assert.rejects(end, isUnreachable(/^video_urls? (?:must|names)/), what);
      }
    });
  }

  test("takes a whole film, its index before or after its frames", async () => {
    const { film = "", quick = "", picture = "" } = await samples();
    for (const path of [film, quick]) {
      await renderWith(
        ["wan-animate-move", "video", { ...MOVED, video_url: GIVEN }],
        [path, picture],
      );
    }
  });

  test("tells what a picture or a recording must be", async () => {
    const { film = "", sound = "", picture = "" } = await samples();
    const edit: Work = ["gpt-4o-image-edit", "image", { prompt: "red", image_urls: [GIVEN] }];
    const still: Work = ["sora-2", "video", { prompt: "rain", image_urls: [GIVEN] }];
    const cover: Work = ["upload-and-cover-audio", "music", { upload_url: GIVEN, mv: "V5" }];
    await assert.rejects(
      renderWith(edit, [film]),
      isUnreachable(/^image_urls must name a picture/),
    );
    await assert.rejects(renderWith(still, [sound]), isUnreachable(/^image_urls must/));
    await assert.rejects(renderWith(cover, [picture]), isUnreachable(/^upload_url must/));
    await assert.rejects(renderWith(cover, [film]), isUnreachable(/send MP3 or WAV$/));
  });
});
