import { isJsonObject, type Json, type JsonObject } from "../../src/lib/json.ts";
import type { JsonSchema, Model } from "../../src/models/model.ts";
import { NOT_BLANK } from "../../src/models/pieces.ts";
import { isSchema, propertiesOf } from "../../src/models/schema.ts";

/** One documented limit of one member: values at its edge, and one beyond it. */
export interface Boundary {
  /** `duration maximum 15`, `multi_prompt[0].prompt maxLength 2500`. */
  readonly name: string;
  /** The member of the input that it is about. */
  readonly member: string;
  /** Values of the member that just keep the limit; empty where only a refusal is possible. */
  readonly accepted: readonly Json[];
  /** A value that just breaks it; `undefined` takes the member away. */
  readonly refused: Json | undefined;
}

/** All limits that the schema of a model states, each with its edge values. */
export function boundariesOf(model: Model): readonly Boundary[] {
  const required = Array.isArray(model.input.required) ? model.input.required : [];
  return Object.entries(propertiesOf(model.input)).flatMap(([member, schema]) => {
    const edges = edgesOf(schema).map((edge) => ({
      name: `${member}${edge.name}`,
      member,
      accepted: edge.accepted,
      refused: edge.refused,
    }));
    return required.includes(member)
      ? [...edges, { name: `${member} required`, member, accepted: [], refused: undefined }]
      : edges;
  });
}

/** Puts a value into an input, or takes the member away. */
export function withMember(input: JsonObject, member: string, value: Json | undefined): JsonObject {
  const rest = Object.entries(input).filter(([name]) => name !== member);
  return Object.fromEntries(value === undefined ? rest : [...rest, [member, value]]);
}

interface Edge {
  readonly name: string;
  readonly accepted: readonly Json[];
  readonly refused: Json;
}

function edgesOf(schema: JsonSchema): readonly Edge[] {
  if (schema.not !== undefined) return [{ name: " not", accepted: [], refused: "anything" }];
  if (Array.isArray(schema.anyOf)) return alternativeEdges(schema.anyOf.filter(isSchema));
  if (Array.isArray(schema.enum)) return choiceEdges(schema.enum);
  if (schema.type === "array") return listEdges(schema);
  if (schema.type === "object") return memberEdges(schema);
  if (schema.type === "boolean") {
    return [{ name: " type", accepted: [true, false], refused: "true" }];
  }
  return schema.type === "string" ? textEdges(schema) : numberEdges(schema);
}

function choiceEdges(choices: readonly Json[]): readonly Edge[] {
  const numbers = choices.filter((choice) => typeof choice === "number");
  const other = numbers.length > 0 ? Math.max(...numbers) + 1 : `${choices[0]}?`;
  return [{ name: ` enum ${choices.join(" ")}`, accepted: choices, refused: other }];
}

function alternativeEdges(branches: readonly JsonSchema[]): readonly Edge[] {
  const accepted = branches.flatMap((branch) => (Array.isArray(branch.enum) ? branch.enum : []));
  return [{ name: " anyOf", accepted, refused: "neither" }];
}

function textEdges(schema: JsonSchema): readonly Edge[] {
  const type: Edge = { name: " type", accepted: [], refused: 7 };
  const { maxLength, minLength, format, pattern } = schema;
  if (format === "uri") return [type, ...addressEdges(Number(maxLength))];
  return [
    type,
    ...(typeof maxLength === "number"
      ? [
          {
            name: ` maxLength ${maxLength}`,
            accepted: [long(maxLength)],
            refused: long(maxLength + 1),
          },
        ]
      : []),
    ...(minLength === 1 ? [{ name: " minLength 1", accepted: ["x"], refused: "" }] : []),
    ...(pattern === NOT_BLANK ? [{ name: " blank", accepted: [" x "], refused: " \n\u00a0" }] : []),
  ];
}

