import { faults } from "../strings/en/faults.ts";
import type { Schema } from "./schema.ts";

/** Something in a value that its schema does not allow. */
export interface Fault {
  /** A JSON pointer: `/multi_prompt/0/duration`; empty for the value itself. */
  readonly pointer: string;
  /** What is wrong and what is accepted. */
  readonly text: string;
}

/**
 * Holds a value against a schema, keyword by keyword, without making code of it: the policy of the
 * page forbids that. The gateway judges again; this is what can be said while somebody types.
 */
export function judge(schema: Schema, value: unknown, pointer = ""): readonly Fault[] {
  const at = (text: string): Fault => ({ pointer, text });
  const found: Fault[] = [];
  if (schema.type !== undefined && !isOfType(value, schema.type)) {
    return [at(faults.type([schema.type].flat()))];
  }
  if (schema.enum !== undefined && !schema.enum.some((each) => isSame(each, value))) {
    found.push(at(faults.choice(schema.enum.map(String))));
  }
  if ("const" in schema && !isSame(schema.const, value)) {
    found.push(at(faults.choice([String(schema.const)])));
  }
  if (typeof value === "string") found.push(...judgeText(schema, value).map(at));
  if (typeof value === "number") found.push(...judgeNumber(schema, value).map(at));
  if (Array.isArray(value)) found.push(...judgeList(schema, value, pointer));
  else if (isRecord(value)) found.push(...judgeObject(schema, value, pointer));
  return [...found, ...judgeBranches(schema, value, pointer)];
}

/** Whether a value keeps a schema. */
export function keeps(schema: Schema | boolean, value: unknown): boolean {
  if (typeof schema === "boolean") return schema;
  return judge(schema, value).length === 0;
}

/** Whether something is an object of JSON. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Length as schemas count it: characters beyond the first plane are one. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Whether two values of JSON are the same. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right) || left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((each, at) => isSame(each, right[at]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]))
  );
}

function isOfType(value: unknown, type: string | readonly string[]): boolean {
  return [type].flat().some((word) => {
    switch (word) {
      case "null":
        return value === null;
      case "array":
        return Array.isArray(value);
      case "object":
        return isRecord(value);
      case "integer":
        return typeof value === "number" && Number.isInteger(value);
      case "number":
        return typeof value === "number" && Number.isFinite(value);
      default:
        return typeof value === word;
    }
  });
}

function judgeText(schema: Schema, value: string): readonly string[] {
  const { minLength, maxLength, pattern, format } = schema;
  const found: string[] = [];
  const length = lengthOf(value);
  if (minLength !== undefined && length < minLength) {
    found.push(length === 0 ? faults.required : faults.tooShort(minLength, length));
  }
  if (maxLength !== undefined && length > maxLength) found.push(faults.tooLong(maxLength, length));
  const isUrl = format === "uri";
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) {
    if (isUrl) found.push(faults.url);
    else if (value.trim() !== "") found.push(faults.pattern(pattern));
    else if (length > 0 || minLength === undefined) found.push(faults.required);
  } else if (isUrl && !isWebUrl(value)) found.push(faults.url);
  return found;
}

/** A shape that may be an address of the web; whether it can be reached the gateway tells. */
function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text) && URL.canParse(text);
}

function judgeNumber(schema: Schema, value: number): readonly string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const under =
    (minimum !== undefined && value < minimum) ||
    (exclusiveMinimum !== undefined && value <= exclusiveMinimum);
  const over =
    (maximum !== undefined && value > maximum) ||
    (exclusiveMaximum !== undefined && value >= exclusiveMaximum);
  const found: string[] = [];
  if (under || over) {
    found.push(faults.range(minimum ?? exclusiveMinimum, maximum ?? exclusiveMaximum));
  }
  if (multipleOf !== undefined && !Number.isInteger(Number((value / multipleOf).toPrecision(12)))) {
    found.push(faults.multiple(multipleOf));
  }
  return found;
}

function judgeList(schema: Schema, list: readonly unknown[], pointer: string): readonly Fault[] {
  const { minItems, maxItems, uniqueItems, items } = schema;
  const found: Fault[] = [];
  if (minItems !== undefined && list.length < minItems) {
    found.push({ pointer, text: faults.tooFew(minItems, list.length) });
  }
  if (maxItems !== undefined && list.length > maxItems) {
    found.push({ pointer, text: faults.tooMany(maxItems, list.length) });
  }
  if (uniqueItems === true) {
    const twice = list.some((each, at) => list.slice(0, at).some((before) => isSame(before, each)));
    if (twice) found.push({ pointer, text: faults.twice });
  }
  if (items === undefined) return found;
  return [...found, ...list.flatMap((each, at) => judge(items, each, `${pointer}/${at}`))];
}

function judgeObject(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  pointer: string,
): readonly Fault[] {
  const { required = [], properties = {}, additionalProperties, dependentRequired = {} } = schema;
  const has = (name: string): boolean => Object.hasOwn(value, name);
  const missing = (name: string): Fault => ({
    pointer: `${pointer}/${escaped(name)}`,
    text: faults.required,
  });
  const found = required.filter((name) => !has(name)).map(missing);
  for (const [name, needed] of Object.entries(dependentRequired)) {
    if (has(name)) found.push(...needed.filter((each) => !has(each)).map(missing));
  }
  for (const [name, member] of Object.entries(value)) {
    const below = `${pointer}/${escaped(name)}`;
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own !== undefined) found.push(...judge(own, member, below));
    else if (additionalProperties === false) found.push({ pointer: below, text: faults.unknown });
    else if (isRecord(additionalProperties)) {
      found.push(...judge(additionalProperties, member, below));
    }
  }
  return found;
}

function judgeBranches(schema: Schema, value: unknown, pointer: string): readonly Fault[] {
  const at = (text: string): readonly Fault[] => [{ pointer, text }];
  const { allOf = [], anyOf, oneOf, not } = schema;
  const found = allOf.flatMap((each) => judge(each, value, pointer));
  if (anyOf !== undefined && !anyOf.some((each) => keeps(each, value))) {
    found.push(...explainBranches(anyOf, value, pointer));
  }
  if (oneOf !== undefined && oneOf.filter((each) => keeps(each, value)).length !== 1) {
    found.push(...explainBranches(oneOf, value, pointer));
  }
  if (not !== undefined && keeps(not, value)) found.push(...at(faults.notHere));
  if (schema.if === undefined) return found;
  const then = keeps(schema.if, value) ? schema.then : schema.else;
  return then === undefined ? found : [...found, ...judge(then, value, pointer)];
}

/** Branches that only differ in what they require are told as one sentence. */
function explainBranches(
  branches: readonly Schema[],
  value: unknown,
  pointer: string,
): readonly Fault[] {
  const names = branches.flatMap(({ required = [] }) => required);
  if (names.length > 0 && isRecord(value)) return [{ pointer, text: faults.atLeastOne(names) }];
  const ofType = branches.filter(({ type }) => type === undefined || isOfType(value, type));
  const choices = ofType.flatMap((branch) => branch.enum ?? []).map(String);
  const patterns = ofType.flatMap(({ pattern }) => pattern ?? []);
  return [{ pointer, text: faults.branches(choices, patterns) }];
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
