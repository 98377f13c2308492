import assert from "node:assert/strict";
import { after, test } from "node:test";
import { isJsonObject, type JsonObject, parseJson } from "../../src/lib/json.ts";
import { createCatalogue } from "../../src/models/catalogue.ts";
import type { Model, TimedSource } from "../../src/models/model.ts";
import { startHttp } from "../support/http.ts";
import { REFUSALS } from "./refusals.ts";

const rig = await startHttp({ after });

for (const { rule, model, input, status, type, message } of REFUSALS) {
  test(`submit answers ${status} by ${rule} of ${model}: ${message.slice(0, 60)}`, async () => {
    const answer = await rig.call("POST", "/api/generate/submit", { json: { model, input } });

    assert.equal(answer.statusCode, status);
    assert.deepEqual(parseJson(answer.body), { code: status, error: { message, type } });
  });
}

test("submit leaves no task and no hold behind, when it has refused", async () => {
  assert.equal(await rig.countTasks(), 0);
  assert.equal(await rig.store.tasks.balance(rig.projectId), 100_000_000);
});

// Inputs that name earlier tracks need those tracks first; test:examples makes them.
const standing = createCatalogue().models.filter(
  ({ examples }) => !examples.some((input) => "audio_id" in input || "task_id" in input),
);

for (const model of standing) {
  test(`submit takes the documented inputs of ${model.id} and holds their price`, async () => {
    for (const example of model.examples) {
      const input = await withOwnClips(model, example);
      const before = await rig.store.tasks.balance(rig.projectId);

      const answer = await rig.call("POST", "/api/generate/submit", {
        json: { model: model.id, input, callback_url: null },
      });

      assert.equal(answer.statusCode, 200, answer.body);
      const view = await rig.store.tasks.find(rig.projectId, taskIdOf(answer.body));
      assert.ok(view);
      assert.deepEqual(subset(view.task.input, input), input);
      const lengths = new Map(sourcesOf(model, input).map(({ name }) => [name, CLIP_SECONDS]));
      assert.equal(view.task.hold, model.price?.quote(view.task.input, { lengths }));
      assert.equal(await rig.store.tasks.balance(rig.projectId), before - view.task.hold);
    }
  });
}

const CLIP_SECONDS = 7.5;

function sourcesOf(model: Model, input: JsonObject): readonly TimedSource[] {
  return (model.timing?.sources(input) ?? []).filter(({ billed }) => billed);
}

/** A stranger's clip that is paid for would have to be fetched: ours stand in for them here. */
async function withOwnClips(model: Model, input: JsonObject): Promise<JsonObject> {
  let text = JSON.stringify(input);
  for (const { name } of sourcesOf(model, input)) {
    text = text.replaceAll(name, await rig.addClip(CLIP_SECONDS));
  }
  const placed: unknown = JSON.parse(text);
  assert.ok(isJsonObject(placed));
  return placed;
}

function taskIdOf(body: string): string {
  const answer = parseJson(body);
  assert.ok(isJsonObject(answer) && isJsonObject(answer.data));
  return String(answer.data.task_id);
}

/** The members of `whole` that `part` has too. */
function subset(whole: JsonObject, part: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(part).map((name) => [name, whole[name]]));
}
