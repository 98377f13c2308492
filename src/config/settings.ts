import type { Environment } from "../lib/environment.ts";
import { nearestName } from "../lib/nearest-name.ts";

/** How one setting is read, for the program and for its reference page. */
export interface Setting {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
  readonly example: string;
}

/** All settings, in the order of the reference page. */
export const SETTINGS: readonly Setting[] = [
  { name: "HOST", fallback: "127.0.0.1", meaning: "Address to listen on", example: "0.0.0.0" },
  { name: "PORT", fallback: "8787", meaning: "Port to listen on, 0 to 65535", example: "80" },
  {
    name: "VIDGO_DATA_DIR",
    fallback: "./data",
    meaning: "Folder of database, files and secret",
    example: "/var/lib/vidgo",
  },
  {
    name: "VIDGO_PUBLIC_URL",
    fallback: "",
    meaning: "Origin under which clients reach the gateway; links are made from it",
    example: "https://media.example.com",
  },
  {
    name: "VIDGO_BOOTSTRAP_KEY",
    fallback: "",
    meaning:
      "An API key of your own, 32 or more visible characters; changing it revokes the former",
    example: "a long random text of your own making",
  },
  {
    name: "VIDGO_SECRET",
    fallback: "",
    meaning: "Root secret, 32 or more characters; else made once in the data folder",
    example: "the output of: openssl rand -hex 32",
  },
  {
    name: "DATABASE_URL",
    fallback: "",
    meaning: "PostgreSQL to use instead of the embedded database",
    example: "postgres://vidgo:secret@localhost/vidgo",
  },
  {
    name: "VIDGO_ROLE",
    fallback: "all",
    meaning: "What this process does: all, api (accept and answer) or worker (work on tasks)",
    example: "api",
  },
  {
    name: "VIDGO_OFFLINE",
    fallback: "auto",
    meaning: "Which live tasks the offline engine takes: auto, always or never",
    example: "never",
  },
  {
    name: "VIDGO_OFFLINE_WORKERS",
    fallback: "",
    meaning: "Threads that render offline, 1 to 64; else one less than the cores",
    example: "2",
  },
  {
    name: "VIDGO_OFFLINE_TIME",
    fallback: "real",
    meaning: "Whether stage directions that slow a task are waited for: real or instant",
    example: "instant",
  },
  {
    name: "VIDGO_OFFLINE_FPS",
    fallback: "24",
    meaning:
      "Frames a second of offline films, 6 to 30: fewer are sooner done and move less smoothly",
    example: "12",
  },
  {
    name: "VIDGO_OFFLINE_DECODER",
    fallback: "auto",
    meaning: "Whether the system's ffmpeg decodes clips for the offline engine: auto or off",
    example: "off",
  },
  {
    name: "VIDGO_ENCODER",
    fallback: "shipped",
    meaning:
      "Who encodes offline films: shipped, or ffmpeg for your own with x264 where there is one",
    example: "ffmpeg",
  },
  {
    name: "VIDGO_LOOPBACK_CALLBACKS",
    fallback: "auto",
    meaning: "Whether callbacks and inputs may name this machine: auto or never",
    example: "never",
  },
  {
    name: "VIDGO_CREDITS",
    fallback: "on",
    meaning: "Whether live tasks need a balance: on or off",
    example: "off",
  },
  {
    name: "VIDGO_UPLOAD_MEDIA",
    fallback: "off",
    meaning: "Whether films and sounds may be uploaded beside pictures: on or off",
    example: "on",
  },
  {
    name: "VIDGO_UPLOADS_PER_MINUTE",
    fallback: "5",
    meaning: "How many uploads a minute each key may send",
    example: "60",
  },
  {
    name: "VIDGO_DISK_FREE_MIB",
    fallback: "256",
    meaning:
      "Below so much free disk nothing new is taken in; at half of it nothing is bought, and a " +
      "quarter is never written to",
    example: "1024",
  },
  {
    name: "VIDGO_LIMITS",
    fallback: "on",
    meaning: "Whether keys other than the bootstrap key are limited: on or off",
    example: "off",
  },
  {
    name: "VIDGO_OPEN_TASKS",
    fallback: "1050",
    meaning: "Tasks of a project that may be queued or under way at once",
    example: "200",
  },
  {
    name: "VIDGO_CREDITS_PER_DAY",
    fallback: "10000",
    meaning: "Credits that a project may hold for tasks in a day (UTC)",
    example: "50000",
  },
  {
    name: "VIDGO_TRUSTED_PROXIES",
    fallback: "",
    meaning: "Networks of proxies whose X-Forwarded-For is believed",
    example: "10.0.0.0/8",
  },
  {
    name: "VIDGO_GRANT",
    fallback: "100000",
    meaning: "Credits that the first project starts with, and each of an open sign-up",
    example: "500",
  },
  {
    name: "VIDGO_SIGNUP",
    fallback: "invite",
    meaning: "Who may make an account in the console: with a link (invite), or anybody (open)",
    example: "open",
  },
  {
    name: "VIDGO_HARD_LIMIT_HOURS",
    fallback: "24",
    meaning: "When a task is closed at the latest, hours after its submit",
    example: "6",
  },
  {
    name: "VIDGO_LEASE_SECONDS",
    fallback: "30",
    meaning: "How long a node that died keeps its tasks from the others, 3 to 600",
    example: "10",
  },
  {
    name: "VIDGO_FILE_LIFE_HOURS",
    fallback: "24",
    meaning: "How long files live, hours after the end of their task",
    example: "72",
  },
  {
    name: "VIDGO_KEEP_MAX_DAYS",
    fallback: "30",
    meaning: "How long files can be kept in all when somebody asks, days; 0: not for longer",
    example: "90",
  },
  {
    name: "VIDGO_KEEP_INPUT_DAYS",
    fallback: "7",
    meaning: "How long prompt and input are kept, days after the end of their task, 0 to 90",
    example: "0",
  },
  {
    name: "VIDGO_CONFIG",
    fallback: "vidgo.config.json",
    meaning: "File of accounts, routes and prices: see docs/providers/README.md",
    example: "a path such as /etc/vidgo/config.json",
  },
  {
    name: "VIDGO_UPSTREAM_URL",
    fallback: "",
    meaning: "Another Vidgo-shaped host to buy from: see docs/providers/vidgo.md",
    example: "https://api.example.com",
  },
  {
    name: "VIDGO_UPSTREAM_KEY",
    fallback: "",
    meaning: "The API key of that host",
    example: "the key as that host shows it",
  },
  {
    name: "VIDGO_UPSTREAM_RESUBMIT",
    fallback: "blind",
    meaning: "What is safe after a lost answer: blind, or idempotency-key where it is honoured",
    example: "idempotency-key",
  },
  {
    name: "SD_SERVER_MODELS",
    fallback: "",
    meaning: "What runs on the server at SD_SERVER_URL: see docs/providers/sd-server.md",
    example: "z-image=z-image-turbo,sora-2=wan-2.2",
  },
  {
    name: "A1111_MODELS",
    fallback: "",
    meaning: "What runs on the server at A1111_URL: see docs/providers/a1111.md",
    example: "z-image=default",
  },
  {
    name: "COMFYUI_API",
    fallback: "classic",
    meaning: "What the server at COMFYUI_URL speaks: classic, or v2 for Comfy API v2",
    example: "v2",
  },
  {
    name: "COMFYUI_RESUBMIT",
    fallback: "find",
    meaning: "What a lost answer of ComfyUI leaves to do: find the job, or free to run again",
    example: "free",
  },
  {
    name: "KIE_MODELS",
    fallback: "",
    meaning: "What may go to an unofficial reseller: see docs/providers/kie.md",
    example: "grok-imagine=grok-imagine",
  },
  {
    name: "OPENAI_VIDEOS_BASE_URL",
    fallback: "",
    meaning: "A server of the videos protocol: see docs/providers/openai-videos.md",
    example: "http://10.0.0.5:8000",
  },
  {
    name: "OPENAI_VIDEOS_API_KEY",
    fallback: "",
    meaning: "The key of that server, if it has one",
    example: "the key as its operator gave it",
  },
  {
    name: "OPENAI_VIDEOS_MODELS",
    fallback: "",
    meaning: "What runs there: public models and the server's names for them",
    example: "sora-2=wan-2.2,grok-imagine=ltx-2",
  },
  {
    name: "OPENAI_VIDEOS_RESUBMIT",
    fallback: "reconcile",
    meaning: "What a lost answer leaves to do: reconcile by the list, blind, or free",
    example: "free",
  },
  {
    name: "OPENAI_VIDEOS_GRACE_SECONDS",
    fallback: "120",
    meaning: "How late that server may register a submit that it did not answer, 1 to 3600",
    example: "30",
  },
  {
    name: "VIDGO_LOG",
    fallback: "warn",
    meaning: "Lowest level that is logged: info, warn, error or silent",
    example: "info",
  },
];

