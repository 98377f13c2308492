import { useQuery } from "@tanstack/react-query";
import { Chip } from "../../components/badge.tsx";
import { LinkButton } from "../../components/button.tsx";
import { Peek } from "../../components/dialog.tsx";
import { LoadError, Notice, Skeleton } from "../../components/feedback.tsx";
import { JsonTree } from "../../components/json.tsx";
import { type ModelDetail, modelQuery } from "../../lib/models.ts";
import type { Schema } from "../../lib/schema.ts";
import { useTo } from "../../lib/session.tsx";
import { modelWords } from "../../strings/en/models.ts";

/** One model: price, who serves it, every input. */
export function ModelPeek(props: { readonly id: string; readonly onClose: () => void }) {
  const to = useTo();
  const { data, error, refetch } = useQuery(modelQuery(props.id));
  return (
    <Peek
      title={props.id}
      onClose={props.onClose}
      foot={
        <LinkButton
          kind="primary"
          icon="playground"
          to={to(`playground?model=${encodeURIComponent(props.id)}`)}
        >
          {modelWords.open}
        </LinkButton>
      }
    >
      {data !== undefined && <About model={data} />}
      {data === undefined && error === null && <Skeleton height={320} />}
      {data === undefined && error !== null && (
        <LoadError error={error} onRetry={() => void refetch()} />
      )}
    </Peek>
  );
}

function About({ model }: { readonly model: ModelDetail }) {
  const properties = Object.entries(model.input_schema.properties ?? {});
  const required = new Set(model.input_schema.required ?? []);
  const [example] = model.examples;
  return (
    <div className="stack">
      <p>{model.summary}</p>
      {model.deprecation !== null && <Notice tone="amber">{model.deprecation}</Notice>}
      <dl className="facts">
        <dt>{modelWords.price}</dt>
        <dd>{model.price ?? modelWords.noPrice}</dd>
        <dt>{modelWords.servedBy}</dt>
        <dd>{model.why}</dd>
      </dl>
      <section className="stack-tight">
        <h3>{modelWords.inputs}</h3>
        <dl className="inputs">
          {properties.map(([name, schema]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
                {required.has(name) && <Chip>{modelWords.required}</Chip>}
              </dt>
              <dd>
                {schema.description} <span className="muted">{takes(schema)}</span>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {example !== undefined && (
        <section className="stack-tight">
          <h3>{modelWords.example}</h3>
          <JsonTree value={example} label={modelWords.example} />
        </section>
      )}
    </div>
  );
}

/** What a field accepts, in a few words. */
function takes(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.join(", ");
  const { minimum, maximum, maxLength, minItems, maxItems } = schema;
  const range = (low: number | undefined, high: number | undefined, what: string): string =>
    low === undefined && high === undefined ? "" : `${low ?? 0} to ${high ?? "∞"}${what}`;
  const parts = [
    range(minimum, maximum, ""),
    maxLength === undefined ? "" : `at most ${maxLength} characters`,
    range(minItems, maxItems, " items"),
    schema.default === undefined ? "" : `usually ${JSON.stringify(schema.default)}`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}
