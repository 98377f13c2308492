import type { JsonSchema } from "../models/model.ts";

const NAME: JsonSchema = { type: "string", pattern: "^[a-z0-9][a-z0-9-]{0,63}$" };
const MODEL: JsonSchema = { type: "string", minLength: 1, maxLength: 128 };
const CREDITS: JsonSchema = { type: "number", minimum: 0, maximum: 1_000_000 };

const ACCOUNT: JsonSchema = {
  type: "object",
  description: "An account at a provider. Keys stay in the environment.",
  required: ["provider"],
  additionalProperties: false,
  properties: {
    provider: { ...NAME, description: "Whose account it is, such as openai-images." },
    key_env: {
      type: "string",
      pattern: "^[A-Z][A-Z0-9_]*$",
      description: "The variable that holds its key; the provider's own one unless said.",
    },
    base_url: { type: "string", pattern: "^https?://", description: "Where its server is." },
    concurrency: {
      type: "integer",
      minimum: 1,
      maximum: 10_000,
      description: "Jobs under way at a time, in each process.",
    },
    rate_per_minute: {
      type: "integer",
      minimum: 1,
      maximum: 1_000_000,
      description: "Submits within a minute, in each process.",
    },
  },
};

const MAPPING: JsonSchema = {
  type: "object",
  description: "How the upstream is asked, for providers that are told by data.",
  required: ["input", "output"],
  additionalProperties: false,
  properties: {
    input: {
      type: ["object", "string"],
      description:
        "What is sent, with {member}, {member.0}, {member|text}, {member|number}, {member|file} " +
        'and {"$of": "member", "value": …} for the input; or the name of a file that holds it.',
    },
    output: {
      type: "string",
      minLength: 1,
      description: "Where the results are in the answer: images.*.url.",
    },
    ignore: {
      type: "array",
      uniqueItems: true,
      items: MODEL,
      description: "Members of the input that may be left out; tasks note it.",
    },
    recorded: {
      type: "string",
      minLength: 1,
      description: "A file with an answer of the upstream, to try output on.",
    },
  },
};

const ROUTE: JsonSchema = {
  type: "object",
  description: "One way to serve a model.",
  required: ["provider"],
  additionalProperties: false,
  properties: {
    provider: { ...NAME, description: "Who serves it." },
    account: { ...NAME, description: "Which account pays; the provider's first unless said." },
    upstream_model: { ...MODEL, description: "The provider's name for the model." },
    on_ambiguous: {
      enum: ["fail", "retry"],
      default: "fail",
      description: "After a submit without an answer: fail, or buy again and perhaps pay twice.",
    },
    substitute: {
      enum: ["allow", "none"],
      description: "allow: another model than the one named, shown in each task. none: the same.",
    },
    mapping: MAPPING,
  },
};

const PRICE: JsonSchema = {
  description: "Credits a task, or by image or by second.",
  anyOf: [
    CREDITS,
    ...["per_request", "per_image", "per_second"].map((unit) => ({
      type: "object",
      required: [unit],
      additionalProperties: false,
      properties: { [unit]: CREDITS },
    })),
  ],
};

/** The schema of the operator's file; editors complete and check by it. */
export const CONFIG_SCHEMA: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "vidgo.config.json",
  type: "object",
  additionalProperties: false,
  properties: {
    $schema: { type: "string" },
    accounts: {
      type: "object",
      description: "Accounts by a name of your own; part of each task, so never rename one in use.",
      propertyNames: NAME,
      additionalProperties: ACCOUNT,
    },
    order: {
      type: "array",
      description: "Providers in the order in which their default routes are tried.",
      uniqueItems: true,
      items: NAME,
    },
    routes: {
      type: "object",
      description: "The whole list of routes of a model, in place of the default ones.",
      additionalProperties: { type: "array", items: ROUTE },
    },
    substitute: {
      type: "array",
      description: "Models that were shut down and may be served by another one.",
      uniqueItems: true,
      items: MODEL,
    },
    prices: {
      type: "object",
      description: "What live keys pay, in place of the price of the catalogue.",
      additionalProperties: PRICE,
    },
  },
};