/** What the environment says of a setting, without spaces around it, or else its fallback. */
export function settingOf(environment: Environment, name: string): string {
  const given = environment[name]?.trim() ?? "";
  return given === "" ? (SETTINGS.find((setting) => setting.name === name)?.fallback ?? "") : given;
}

/** A name that looks like a setting of ours and is none: most likely written wrongly. */
export interface StrangeSetting {
  readonly name: string;
  /** The setting that it resembles, or `null`. */
  readonly meant: string | null;
}

/** What looks like a setting of ours and is none, with what was most likely meant. */
export function strangeSettings(environment: Environment): readonly StrangeSetting[] {
  const known = [...SETTINGS.map(({ name }) => name), ...ELSEWHERE];
  return Object.keys(environment)
    .filter((name) => OURS.test(name) && !known.includes(name))
    .map((name) => ({ name, meant: meantBy(name, known) }));
}

function meantBy(name: string, known: readonly string[]): string | null {
  const bare = name.replace("VIDGO_", "");
  return known.includes(bare) ? bare : nearestName(name, known);
}

const OURS = /^VIDGO_(?!TEST_|GOLDEN$)/;

/** Read by the commands that talk to a gateway, and by the samples. */
const ELSEWHERE = ["VIDGO_URL", "VIDGO_KEY", "VIDGO_WEBHOOK_SECRET"];
