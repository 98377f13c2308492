import type { ReactNode } from "react";

/** A column of {@link Table}. */
export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "start" | "end";
  readonly width?: number | string;
  /** Left out on a phone. */
  readonly wideOnly?: boolean;
}

/** A table of a page; for thousands of rows build a virtual one. */
export function Table<Row>(props: {
  /** Said to screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly busy?: boolean;
  /** Rows can be opened by a click; put a real link into one cell as well. */
  readonly onOpen?: (row: Row) => void;
}) {
  const { columns, onOpen } = props;
  return (
    <div className="table-frame">
      <table className="table" aria-busy={props.busy === true}>
        <caption className="hidden-visually">{props.caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, head, align, width, wideOnly }) => (
              <th
                key={key}
                scope="col"
                data-align={align}
                data-wide-only={wideOnly}
                style={width === undefined ? undefined : { width }}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr
              key={props.rowKey(row)}
              data-open={onOpen === undefined ? undefined : true}
              onClick={(event) => {
                const own = event.target instanceof Element ? event.target : null;
                if (own?.closest("a, button, input, label, select") === null) onOpen?.(row);
              }}
            >
              {columns.map(({ key, cell, align, wideOnly }) => (
                <td key={key} data-align={align} data-wide-only={wideOnly}>
                  <Cell show={cell} row={row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A cell may use hooks: without an element of its own they would be the table's, row by row. */
function Cell<Row>({ show, row }: { readonly show: (row: Row) => ReactNode; readonly row: Row }) {
  return show(row);
}
