import { API_ERRORS } from "../../core/error.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { JsonSchema, Model } from "../../models/model.ts";
import type { HttpServices } from "../services.ts";
import { DOOR_OPERATIONS } from "./door-operations.ts";
import { DOOR_BODIES, DOOR_SCHEMAS } from "./door-schemas.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { PEOPLE_OPERATIONS } from "./people-operations.ts";
import { PEOPLE_BODIES, PEOPLE_SCHEMAS } from "./people-schemas.ts";
import { ANSWER_SCHEMAS } from "./schemas.ts";
import { UPLOAD_PATHS, UPLOAD_SCHEMAS } from "./uploads.ts";
import { VIEW_EXAMPLES } from "./view-examples.ts";
import { VIEW_OPERATIONS } from "./view-operations.ts";
import { VIEW_BODIES, VIEW_SCHEMAS } from "./view-schemas.ts";

/** What the document is made of. */
export type DocumentSource = Pick<HttpServices, "catalogue"> & {
  readonly settings: Pick<HttpServices["settings"], "version" | "publicUrl">;
};

/** Writes the API as an OpenAPI 3.1 document: one request schema and its examples a model. */
export function openApiDocument(source: DocumentSource): JsonSchema {
  const { models } = source.catalogue;
  return {
    openapi: "3.1.1",
    info: {
      title: "Vidgo gateway",
      version: source.settings.version,
      summary: "Generated images, videos and music behind one API",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: source.settings.publicUrl }],
    security: [{ key: [] }, { session: [], project: [] }],
    paths: pathsOf(models),
    components: {
      securitySchemes: SECURITY,
      schemas: {
        ...ANSWER_SCHEMAS,
        ...DOOR_SCHEMAS,
        ...VIEW_SCHEMAS,
        ...PEOPLE_SCHEMAS,
        ...UPLOAD_SCHEMAS,
        ...Object.fromEntries(models.map(submitSchema)),
      },
    },
  };
}

const ALL_OPERATIONS: readonly Operation[] = [
  ...OPERATIONS,
  ...DOOR_OPERATIONS,
  ...VIEW_OPERATIONS,
  ...PEOPLE_OPERATIONS,
];

function pathsOf(models: readonly Model[]): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of ALL_OPERATIONS) {
    const path = paths[operation.path] ?? {};
    path[operation.method] = describe(operation, models);
    paths[operation.path] = path;
  }
  return {
    ...paths,
    ...UPLOAD_PATHS,
    "/api/generate/status/{task_id}/events": { get: STATUS_EVENTS },
    "/api/tasks/archive": { get: ARCHIVE },
    "/files/{name}": { get: FILES },
    "/previews/{name}": { get: PREVIEWS },
  };
}

function describe(operation: Operation, models: readonly Model[]): JsonSchema {
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(operation.guarded ? {} : { security: [] }),
    parameters: operation.parameters.map((parameter) => ({
      ...parameter,
      schema: { type: "string" },
    })),
    ...(operation.submitBody ? { requestBody: submitRequest(models) } : {}),
    ...bodyOf(operation),
    ...(operation.id === "submit" ? { callbacks: CALLBACKS } : {}),
    responses: {
      "200": { description: "Success.", content: answerOf(operation) },
      ...Object.fromEntries(errorsOf(operation).map(errorResponse)),
    },
  };
}

const SECURITY: JsonSchema = {
  key: { type: "http", scheme: "bearer" },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-vidgo_session",
    description: "Set by signing in. A POST also wants X-Vidgo-Console: 1 and our own origin.",
  },
  project: {
    type: "apiKey",
    in: "header",
    name: "X-Vidgo-Project",
    description: "The id of the project for which a session asks.",
  },
};

/** The answer with an example where there is one. */
function answerOf({ answer }: Operation): JsonSchema {
  const data = VIEW_EXAMPLES[answer];
  const example = data === undefined ? {} : { example: { code: 200, data } };
  return { "application/json": { schema: ref(answer), ...example } };
}

function bodyOf({ id }: Operation): JsonSchema {
  const schema = DOOR_BODIES[id] ?? VIEW_BODIES[id] ?? PEOPLE_BODIES[id];
  return schema === undefined ? {} : { requestBody: { required: true, content: json(schema) } };
}

function errorsOf(operation: Operation): readonly number[] {
  const always = operation.guarded ? [401, 429, 500] : [500];
  return [...new Set([...operation.errors, ...always])].sort();
}

