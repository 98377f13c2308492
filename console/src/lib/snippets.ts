/** What a program sends to submit a task. */
export interface SubmitBody {
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly callback_url?: string;
}

/** A request to write down. */
export interface RequestText {
  /** Where the gateway is: `https://vidgo.example.com`. */
  readonly origin: string;
  readonly body: SubmitBody;
  /** Printed as it is; absent: programs read `VIDGO_KEY` from the environment. */
  readonly key?: string;
}

/** A text in a language. */
export interface LanguageText {
  readonly language: "python" | "js" | "curl";
  readonly text: string;
}

/** The same submit in python, js and curl; each sends exactly `body`. */
export function requestSnippets(request: RequestText): readonly LanguageText[] {
  return [
    { language: "python", text: pythonText(request) },
    { language: "js", text: scriptText(request) },
    { language: "curl", text: curlText(request) },
  ];
}

function pythonText({ origin, body, key }: RequestText): string {
  const secret = key === undefined ? `os.environ["VIDGO_KEY"]` : JSON.stringify(key);
  const imports = key === undefined ? ["import os", "import requests"] : ["import requests"];
  return [
    ...imports,
    "",
    `answer = requests.post(`,
    `    "${origin}/api/generate/submit",`,
    `    headers={"Authorization": "Bearer " + ${secret}},`,
    `    json=${indented(pythonValue(body, 1), 0)},`,
    `    timeout=30,`,
    `)`,
    `answer.raise_for_status()`,
    `print(answer.json()["data"]["task_id"])`,
    "",
  ].join("\n");
}

/** JSON in the words of Python: True, False, None. */
function pythonValue(value: unknown, depth: number): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value !== "object") return pythonScalar(value);
  const pad = "    ".repeat(depth + 1);
  const end = "    ".repeat(depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const items = value.map((each) => `${pad}${pythonValue(each, depth + 1)},`);
    return `[\n${items.join("\n")}\n${end}]`;
  }
  const members = Object.entries(value);
  if (members.length === 0) return "{}";
  const lines = members.map(
    ([name, each]) => `${pad}${pythonScalar(name)}: ${pythonValue(each, depth + 1)},`,
  );
  return `{\n${lines.join("\n")}\n${end}}`;
}

/** Strings of JSON are strings of Python, but for pairs of surrogates, which stay as they are. */
function pythonScalar(value: unknown): string {
  return JSON.stringify(value);
}

function scriptText({ origin, body, key }: RequestText): string {
  const secret = key === undefined ? "$" + "{process.env.VIDGO_KEY}" : key;
  return [
    `const answer = await fetch("${origin}/api/generate/submit", {`,
    `  method: "POST",`,
    `  headers: {`,
    `    Authorization: \`Bearer ${secret}\`,`,
    `    "Content-Type": "application/json",`,
    `  },`,
    `  body: JSON.stringify(${indented(JSON.stringify(body, null, 2), 2)}),`,
    `});`,
    `const { data } = await answer.json();`,
    `console.log(data.task_id);`,
    "",
  ].join("\n");
}

function curlText({ origin, body, key }: RequestText): string {
  const secret = key === undefined ? "$VIDGO_KEY" : key;
  // A single quote ends the shell's string: it is closed, escaped and opened again.
  const json = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
  return [
    `curl "${origin}/api/generate/submit" \\`,
    `  -H "Authorization: Bearer ${secret}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${json}'`,
    "",
  ].join("\n");
}

function indented(text: string, by: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(by)}`);
}
