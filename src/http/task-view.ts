import type { FastifyRequest } from "fastify";
import { type PreviewView, viewsOf } from "../files/preview-view.ts";
import type { DossierView } from "../wire/task-dossier.ts";
import { callerOf } from "./authenticate.ts";
import type { HttpServices } from "./services.ts";

/** What is known beside the rows of tasks of a model when they are shown to a caller. */
export function taskView(
  request: FastifyRequest,
  { catalogue, clock, links }: HttpServices,
  model: string,
): DossierView {
  return {
    kind: catalogue.find(model)?.media ?? null,
    isOperator: callerOf(request).scopes.includes("admin"),
    nowMs: clock.nowMs(),
    fileUrl: links.url,
    pictures(file) {
      const may = viewsOf(file.mediaType);
      const urlOf = (view: PreviewView): string | null =>
        may.includes(view) ? links.previewUrl(file, view) : null;
      return { small: urlOf("small"), large: urlOf("large"), peaks: urlOf("peaks") };
    },
  };
}
