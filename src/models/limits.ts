import type { JsonSchema, Model } from "./model.ts";
import { isSchema, propertiesOf } from "./schema.ts";

/** What one member of an input may be, as far as its schema bounds it; absent: not bounded. */
export interface MemberLimits {
  readonly required: boolean;
  /** Bounds of a number, both ends included. */
  readonly min?: number;
  readonly max?: number;
  /** Characters of a text. */
  readonly lengthMin?: number;
  readonly lengthMax?: number;
  /** Elements of a list. */
  readonly itemsMin?: number;
  readonly itemsMax?: number;
  /** All values that are taken by their names; others may fit beside them, as pixels do. */
  readonly values?: readonly (string | number)[];
}

/** The bounds of all members of a model's input, in the order of its schema. */
export function limitsOf(model: Model): Readonly<Record<string, MemberLimits>> {
  const required = Array.isArray(model.input.required) ? model.input.required : [];
  const members = Object.entries(propertiesOf(model.input)).flatMap(([name, schema]) =>
    schema.not === undefined
      ? [[name, { required: required.includes(name), ...boundsOf(schema) }] as const]
      : [],
  );
  return Object.fromEntries(members);
}

function boundsOf(schema: JsonSchema): Omit<MemberLimits, "required"> {
  const values = valuesOf(schema);
  return {
    ...bound("min", schema.minimum),
    ...bound("max", schema.maximum),
    ...bound("lengthMin", schema.minLength),
    ...bound("lengthMax", schema.maxLength),
    ...bound("itemsMin", schema.minItems),
    ...bound("itemsMax", schema.maxItems),
    ...(values.length === 0 ? {} : { values }),
  };
}

function bound<Name extends string>(name: Name, value: unknown): { [K in Name]?: number } {
  const none: { [K in Name]?: number } = {};
  return typeof value === "number" ? { ...none, [name]: value } : none;
}

function valuesOf(schema: JsonSchema): readonly (string | number)[] {
  const branches = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isSchema) : [schema];
  return branches.flatMap(({ enum: values }) =>
    Array.isArray(values)
      ? values.filter((value) => typeof value === "string" || typeof value === "number")
      : [],
  );
}
