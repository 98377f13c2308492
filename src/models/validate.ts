import type { Ajv2020, ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { loadAjv } from "../lib/ajv.ts";
import { isJsonObject, type Json, type JsonObject } from "../lib/json.ts";
import { isMediaUrl } from "./media-url.ts";
import type { JsonSchema, Model, Refusal } from "./model.ts";
import { explain } from "./refusal.ts";
import { defaultsOf, isSchema, propertiesOf } from "./schema.ts";

/** Judges inputs against models. Keeps the compiled schemas, so make one and pass it around. */
export interface Validator {
  /** Checks the `input` of a request. Pure but for the compiled schemas it keeps. */
  check(model: Model, input: unknown): Verdict;
}

/** What the check gives. */
export type Verdict =
  /** Known members only, as they were given, and the defaults of absent ones. */
  | { readonly kind: "valid"; readonly input: JsonObject }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** Makes a validator; a schema is compiled when its model is first asked for. */
export function createValidator(): Validator {
  let ajv: Ajv2020 | null = null;
  const compiled = new Map<string, ValidateFunction>();

  function schemaOf(model: Model): ValidateFunction {
    const known = compiled.get(model.id);
    if (known !== undefined) return known;
    ajv ??= openAjv();
    const fresh = ajv.compile(model.input);
    compiled.set(model.id, fresh);
    return fresh;
  }

  return {
    check(model, input) {
      if (!isJsonObject(input)) return refused(misplacedInput(input));
      const given = normalised(model, withoutNulls(input));
      const complete = { ...defaultsOf(model.input), ...given };
      const validate = schemaOf(model);
      if (!validate(complete)) return refused(explain(model, chooseError(validate.errors)));
      const known = knownMembers(model.input, complete);
      const refusal = unstorableText(known) ?? firstBroken(model, known);
      return refusal === null ? { kind: "valid", input: known } : refused(refusal);
    },
  };
}

function openAjv(): Ajv2020 {
  const Ajv = loadAjv();
  return new Ajv({ strict: false, verbose: true, ownProperties: true }).addFormat(
    "uri",
    isMediaUrl,
  );
}

function refused(refusal: Refusal): Verdict {
  return { kind: "refused", refusal };
}

function misplacedInput(input: unknown): Refusal {
  const absent = input === undefined || input === null;
  return {
    field: "input",
    message: absent ? "input is required" : "input must be an object",
  };
}

/** Clients write `null` for what they leave out, in an object at any depth. */
function withoutNulls(input: JsonObject): JsonObject {
  const plain = Object.values(input).every(
    (value) => typeof value !== "object" && value !== undefined,
  );
  if (plain) return input;
  const members = Object.entries(input).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, withoutInnerNulls(value)]],
  );
  return Object.fromEntries(members);
}

function withoutInnerNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutInnerNulls);
  return isJsonObject(value) ? withoutNulls(value) : value;
}

function normalised(model: Model, input: JsonObject): JsonObject {
  return model.normalise === undefined ? input : model.normalise(input);
}

/**
 * The deepest truth is told last: alternatives report their branches first, then themselves. An
 * object has one branch only, so that what is wrong inside it says more than the list of branches.
 */
function chooseError(errors: readonly ErrorObject[] | null | undefined): ErrorObject | undefined {
  const last = errors?.at(-1);
  if (last?.keyword !== "anyOf" || last.instancePath === "" || !isJsonObject(last.data))
    return last;
  const { instancePath } = last;
  const inside = errors?.find(
    (error) =>
      error.instancePath.startsWith(`${instancePath}/`) ||
      (error.instancePath === instancePath && MEMBERSHIP.has(error.keyword)),
  );
  return inside ?? last;
}

/** What is wrong with the members of an object as a whole. */
const MEMBERSHIP: ReadonlySet<string> = new Set(["required", "additionalProperties"]);

function firstBroken(model: Model, input: JsonObject): Refusal | null {
  for (const rule of model.rules) {
    const refusal = rule.check(input);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** Keeps what the schema names, in its order, at every depth that it describes. */
function knownMembers(schema: JsonSchema, input: JsonObject): JsonObject {
  const properties = propertiesOf(schema);
  const kept: Record<string, Json | undefined> = {};
  for (const name of Object.keys(properties)) {
    if (Object.hasOwn(input, name)) kept[name] = knownPart(properties[name] ?? {}, input[name]);
  }
  return kept;
}

function knownPart(schema: JsonSchema, value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) {
    const items = schema.items;
    return isSchema(items) ? value.map((item: Json) => knownPart(items, item) ?? null) : value;
  }
  if (!isJsonObject(value)) return value;
  const branches = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isSchema) : [schema];
  const described = branches.find((branch) => isSchema(branch.properties));
  return described === undefined ? value : knownMembers(described, value);
}

/** No database keeps U+0000 or half a surrogate pair faithfully, and no prompt needs them. */
function unstorableText(value: Json | undefined, field = "input"): Refusal | null {
  if (typeof value === "string") {
    if (value.isWellFormed() && !value.includes("\u0000")) return null;
    return { field, message: `${field} must be well-formed Unicode text without U+0000` };
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const path = Array.isArray(value) ? `${field}[${name}]` : below(field, name);
    const refusal = unstorableText(member, path);
    if (refusal !== null) return refusal;
  }
  return null;
}

function below(field: string, name: string): string {
  return field === "input" ? name : `${field}.${name}`;
}