function errorResponse(status: number): [string, JsonSchema] {
  const known = Object.values(API_ERRORS).filter((error) => error.status === status);
  const types = known.map((error) => error.type).join(", ");
  return [String(status), { description: `Error: ${types}.`, content: json(ref("Error")) }];
}

function submitRequest(models: readonly Model[]): JsonSchema {
  const examples = models.flatMap((model) =>
    model.examples.map((input, index) => [
      index === 0 ? componentOf(model.id) : `${componentOf(model.id)}-${index + 1}`,
      { summary: model.id, value: { model: model.id, input } },
    ]),
  );
  const refs = models.map((model) => ref(submitName(model.id)));
  const mapping = models.map((model) => [model.id, ref(submitName(model.id)).$ref]);
  return {
    required: true,
    content: {
      "application/json": {
        schema: {
          oneOf: refs,
          discriminator: { propertyName: "model", mapping: Object.fromEntries(mapping) },
        },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function submitSchema(model: Model): [string, JsonSchema] {
  const price = model.price === null ? "" : ` Price: ${model.price.summary}.`;
  const schema = {
    type: "object",
    description: `${model.summary}${price}`,
    ...(model.deprecation === null ? {} : { deprecated: true }),
    "x-media": model.media,
    required: ["model", "input"],
    properties: {
      model: { const: model.id },
      input: model.input,
      callback_url: { type: ["string", "null"], format: "uri", maxLength: 2048 },
    },
    ...(model.strictBody === true ? { additionalProperties: false } : {}),
  };
  return [submitName(model.id), schema];
}

const CALLBACKS: JsonSchema = {
  ended: {
    "{$request.body#/callback_url}": {
      post: {
        summary: "Sent when the task has ended, once the status endpoint shows it.",
        requestBody: { content: json(ref("Callback")) },
        responses: { "2XX": { description: "Received." } },
      },
    },
  },
};

const FILES: JsonSchema = {
  operationId: "file",
  summary: "The bytes of a file. The name is unguessable and needs no key.",
  security: [],
  parameters: [{ name: "name", in: "path", required: true, schema: { type: "string" } }],
  responses: {
    "200": { description: "The file.", content: { "*/*": {} } },
    "206": { description: "The range that was asked for.", content: { "*/*": {} } },
    "304": { description: "Unchanged." },
    ...Object.fromEntries([404, 410, 416].map(errorResponse)),
  },
};

const STATUS_EVENTS: JsonSchema = {
  operationId: "statusEvents",
  summary:
    "A task as a stream of events named status: how it stands now, and after each change, as " +
    "its status tells it. The end of the task ends it.",
  parameters: [
    {
      name: "task_id",
      in: "path",
      required: true,
      description: "The id that the submit gave.",
      schema: { type: "string" },
    },
  ],
  responses: {
    "200": { description: "The stream.", content: { "text/event-stream": {} } },
    ...Object.fromEntries([401, 403, 404, 429, 500].map(errorResponse)),
  },
};

const ARCHIVE: JsonSchema = {
  operationId: "archive",
  summary: "The files of some tasks that still live, as one zip of at most 4 GB.",
  parameters: [
    {
      name: "task_id",
      in: "query",
      required: true,
      description: "Ids of up to 100 tasks with commas between them.",
      schema: { type: "string" },
    },
  ],
  responses: {
    "200": { description: "The archive.", content: { "application/zip": {} } },
    ...Object.fromEntries([400, 401, 403, 404, 410, 429, 500].map(errorResponse)),
  },
};

const PREVIEWS: JsonSchema = {
  operationId: "preview",
  summary:
    "A small picture of a file as WebP, or the loudness of a sound as JSON: seconds, and peaks, " +
    "which holds the lowest and highest value of up to 800 equal parts in turn, -127 to 127. " +
    "404 when none can be made: a film of others needs ffmpeg on the server.",
  security: [],
  parameters: [{ name: "name", in: "path", required: true, schema: { type: "string" } }],
  responses: {
    "200": { description: "The preview.", content: { "image/webp": {}, "application/json": {} } },
    "304": { description: "Unchanged." },
    ...Object.fromEntries([404, 410, 503].map(errorResponse)),
  },
};

function submitName(id: string): string {
  return `Submit-${componentOf(id)}`;
}

function componentOf(id: string): string {
  return id.replace(/[^A-Za-z0-9._-]/g, "_");
}

function json(schema: JsonObject | JsonSchema): JsonSchema {
  return { "application/json": { schema } };
}

function ref(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
