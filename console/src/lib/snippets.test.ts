import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { requirePart } from "../../../test/support/require.ts";
import { requestSnippets } from "./snippets.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const python = requirePart("python", hasPython, "python3 is not installed");

const BODY = {
  model: "gpt-image-2",
  input: {
    prompt: 'It\'s "quoted", $HOME `date` \\n $(x)\nnext line ü 你 \u2028',
    seed: 1.5,
    sound: true,
    off: false,
    none: null,
    empty: [],
    bare: {},
    image_urls: ["https://a.example/b.png?x=1&y='2'"],
    shots: [{ prompt: "one", duration: 3 }],
  },
};
const TEXTS = requestSnippets({ origin: "https://vidgo.example", body: BODY });

function textIn(language: string): string {
  return TEXTS.find((each) => each.language === language)?.text ?? assert.fail(language);
}

test("requestSnippets() writes a curl command whose body the shell leaves as it is", () => {
  // `curl` is a function here that prints what it was given behind -d.
  const script = `curl() { while [ $# -gt 1 ]; do shift; done; printf %s "$1"; }\n`;
  const run = spawnSync("bash", ["-c", script + textIn("curl")], { encoding: "utf8" });
  assert.deepEqual(JSON.parse(run.stdout), BODY);
});

test("requestSnippets() writes JavaScript that sends the same body", async () => {
  const text = textIn("js").replace(/\nconst \{ data \}[\s\S]*$/, "\nreturn sent;");
  const send = new Function("fetch", "process", `return (async () => { let sent; ${text} })()`);
  let body = "";
  const fetched = async (_url: string, init: { readonly body: string }): Promise<object> => {
    body = init.body;
    return {};
  };
  await send(fetched, { env: { VIDGO_KEY: "k" } });
  assert.deepEqual(JSON.parse(body), BODY);
});

test("requestSnippets() writes Python whose body is the same object", python, () => {
  const literal = /json=([\s\S]*),\n {4}timeout/.exec(textIn("python"))?.[1] ?? assert.fail();
  const run = spawnSync("python3", ["-c", `import json; print(json.dumps(${literal}))`], {
    encoding: "utf8",
  });
  assert.deepEqual(JSON.parse(run.stdout), BODY);
});

test("requestSnippets() prints no key but the one that it is given", () => {
  for (const { text } of TEXTS) assert.match(text, /VIDGO_KEY/);
  const own = requestSnippets({ origin: "https://a.example", body: BODY, key: "vg_test_abc" });
  for (const { text } of own) {
    assert.match(text, /vg_test_abc/);
    assert.doesNotMatch(text, /VIDGO_KEY/);
  }
});
