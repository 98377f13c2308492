import { LinkButton } from "../components/button.tsx";
import { Empty } from "../components/feedback.tsx";
import { useWindowTitle } from "../components/page.tsx";
import { common } from "../strings/en/shell.ts";

/** What an address leads to that names nothing, or nothing of this person's. */
export function NotFound() {
  useWindowTitle(common.notFound);
  return (
    <div className="page">
      <h1 className="hidden-visually">{common.notFound}</h1>
      <Empty
        icon="search"
        title={common.notFound}
        actions={<LinkButton to="/">{common.goHome}</LinkButton>}
      >
        {common.notFoundText}
      </Empty>
    </div>
  );
}