function addressEdges(lengthMax: number): readonly Edge[] {
  const start = "https://media.example.com/";
  return [
    {
      name: ` maxLength ${lengthMax}`,
      accepted: [start + long(lengthMax - start.length)],
      refused: start + long(lengthMax - start.length + 1),
    },
    { name: " format", accepted: [`${start}1.jpg`], refused: "file:///etc/hosts" },
    { name: " user", accepted: [], refused: "https://me:secret@media.example.com/1.jpg" },
  ];
}

function numberEdges(schema: JsonSchema): readonly Edge[] {
  const step = schema.type === "integer" ? 1 : 0.01;
  const { minimum, maximum } = schema;
  return [
    { name: " type", accepted: [], refused: "7" },
    ...(schema.type === "integer" ? [{ name: " integer", accepted: [], refused: 7.5 }] : []),
    ...(typeof minimum === "number"
      ? [{ name: ` minimum ${minimum}`, accepted: [minimum], refused: minimum - step }]
      : []),
    ...(typeof maximum === "number"
      ? [{ name: ` maximum ${maximum}`, accepted: [maximum], refused: maximum + step }]
      : []),
  ];
}

function listEdges(schema: JsonSchema): readonly Edge[] {
  const items = isSchema(schema.items) ? schema.items : {};
  const { minItems, maxItems } = schema;
  const inner = maxItems === 0 ? [] : edgesOf(items).map((edge) => inList(edge, minItems));
  return [
    { name: " type", accepted: [], refused: "no list" },
    ...(typeof minItems === "number"
      ? [
          {
            name: ` minItems ${minItems}`,
            accepted: [list(items, minItems)],
            refused: list(items, minItems - 1),
          },
        ]
      : []),
    ...(typeof maxItems === "number"
      ? [
          {
            name: ` maxItems ${maxItems}`,
            accepted: [list(items, maxItems)],
            refused: list(items, maxItems + 1),
          },
        ]
      : []),
    ...inner,
  ];
}

/** The edge in the first element, in a list that is as long as it must be. */
function inList(edge: Edge, minItems: unknown): Edge {
  const length = typeof minItems === "number" ? Math.max(1, minItems) : 1;
  const filled = (value: Json): Json => Array.from({ length }, () => value);
  return {
    name: `[0]${edge.name}`,
    accepted: edge.accepted.map(filled),
    refused: filled(edge.refused),
  };
}

function memberEdges(schema: JsonSchema): readonly Edge[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const whole = sampleWith(schema, name);
    return edgesOf(property).map((edge) => ({
      name: `.${name}${edge.name}`,
      accepted: edge.accepted.map((value) => withMember(whole, name, value)),
      refused: withMember(whole, name, edge.refused),
    }));
  });
}

/** An object that has the member already, if the schema's examples offer one. */
function sampleWith(schema: JsonSchema, name: string): JsonObject {
  const examples = Array.isArray(schema.examples) ? schema.examples.filter(isJsonObject) : [];
  const fitting = examples.find((example) => Object.hasOwn(example, name)) ?? examples[0];
  return fitting ?? requiredMembers(schema);
}

/** A plain value that keeps the schema. */
function sampleOf(schema: JsonSchema): Json {
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (schema.type === "array") return list(isSchema(schema.items) ? schema.items : {}, 1);
  if (schema.type === "object") return sampleWith(schema, "");
  if (schema.type === "boolean") return false;
  if (schema.format === "uri") return "https://media.example.com/1.jpg";
  return schema.type === "string" ? "x" : Number(schema.minimum ?? 0);
}

function requiredMembers(schema: JsonSchema): JsonObject {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.fromEntries(
    Object.entries(propertiesOf(schema))
      .filter(([name]) => required.includes(name))
      .map(([name, property]) => [name, sampleOf(property)]),
  );
}

function list(items: JsonSchema, length: number): Json {
  return Array.from({ length }, () => sampleOf(items));
}

function long(length: number): string {
  return "x".repeat(length);
}
