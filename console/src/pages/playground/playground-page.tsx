import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import { Page } from "../../components/page.tsx";
import { ApiError } from "../../lib/api.ts";
import { modelQuery, modelsQuery } from "../../lib/models.ts";
import { remember, remembered } from "../../lib/preferences.ts";
import { setQueryWords, useQueryWord } from "../../lib/router.tsx";
import { useScene } from "../../lib/session.tsx";
import { taskQuery } from "../../lib/tasks.ts";
import { pages } from "../../strings/en/pages.ts";
import { playground } from "../../strings/en/playground.ts";
import { ModelPicker } from "./model-picker.tsx";
import { Workbench } from "./workbench.tsx";
import "./playground.css";

/** Choose a model, fill in its form, see the price, run it, look at what it made, copy the code. */
export function PlaygroundPage() {
  const { project } = useScene();
  const [asked] = useQueryWord("model");
  const [from] = useQueryWord("from");
  const models = useQuery(modelsQuery());
  const source = useQuery({ ...taskQuery(project.id, from), enabled: from !== "" });
  const last = remembered(`model.${project.id}`);
  const first = models.data?.find(({ id }) => id === last) ?? models.data?.[0];
  const model = asked === "" ? (source.data?.model ?? first?.id ?? "") : asked;
  // The last model stays until the next is there: what was typed is carried over.
  const detail = useQuery({ ...modelQuery(model), placeholderData: keepPreviousData });
  useEffect(() => {
    if (model !== "") remember(`model.${project.id}`, model);
  }, [model, project.id]);
  const choose = (next: string): void => setQueryWords({ model: next, from: "" }, { push: true });
  const error = models.error ?? detail.error;
  const isUnknown = detail.error instanceof ApiError && detail.error.status === 404;
  const waits = detail.data === undefined || (from !== "" && source.isPending);
  return (
    <Page
      title={pages.playground}
      windowTitle={model === "" ? pages.playground : `${model} · ${pages.playground}`}
      actions={
        <>
          <ModelPicker model={model} onChoose={choose} />
          <span className="grow" />
        </>
      }
    >
      {isUnknown && (
        <Empty icon="search" title={playground.noSuchModel(asked)}>
          {playground.chooseOther}
        </Empty>
      )}
      {error !== null && !isUnknown && (
        <LoadError error={error} onRetry={() => void detail.refetch()} />
      )}
      {error === null && waits && <Skeleton height={420} />}
      {error === null && !waits && (
        <Workbench
          key={`${project.id} ${from}`}
          model={detail.data}
          start={from === "" ? null : (source.data?.input ?? null)}
          onModel={choose}
        />
      )}
    </Page>
  );
}
