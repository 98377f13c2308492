import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../lib/api.ts";
import { useScene } from "../../lib/session.tsx";
import type { SubmitBody } from "../../lib/snippets.ts";
import { modeHeader, type RunMode } from "./runs.ts";

const WAIT_MS = 250;

/** What a run would hold, asked for when the form has been still for a quarter of a second. */
export function useQuote(body: SubmitBody, mode: RunMode, complete: boolean) {
  const { project } = useScene();
  const text = useStill(JSON.stringify(body));
  return useQuery({
    queryKey: ["quote", project.id, mode, text],
    queryFn: ({ signal }) =>
      api<{ credits: string | null }>("/api/generate/quote", {
        body: JSON.parse(text),
        headers: modeHeader(mode),
        signal,
      }),
    enabled: complete,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

function useStill(text: string): string {
  const [still, setStill] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setStill(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return still;
}
