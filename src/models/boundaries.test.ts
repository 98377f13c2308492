import assert from "node:assert/strict";
import { test } from "node:test";
import { boundariesOf, withMember } from "../../test/golden/models-boundaries.ts";
import { many, PICTURE } from "../../test/golden/refused-request.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { createCatalogue } from "./catalogue.ts";
import type { Model } from "./model.ts";
import { createValidator } from "./validate.ts";

const SEEDANCE = { prompt: "A fox", duration: 5, resolution: "480p" };

const validator = createValidator();

for (const model of createCatalogue().models) {
  test(`check() keeps every limit of ${model.id} to the edge`, () => {
    const boundaries = boundariesOf(model);
    assert.ok(boundaries.length > 0);
    for (const { name, member, accepted, refused } of boundaries) {
      for (const value of accepted) {
        const unreachable = UNREACHABLE[`${model.id} ${member}`]?.includes(value) === true;
        const wanted = unreachable ? "refused" : "accepted";
        assert.equal(outcome(model, member, value), wanted, `${name}: ${short(value)}`);
      }
      for (const base of basesOf(model)) {
        const verdict = validator.check(model, withMember(base, member, refused));
        assert.ok(verdict.kind === "refused", `${name}: ${short(refused)} is accepted`);
      }
    }
  });
}

/** The value stands in at least one of the documented inputs, or in one made for its sake. */
function outcome(model: Model, member: string, value: Json): "accepted" | "refused" {
  const fits = basesOf(model).some(
    (base) => validator.check(model, withMember(base, member, value)).kind === "valid",
  );
  return fits ? "accepted" : "refused";
}

/** Inputs around which a limit can be reached, where no documented one lets it. */
const FURTHER_BASES: Readonly<Record<string, readonly JsonObject[]>> = {
  "veo3.1-fast": [1, 3].map((count) => ({ prompt: "A fox", image_urls: many(PICTURE, count) })),
  "veo3.1-quality": [1, 3].map((count) => ({ prompt: "A fox", image_urls: many(PICTURE, count) })),
  "veo3.1-fast-official": [
    { prompt: "A fox" },
    { prompt: "A fox", image_urls: [PICTURE] },
    { prompt: "A fox", image_urls: many(PICTURE, 3) },
  ],
  "veo3.1-lite-official": [{ prompt: "A fox" }, { prompt: "A fox", image_urls: [PICTURE] }],
  "veo3.1-quality-official": [{ prompt: "A fox" }, { prompt: "A", image_urls: [PICTURE] }],
  "kling-3.0/standard": klingBases(),
  "kling-3.0/pro": klingBases(),
  "kling-2.6": [{ prompt: "A fox", sound: false, duration: 5, image_urls: [PICTURE] }],
  "seedance-2": [SEEDANCE, { ...SEEDANCE, reference_image_urls: [PICTURE] }],
  "seedance-2-fast": [SEEDANCE, { ...SEEDANCE, reference_image_urls: [PICTURE] }],
};

/** Values that the documented schema names and a rule of the same page always refuses. */
const UNREACHABLE: Readonly<Record<string, readonly Json[]>> = {
  "veo3.1-lite-official generation_type": ["reference"],
  "veo3.1-lite-official resolution": ["4k"],
  "seedream-4-edit n": [15],
};

function basesOf(model: Model): readonly JsonObject[] {
  return [...model.examples, ...(FURTHER_BASES[model.id] ?? [])];
}

function klingBases(): readonly JsonObject[] {
  const shots = { multi_shots: true, multi_prompt: [{ prompt: "A door opens", duration: 12 }] };
  return [
    { prompt: "A fox", duration: 5, image_urls: [PICTURE] },
    { ...shots, duration: 12 },
    { ...shots, duration: 1 },
    { ...shots, duration: 3 },
  ];
}

function short(value: Json | undefined): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 80);
}
