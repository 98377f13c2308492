import { visibleText } from "../lib/format.ts";

/** A JSON value as a tree whose branches fold; everything in it is only text. */
export function JsonTree({ value, label }: { readonly value: unknown; readonly label: string }) {
  return (
    <section className="json" aria-label={label}>
      <Node name={null} value={value} depth={0} />
    </section>
  );
}

/** Branches below this depth are folded at first. */
const OPEN_DEPTH = 2;

function Node(props: {
  readonly name: string | null;
  readonly value: unknown;
  readonly depth: number;
}) {
  const { name, value, depth } = props;
  const key = name === null ? null : <span className="json-key">{visibleText(name)}: </span>;
  if (typeof value !== "object" || value === null) {
    return (
      <div>
        {key}
        <Leaf value={value} />
      </div>
    );
  }
  const members = Object.entries(value);
  const sign = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (members.length === 0) {
    return (
      <div>
        {key}
        {sign.join("")}
      </div>
    );
  }
  return (
    <details open={depth < OPEN_DEPTH}>
      <summary>
        {key}
        <span className="faint">
          {sign[0]} {members.length} {sign[1]}
        </span>
      </summary>
      <div>
        {members.map(([each, member]) => (
          <Node key={each} name={each} value={member} depth={depth + 1} />
        ))}
      </div>
    </details>
  );
}

function Leaf({ value }: { readonly value: unknown }) {
  if (typeof value === "string") {
    return (
      <bdi className="code-string">
        {visibleText(value.length > LEAF_MAX ? `${value.slice(0, LEAF_MAX)}…` : value)}
      </bdi>
    );
  }
  return <span className="code-number">{JSON.stringify(value) ?? "–"}</span>;
}

/** Longer texts are cut: a picture inside a body would freeze the page. */
const LEAF_MAX = 4_000;
