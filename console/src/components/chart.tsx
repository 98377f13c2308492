import { useLayoutEffect, useRef, useState } from "react";
import { chartWords } from "../strings/en/usage.ts";
import { niceScale } from "./scale.ts";
import "./chart.css";

/** One row of numbers, a number for each label. `null`: nothing was measured. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

interface ChartProps {
  readonly title: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** How a number is written, at the axis and in the table. */
  readonly format: (value: number) => string;
  /** Things that are counted: the axis has no halves. */
  readonly whole?: boolean;
}

const HEIGHT = 180;
const LEFT = 76;
const BOTTOM = 24;
const TOP = 8;

/** Stacked bars, or lines, over days; the same numbers stand in a table below. */
export function Chart(props: ChartProps & { readonly kind: "bars" | "lines" }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  return (
    <figure className="card chart">
      <figcaption className="card-head">
        <h2>{props.title}</h2>
        <Legend series={props.series} />
      </figcaption>
      <div className="chart-frame" ref={frame}>
        {width > 0 && <Drawing {...props} width={width} />}
      </div>
      <details className="chart-table">
        <summary>{chartWords.table}</summary>
        <TableTwin {...props} />
      </details>
    </figure>
  );
}

function useWidth(frame: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const eye = new ResizeObserver(() => setWidth(element.clientWidth));
    eye.observe(element);
    setWidth(element.clientWidth);
    return () => eye.disconnect();
  }, [frame]);
  return width;
}

function Legend({ series }: { readonly series: readonly Series[] }) {
  if (series.every(({ name }) => name === chartWords.all)) return null;
  return (
    <ul className="chart-legend">
      {series.map(({ name }, index) => (
        <li key={name}>
          <span className="chart-key" data-series={index + 1} />
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}

interface Place {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly step: number;
}

function Drawing(props: ChartProps & { readonly kind: "bars" | "lines"; readonly width: number }) {
  const { labels, series, format, kind, width } = props;
  const most = kind === "bars" ? tallest(labels, series) : highest(series);
  const ticks = niceScale(most, props.whole);
  const top = ticks.at(-1) ?? 1;
  const step = (width - LEFT - 8) / Math.max(1, labels.length);
  const place: Place = {
    step,
    x: (index) => LEFT + index * step,
    y: (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top),
  };
  const every = Math.max(1, Math.ceil((labels.length * 64) / width));
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={`${props.title}: ${sum(props)}`}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="chart-line" x1={LEFT} x2={width} y1={place.y(tick)} y2={place.y(tick)} />
          <text className="chart-word" x={LEFT - 8} y={place.y(tick) + 4} textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {labels.map((label, index) =>
        index % every === 0 ? (
          <text key={label} className="chart-word" x={place.x(index)} y={HEIGHT - 6}>
            {label}
          </text>
        ) : null,
      )}
      {kind === "bars" ? (
        <Bars labels={labels} series={series} place={place} format={format} />
      ) : (
        <Lines series={series} place={place} />
      )}
    </svg>
  );
}

function sum({ series, format }: ChartProps): string {
  return series
    .map(({ name, values }) => {
      const known = values.filter((value) => value !== null);
      return `${name} ${format(known.reduce((total, value) => total + value, 0))}`;
    })
    .join(", ");
}

function tallest(labels: readonly string[], series: readonly Series[]): number {
  const sums = labels.map((_, index) =>
    series.reduce((total, { values }) => total + (values[index] ?? 0), 0),
  );
  return Math.max(0, ...sums);
}

function highest(series: readonly Series[]): number {
  return Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
}

function Bars(props: {
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  readonly place: Place;
  readonly format: (value: number) => string;
}) {
  const { labels, series, place, format } = props;
  const wide = Math.max(1, Math.min(32, place.step * 0.7));
  return labels.map((label, index) => {
    let below = 0;
    return (
      <g key={label}>
        {series.map(({ name, values }, at) => {
          const value = values[index] ?? 0;
          if (value === 0) return null;
          const from = below;
          below += value;
          return (
            <rect
              key={name}
              className="chart-bar"
              data-series={at + 1}
              x={place.x(index)}
              y={place.y(below)}
              width={wide}
              height={Math.max(1, place.y(from) - place.y(below))}
            >
              <title>{`${label}, ${name}: ${format(value)}`}</title>
            </rect>
          );
        })}
      </g>
    );
  });
}

function Lines({ series, place }: { readonly series: readonly Series[]; readonly place: Place }) {
  return series.map(({ name, values }, index) => {
    const points = values.flatMap((value, at) =>
      value === null ? [] : [[place.x(at) + place.step * 0.35, place.y(value)] as const],
    );
    return (
      <g key={name} className="chart-curve" data-series={index + 1}>
        <polyline points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")} />
        {points.map(([x, y]) => (
          <circle key={x} cx={x} cy={y} r={2.5} />
        ))}
      </g>
    );
  });
}

function TableTwin({ title, labels, series, format }: ChartProps) {
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="hidden-visually">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{chartWords.day}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" data-align="end">
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, index) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {series.map(({ name, values }) => {
                const value = values[index] ?? null;
                return (
                  <td key={name} data-align="end">
                    {value === null ? "–" : format(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
