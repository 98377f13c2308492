// Draws the reference from /openapi.json. Text becomes text nodes only, never markup.

const state = document.querySelector("#state");
const main = document.querySelector("#top");
const contents = document.querySelector("#contents");

try {
  const answer = await fetch("/openapi.json");
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  draw(await answer.json());
  state.remove();
  document.querySelector("#filter").addEventListener("input", filter);
  if (location.hash !== "") document.getElementById(location.hash.slice(1))?.scrollIntoView();
} catch (error) {
  state.textContent = `The description of the API could not be read: ${error.message}`;
}

function draw(api) {
  const [server] = api.servers;
  main.append(
    element("h1", {}, api.info.title),
    element("p", { class: "lead" }, `${api.info.summary}. Version ${api.info.version}.`),
    element(
      "p",
      {},
      "Base URL ",
      element("code", {}, server.url),
      ", each call with ",
      element("code", {}, "Authorization: Bearer <key>"),
      ". The same for programs: ",
      element("a", { href: "/openapi.json" }, "openapi.json"),
      ".",
    ),
  );
  drawCalls(api);
  drawModels(api, server.url);
}

function drawCalls(api) {
  const links = [];
  main.append(element("h2", {}, "Calls"));
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, call] of Object.entries(methods)) {
      const id = `call-${call.operationId}`;
      links.push([id, call.operationId]);
      main.append(callArticle(api, { id, path, method, call }));
    }
  }
  listContents("Calls", links);
}

function callArticle(api, { id, path, method, call }) {
  const head = element(
    "h3",
    {},
    element("span", { class: `method ${method}` }, method.toUpperCase()),
    element("code", {}, path),
  );
  const article = element(
    "article",
    { id, "data-words": `${call.operationId} ${path}` },
    head,
    element("p", {}, call.summary),
  );
  if (call.parameters?.length > 0) {
    const rows = call.parameters.map(({ name, in: where, required, description }) => [
      name,
      required,
      where,
      description ?? "",
    ]);
    article.append(element("h4", {}, "Parameters"), table(rows));
  }
  for (const [type, { schema }] of Object.entries(call.requestBody?.content ?? {})) {
    article.append(element("h4", {}, `Body, ${type}`));
    article.append(
      schema.oneOf === undefined
        ? schemaTable(api, schema)
        : element("p", {}, "model, input and, if wanted, callback_url: see the models below."),
    );
  }
  for (const [status, { description, content }] of Object.entries(call.responses)) {
    const schema = content?.["application/json"]?.schema;
    if (status !== "200" || schema === undefined) continue;
    const data = resolve(api, resolve(api, schema).properties?.data ?? schema);
    const inData = data === resolve(api, schema) ? "" : " In data:";
    article.append(element("h4", {}, `${status} ${description}${inData}`), schemaTable(api, data));
  }
  const errors = Object.entries(call.responses).filter(([status]) => Number(status) >= 400);
  if (errors.length > 0)
    article.append(
      element("p", { class: "soft" }, `Errors: ${errors.map(([status]) => status).join(", ")}`),
    );
  return article;
}

function drawModels(api, url) {
  const content = api.paths["/api/generate/submit"].post.requestBody.content["application/json"];
  const examples = Object.values(content.examples);
  const families = new Map();
  for (const [model, reference] of Object.entries(content.schema.discriminator.mapping)) {
    const schema = resolve(api, { $ref: reference });
    const media = schema["x-media"] ?? "models";
    families.set(media, [...(families.get(media) ?? []), { model, schema }]);
  }
  for (const [media, models] of families) {
    const title = `${media.charAt(0).toUpperCase()}${media.slice(1)} models`;
    main.append(element("h2", {}, title));
    for (const { model, schema } of models) {
      const own = examples.filter(({ value }) => value.model === model);
      main.append(modelArticle(api, { model, schema, own, url }));
    }
    listContents(
      title,
      models.map(({ model }) => [`model-${model}`, model]),
    );
  }
}

function modelArticle(api, { model, schema, own, url }) {
  const head = element("h3", {}, element("code", {}, model));
  if (schema.deprecated) head.append(element("span", { class: "old" }, "old id"));
  const article = element(
    "article",
    { id: `model-${model}`, "data-words": model },
    head,
    element("p", {}, schema.description),
    element("h4", {}, "Input"),
    schemaTable(api, schema.properties.input),
  );
  const [first] = own;
  if (first === undefined) return article;
  const body = JSON.stringify(first.value, null, 2).replaceAll("'", "'\\''");
  const sample = [
    `curl -sS ${url}/api/generate/submit`,
    '-H "Authorization: Bearer $VIDGO_KEY"',
    '-H "Content-Type: application/json"',
    `-d '${body}'`,
  ].join(" \\\n  ");
  article.append(
    element(
      "details",
      {},
      element("summary", {}, "Example"),
      element("pre", {}, element("code", {}, sample)),
    ),
  );
  return article;
}

function schemaTable(api, given) {
  const schema = resolve(api, given);
  const required = schema.required ?? [];
  const rows = Object.entries(schema.properties ?? {}).map(([name, value]) => {
    const member = resolve(api, value);
    return [name, required.includes(name), typeOf(api, member), wordsOf(member)];
  });
  return rows.length === 0
    ? element("p", { class: "soft" }, schema.description ?? "Any members")
    : table(rows);
}

function table(rows) {
  const head = element(
    "tr",
    {},
    ...["Name", "Type", "Meaning"].map((text) => element("th", {}, text)),
  );
  const body = rows.map(([name, required, type, words]) => {
    const label = element("td", {}, element("code", {}, name));
    if (required) label.append(element("span", { class: "must", title: "required" }, " *"));
    return element(
      "tr",
      {},
      label,
      element("td", { class: "type" }, type),
      element("td", {}, words),
    );
  });
  return element(
    "div",
    { class: "scroll" },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)),
  );
}

function typeOf(api, schema) {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined)
    return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined)
    return [
      ...new Set(
        choices.map((choice) => typeOf(api, resolve(api, { type: schema.type, ...choice }))),
      ),
    ].join(" | ");
  if (schema.type === "array") return `${typeOf(api, resolve(api, schema.items ?? {}))}[]`;
  return [schema.type ?? "any"].flat().join(" | ");
}

function wordsOf(schema) {
  const limits = [
    range(schema.minimum, schema.maximum, ""),
    range(schema.minLength, schema.maxLength, " characters"),
    range(schema.minItems, schema.maxItems, " items"),
    schema.default === undefined ? null : `default ${JSON.stringify(schema.default)}`,
  ].filter((text) => text !== null);
  return [schema.description ?? "", limits.length > 0 ? `(${limits.join("; ")})` : ""]
    .join(" ")
    .trim();
}

function range(least, most, unit) {
  if (least === undefined && most === undefined) return null;
  if (most === undefined) return `at least ${least}${unit}`;
  return least === undefined ? `at most ${most}${unit}` : `${least} to ${most}${unit}`;
}

function resolve(api, schema) {
  if (schema.$ref === undefined) return schema;
  const path = schema.$ref.slice(2).split("/");
  return path.reduce((value, name) => value[name], api);
}

function listContents(title, links) {
  const items = links.map(([id, text]) =>
    element("li", { "data-words": text }, element("a", { href: `#${id}` }, text)),
  );
  contents.append(element("section", {}, element("h2", {}, title), element("ul", {}, ...items)));
}

function filter(event) {
  const wanted = event.target.value.trim().toLowerCase();
  for (const each of document.querySelectorAll("[data-words]")) {
    each.hidden = !each.dataset.words.toLowerCase().includes(wanted);
  }
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
