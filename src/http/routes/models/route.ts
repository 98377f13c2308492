import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { limitsOf } from "../../../models/limits.ts";
import { withUiHints } from "../../../models/ui-hints.ts";
import { INPUT_BYTES_MAX } from "../../../providers/fetch-input.ts";
import { successBody } from "../../../wire/envelope.ts";
import { modelData, modelDetailData } from "../../../wire/model.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { JSON_TYPE } from "../../headers.ts";
import { KEY_RATES } from "../../rates.ts";
import type { HttpServices } from "../../services.ts";

/** `GET /api/models` and `GET /api/models/<id>`: the catalogue. Ids may hold slashes. */
export function addModels(app: FastifyInstance, services: HttpServices, guard: Authenticate): void {
  const { catalogue } = services;
  app.get("/api/models", { onRequest: guard }, (_request, reply) => {
    const models = catalogue.models.map((model) => modelData(model, services.servedBy(model)));
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody({ models })));
  });
  app.get<{ Params: { "*": string } }>("/api/models/*", { onRequest: guard }, (request, reply) => {
    const model = catalogue.find(request.params["*"]);
    if (model === null) {
      throw new GatewayError("not_found", "Model not found; GET /api/models lists them all");
    }
    const isFree = services.settings.limits === null || !callerOf(request).isLimited;
    const shown = { ...model, input: withUiHints(model) };
    const data = modelDetailData(shown, services.servedBy(model), {
      hardLimitMs: services.hardLimitMs,
      inputBytesMax: INPUT_BYTES_MAX,
      submitsPerMinute: isFree ? null : KEY_RATES.submit.perMinute,
      openTasksMax: isFree ? null : (services.settings.limits?.openTasksMax ?? null),
      members: limitsOf(model),
    });
    return reply.type(JSON_TYPE).send(JSON.stringify(successBody(data)));
  });
}
