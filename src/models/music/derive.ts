import { musicModel, sample } from "../define.ts";
import type { Model } from "../model.ts";
import { choice, inputSchema, text, url } from "../pieces.ts";
import { perRequest } from "../price.ts";
import { AUDIO_ID, TASK_ID } from "./fields.ts";

const TRACK = { task_id: TASK_ID, audio_id: AUDIO_ID } as const;
const TRACK_INPUT = inputSchema(["task_id", "audio_id"], TRACK);
const TRACK_EXAMPLE = {
  task_id: "5c79xxxxbe8e",
  audio_id: "e231xxxx-xxxx-xxxx-xxxx-xxxx8cadc7dc",
};
const VIDEO_EXAMPLE = { ...TRACK_EXAMPLE, task_id: "taskId_774b9aa0422f" };

/** Tracks of these are songs of the engine's own from the first to the last second. */
const SONGS = ["generate-music", "extend-music"];
/** What a persona may also be taken from. */
const VOICES = [...SONGS, "upload-and-cover-audio", "upload-and-extend-audio"];

/** The persona of a track. */
export const personaModels: readonly Model[] = [
  musicModel({
    id: "generate-persona",
    once: "Persona already exists for this audio",
    buildsOn: VOICES,
    summary: "Keeps the voice and manner of a track for later songs; once a track.",
    input: inputSchema(["task_id", "audio_id", "name", "description"], {
      ...TRACK,
      name: text("Name of the persona."),
      description: text("Its style and voice."),
    }),
    price: perRequest(1),
    examples: [
      {
        ...TRACK_EXAMPLE,
        name: "Harbour Crooner",
        description: "A low, unhurried voice with a smile in it, close to the microphone",
      },
      {
        ...TRACK_EXAMPLE,
        name: "Northern Choirboy",
        description: "A clear treble that holds long notes without vibrato, much hall",
      },
    ],
  }),
];

/** Cover pictures, other formats, stems and videos of tracks. */
export const deriveModels: readonly Model[] = [
  musicModel({
    id: "generate-music-cover",
    once: "Music cover already exists for this task",
    summary: "Makes cover pictures for a music task; once a task.",
    input: inputSchema(["task_id"], { task_id: TASK_ID }),
    price: perRequest(1),
    examples: [{ task_id: "73d6128b3523a0079df10da9471017c8" }],
  }),
  musicModel({
    id: "convert-to-wav",
    once: "WAV record already exists for this audio",
    buildsOn: SONGS,
    summary: "Gives a track as WAV; once a track.",
    input: TRACK_INPUT,
    price: perRequest(1),
    examples: [TRACK_EXAMPLE],
  }),
  musicModel({
    id: "separate-vocals",
    once: "Separation already exists for this audio",
    buildsOn: SONGS,
    summary: "Parts a track into voice and band; once a track.",
    input: TRACK_INPUT,
    price: perRequest(15),
    examples: [TRACK_EXAMPLE],
  }),
  musicModel({
    id: "stem-split",
    once: "Stem split already exists for this audio",
    buildsOn: SONGS,
    summary: "Parts a track into up to twelve stems; once a track.",
    input: TRACK_INPUT,
    price: perRequest(70),
    examples: [TRACK_EXAMPLE],
  }),
  musicModel({
    id: "upload-and-separate-vocals",
    summary: "Parts a recording into voice and instruments.",
    input: inputSchema(["audio_url"], {
      title: text("A label."),
      audio_url: url("The recording."),
      model_name: choice("Which separator.", ["base", "enhanced", "instrumental"], "base"),
      output_type: choice(
        "Which stem; general gives all.",
        ["general", "bass", "drums", "other", "piano", "guitar", "vocals"],
        "general",
      ),
    }),
    price: perRequest(10),
    examples: [
      {
        title: "Kitchen Demo",
        audio_url: sample("my-track.mp3"),
        model_name: "base",
        output_type: "general",
      },
      {
        title: "Kitchen Demo",
        audio_url: sample("my-track.mp3"),
        model_name: "enhanced",
        output_type: "vocals",
      },
      {
        title: "Kitchen Demo",
        audio_url: sample("my-track.mp3"),
        model_name: "instrumental",
        output_type: "drums",
      },
    ],
  }),
  musicModel({
    id: "create-music-video",
    once: "Music video already exists for this audio",
    buildsOn: SONGS,
    summary: "Makes a video of a track with its cover; once a track.",
    input: inputSchema(["task_id", "audio_id"], {
      ...TRACK,
      author: text("Shown on the cover.", 50),
      domain_name: text("Shown at the bottom.", 50),
    }),
    price: perRequest(4),
    examples: [
      VIDEO_EXAMPLE,
      { ...VIDEO_EXAMPLE, author: "The Lamplighters", domain_name: "music.example.com" },
    ],
  }),
];
