// Receives callbacks and verifies them.
//
//   VIDGO_WEBHOOK_SECRET=whsec_… node receive-webhook.ts
//
// Beside an installed vidgo; in a checkout of it add --conditions=vidgo-source.
// The secret: GET /api/webhooks/secret, or `vidgo listen` to try it on this machine.
import { createServer } from "node:http";
import { readCallback } from "vidgo/webhook";

// Without a secret nothing is taken.
const secret = process.env.VIDGO_WEBHOOK_SECRET ?? "";
const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  const nowS = Math.floor(Date.now() / 1000);
  const task = readCallback({ headers: request.headers, body, secret, nowS });
  response.writeHead(task === null ? 401 : 204).end();
  // The same event may come twice: task_id tells.
  if (task !== null) console.log(task.task_id, task.status, task.files);
});
server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(`http://127.0.0.1:${address?.port}/`);
});
