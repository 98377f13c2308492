import type { FastifyRequest } from "fastify";
import { type PreviewView, viewsOf } from "../files/preview-view.ts";
import type { DossierView } from "../wire/task-dossier.ts";
import { isOperator } from "./operator.ts";
import type { HttpServices } from "./services.ts";

/** What is known beside the rows of tasks of a model when they are shown to a caller. */
export function taskView(
  request: FastifyRequest,
  services: HttpServices,
  model: string,
): DossierView {
  const { catalogue, clock, links } = services;
  return {
    kind: catalogue.find(model)?.media ?? null,
    isOperator: isOperator(request, services),
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
