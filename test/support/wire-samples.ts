import type { FileRow } from "../../src/core/file.ts";
import type { Output } from "../../src/core/outcome.ts";
import type { Task } from "../../src/core/task.ts";

/** 2025-11-12T10:30:00Z, and a fraction that the wire must drop. */
export const SAMPLE_MS: number = Date.UTC(2025, 10, 12, 10, 30, 0, 789);

/** A queued task; `changes` replace members. */
export function sampleTask(changes: Partial<Task> = {}): Task {
  return {
    id: "task-unified-1762943400-abcdefghijklmnopqrstuvwxyz",
    projectId: "proj_a",
    keyId: "key_a",
    mode: "live",
    model: "grok-imagine",
    input: { prompt: "a red fox" },
    callbackUrl: null,
    stage: "queued",
    progress: 0,
    routes: [
      { provider: "xai", upstreamModel: "grok", account: "one", onAmbiguous: "fail" },
      { provider: "fal", upstreamModel: "grok", account: "two", onAmbiguous: "fail" },
    ],
    routeIndex: 0,
    attempts: 0,
    hold: 30_500,
    charged: null,
    outputs: [],
    errorCode: null,
    errorMessage: null,
    cancelAtMs: null,
    createdAtMs: SAMPLE_MS,
    startedAtMs: null,
    softLimitAtMs: SAMPLE_MS + 3_600_000,
    hardLimitAtMs: SAMPLE_MS + 86_400_000,
    finishedAtMs: null,
    expiresAtMs: null,
    ...changes,
  };
}

/** A task that has finished with these items. */
export function finishedTask(outputs: readonly Output[]): Task {
  return sampleTask({
    stage: "finished",
    progress: 100,
    outputs,
    charged: 30_000,
    startedAtMs: SAMPLE_MS + 1_000,
    finishedAtMs: SAMPLE_MS + 60_000,
    expiresAtMs: SAMPLE_MS + 60_000 + 86_400_000,
  });
}

/** Files by media type, in order. */
export function sampleFiles(...mediaTypes: readonly string[]): readonly FileRow[] {
  return mediaTypes.map((mediaType, position) => ({
    id: `file_${position}`,
    projectId: "proj_a",
    taskId: "task-unified-1762943400-abcdefghijklmnopqrstuvwxyz",
    position,
    storageKey: `proj_a/${position}`,
    mediaType,
    extension: mediaType.slice(mediaType.indexOf("/") + 1),
    sizeBytes: 1000,
    sha256: "ab".repeat(32),
    width: null,
    height: null,
    durationS: null,
    createdAtMs: SAMPLE_MS,
    expiresAtMs: SAMPLE_MS + 86_400_000,
    deletedAtMs: null,
  }));
}

/** Links as tests write them. */
export function sampleUrl(file: FileRow): string {
  return `https://media.example.com/files/${file.id}-mac.${file.extension}`;
}

/** Items of every kind with the files that they name. */
export const SAMPLE_OUTPUTS: Readonly<
  Record<string, { readonly outputs: readonly Output[]; readonly files: readonly FileRow[] }>
> = {
  images: {
    outputs: [
      { kind: "media", file: 0, media: "image" },
      { kind: "media", file: 1, media: "image" },
    ],
    files: sampleFiles("image/png", "image/png"),
  },
  video: {
    outputs: [{ kind: "media", file: 0, media: "video" }],
    files: sampleFiles("video/mp4"),
  },
  tracks: {
    outputs: [track("one", 0, 1), track("two", 2, 3)],
    files: sampleFiles("audio/mpeg", "image/jpeg", "audio/mpeg", "image/jpeg"),
  },
  timestampedLyrics: {
    outputs: [{ kind: "text", fields: { timestampe_lyrics: "[00:01.00] La\n[00:02.50] Li" } }],
    files: sampleFiles("application/json"),
  },
  lyrics: {
    outputs: [{ kind: "text", fields: { title: "Dawn", text: "La la" } }],
    files: sampleFiles("application/json"),
  },
  wav: {
    outputs: [{ kind: "link", field: "wav_url", file: 0 }],
    files: sampleFiles("audio/wav"),
  },
  musicVideo: {
    outputs: [{ kind: "link", field: "video_url", file: 0 }],
    files: sampleFiles("video/mp4"),
  },
  vocals: {
    outputs: [
      { kind: "bundle", field: "separate_vocals", files: { vocal_url: 0, instrumental_url: 1 } },
    ],
    files: sampleFiles("audio/mpeg", "audio/mpeg"),
  },
  stems: {
    outputs: [{ kind: "bundle", field: "stem_split", files: { vocal_url: 0, brass_url: null } }],
    files: sampleFiles("audio/mpeg"),
  },
  cover: {
    outputs: [{ kind: "images", field: "generate_cover", files: [0, 1] }],
    files: sampleFiles("image/png", "image/png"),
  },
};

function track(name: string, audio: number, image: number): Output {
  return {
    kind: "track",
    audioId: `00000000-0000-4000-8000-00000000000${audio}`,
    audio,
    image,
    title: `Song ${name}`,
    tags: "folk, warm",
    durationS: 60.5,
    prompt: "",
  };
}
