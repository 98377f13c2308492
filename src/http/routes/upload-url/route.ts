import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import { mayReachLoopback } from "../../loopback.ts";
import type { HttpServices } from "../../services.ts";
import { namesOf, readUploadFields, requiredField } from "../../upload/upload-fields.ts";
import { addUploadRoute } from "../../upload/upload-route.ts";

/** `POST /api/common/upload/url`: fetches a file from a public address. */
export function addUploadUrl(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  addUploadRoute(
    app,
    { services, guard },
    {
      url: "/api/common/upload/url",
      bodyBytesMax: services.settings.bodyBytesMax,
      async take(request) {
        const fields = readUploadFields(request.body);
        const url = requiredField(fields, "file_url");
        const loopback = mayReachLoopback(request, services.settings);
        const isOwn = services.links.parseUrl(url) !== null;
        const fault = isOwn ? null : services.judgeCallback(url, loopback);
        if (fault !== null) throw new GatewayError("invalid_request", `file_url ${fault}`);
        const { projectId } = callerOf(request);
        const source = { kind: "url", url, loopback } as const;
        const file = await services.takeUpload({ projectId, source });
        return { file, names: namesOf(fields, URL.parse(url)?.pathname ?? null) };
      },
    },
  );
}
