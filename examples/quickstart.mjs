// Makes a picture and saves it: submit, poll, save.
import { writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

const base = process.env.VIDGO_URL ?? "http://127.0.0.1:8787";
const headers = {
  Authorization: `Bearer ${process.env.VIDGO_KEY}`,
  "Content-Type": "application/json",
};

async function call(path, options = {}) {
  const answer = await fetch(`${base}${path}`, { headers, ...options });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error.message);
  return body.data;
}

const { task_id: taskId } = await call("/api/generate/submit", {
  method: "POST",
  body: JSON.stringify({
    model: "gpt-4o-image",
    input: { prompt: "A red fox in the snow", size: "1:1" },
  }),
});

let task = await call(`/api/generate/status/${taskId}`);
while (task.status !== "finished" && task.status !== "failed") {
  await pause(2000);
  task = await call(`/api/generate/status/${taskId}`);
}

if (task.status === "failed") throw new Error(task.error_message);
const file = await fetch(task.files[0].file_url);
await writeFile("result.png", new Uint8Array(await file.arrayBuffer()));
console.log("saved result.png");
