import type { FastifyInstance } from "fastify";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import type { HttpServices } from "../../services.ts";
import { readForm } from "../../upload/read-form.ts";
import { namesOf } from "../../upload/upload-fields.ts";
import { addUploadRoute } from "../../upload/upload-route.ts";

/** Room for the fields and heads of a form beside its file, bytes. */
const FORM_BYTES = 64 * 1024;

/** `POST /api/common/upload/stream`: takes the `file` of a multipart form as it comes in. */
export function addUploadStream(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  // A context of its own: nowhere else is a form a body.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("multipart/form-data", (_request, payload, done) =>
      done(null, payload),
    );
    addUploadRoute(
      scope,
      { services, guard },
      {
        url: "/api/common/upload/stream",
        bodyBytesMax: services.settings.uploadBytesMax + FORM_BYTES,
        async take(request) {
          const { projectId } = callerOf(request);
          const form = await readForm(request, (bytes) =>
            services.takeUpload({ projectId, source: { kind: "bytes", bytes } }),
          );
          if (form === null) return null;
          return { file: form.file, names: namesOf(form.fields, form.fileName) };
        },
      },
    );
  });
}
