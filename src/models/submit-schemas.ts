import type { Catalogue } from "./catalogue.ts";
import type { JsonSchema, Model } from "./model.ts";

/** JSON Schema 2020-12 of the submit body, in parts that an OpenAPI document takes over. */
export interface SubmitSchemas {
  /** One of the components, told apart by `model`. */
  readonly body: JsonSchema;
  /** A schema a model, with its examples, by component name. */
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/** Describes what may be submitted, model by model. References point to `#/components/schemas`. */
export function submitSchemas(catalogue: Catalogue): SubmitSchemas {
  const named = catalogue.models.map((model) => ({ model, ref: reference(model) }));
  return {
    body: {
      oneOf: named.map(({ ref }) => ({ $ref: ref })),
      discriminator: {
        propertyName: "model",
        mapping: Object.fromEntries(named.map(({ model, ref }) => [model.id, ref])),
      },
    },
    components: Object.fromEntries(
      catalogue.models.map((model) => [submitSchemaName(model.id), submitSchema(model)]),
    ),
  };
}

/** The component name of a model; OpenAPI allows no slash in it. */
export function submitSchemaName(id: string): string {
  return `Submit.${id.replaceAll("/", ".")}`;
}

/** The body that submits to one model. */
export function submitSchema(model: Model): JsonSchema {
  return {
    title: model.id,
    description: model.summary,
    type: "object",
    required: ["model", "input"],
    properties: {
      model: { type: "string", const: model.id },
      input: model.input,
      callback_url: {
        type: ["string", "null"],
        format: "uri",
        description: "Where the end of the task is announced.",
      },
    },
    ...(model.strictBody === true ? { additionalProperties: false } : {}),
    ...(model.deprecation === null ? {} : { deprecated: true }),
    examples: model.examples.map((input) => ({ model: model.id, input })),
  };
}

function reference(model: Model): string {
  return `#/components/schemas/${submitSchemaName(model.id)}`;
}
