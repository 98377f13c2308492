import { useMemo } from "react";
import { Copy, useNow } from "../../components/values.tsx";
import { formatDuration, visibleText } from "../../lib/format.ts";
import { isOpen, type TaskDetail } from "../../lib/tasks.ts";
import { tasks } from "../../strings/en/tasks.ts";
import { timelineWords } from "../../strings/en/timeline.ts";
import { layTimeline, placeOf, type Span, type Timeline } from "./timeline.ts";

/** A task over time, long waits folded. Every line says in words what it shows. */
export function TimelineView({ task }: { readonly task: TaskDetail }) {
  const now = useNow(isOpen(task.status) ? 1_000 : 60_000);
  const timeline = useMemo(() => layTimeline(task, now), [task, now]);
  const { detail } = tasks;
  return (
    <section className="card" aria-label={detail.timeline}>
      <div className="card-head">
        <h2 className="grow">{detail.timeline}</h2>
        <span className="meta">
          {detail.total} {formatDuration(timeline.totalMs)}
        </span>
        <Copy text={asText(timeline)} label={detail.copyText} />
      </div>
      <ol className="timeline">
        {timeline.spans.map((span) => (
          <Line key={`${span.kind} ${span.fromMs}`} span={span} timeline={timeline} />
        ))}
      </ol>
    </section>
  );
}

function Line({ span, timeline }: { readonly span: Span; readonly timeline: Timeline }) {
  const from = placeOf(timeline.pieces, span.fromMs);
  const to = placeOf(timeline.pieces, span.toMs);
  const took = formatDuration(span.toMs - span.fromMs);
  return (
    <li className="timeline-line">
      <span className="truncate">{nameOf(span)}</span>
      <div className="timeline-track" role="img" aria-label={sentence(span)} title={sentence(span)}>
        {timeline.pieces
          .filter(({ folded }) => folded)
          .map((piece) => (
            <span
              key={piece.fromMs}
              className="timeline-fold"
              style={{ left: percent(piece.left), width: percent(piece.width) }}
              title={tasks.detail.idle(formatDuration(piece.toMs - piece.fromMs))}
            />
          ))}
        <span
          className="timeline-bar"
          data-end={span.end}
          style={{ left: percent(from), width: `max(6px, ${percent(to - from)})` }}
        />
      </div>
      <span className="meta nowrap">
        {took}
        {span.note !== "" && span.kind === "callback" ? ` · ${visibleText(span.note)}` : ""}
      </span>
    </li>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

function nameOf({ kind, label }: Span): string {
  return kind === "attempt" ? visibleText(label) : timelineWords.names[kind];
}

function sentence(span: Span): string {
  const took = formatDuration(span.toMs - span.fromMs);
  const end = timelineWords.ends[span.end];
  const note = span.note === "" ? "" : `, ${visibleText(span.note)}`;
  return `${nameOf(span)}: ${took}, ${end}${note}`;
}

/** For a report of a fault: a line for each span, from the first moment. */
function asText({ spans }: Timeline): string {
  const start = spans[0]?.fromMs ?? 0;
  return spans
    .map((span) => `+${formatDuration(span.fromMs - start)} ${sentence(span)}`)
    .join("\n");
}
