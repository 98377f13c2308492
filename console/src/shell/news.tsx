import { createContext, type ReactNode, use, useEffect, useMemo, useRef } from "react";
import type { News } from "../lib/live.ts";

/** Where pages hear what has happened. */
export interface NewsBoard {
  readonly tell: (news: News) => void;
  /** @returns What ends the listening. */
  readonly listen: (hear: (news: News) => void) => () => void;
}

const BoardContext = createContext<NewsBoard | null>(null);

/** A board for one shell. */
export function useNewsBoard(): NewsBoard {
  return useMemo(() => {
    const listeners = new Set<(news: News) => void>();
    return {
      tell: (news) => {
        for (const hear of listeners) hear(news);
      },
      listen: (hear) => {
        listeners.add(hear);
        return () => listeners.delete(hear);
      },
    };
  }, []);
}

/** Hands the board to the pages. */
export function NewsProvider(props: { readonly board: NewsBoard; readonly children: ReactNode }) {
  return <BoardContext value={props.board}>{props.children}</BoardContext>;
}

/** Is called with what happens in the project while the component is shown. */
export function useNews(hear: (news: News) => void): void {
  const board = use(BoardContext);
  const current = useRef(hear);
  current.current = hear;
  useEffect(() => board?.listen((news) => current.current(news)), [board]);
}
