import { createServer } from "node:http";

// The yardstick: node:http with nothing behind it. It gives the same bytes for a status, and for a
// submit it parses the same body and answers with an id. Prints its port.

const status = process.argv[2] ?? "{}";

const server = createServer((request, response) => {
  if (request.method === "GET") {
    send(status);
    return;
  }
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const { model } = JSON.parse(body);
    send(JSON.stringify({ code: 200, data: { task_id: `task-${model}`, status: "not_started" } }));
  });
  function send(text: string): void {
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  }
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : null;
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
