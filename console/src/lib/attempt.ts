import { useState } from "react";
import { messageOf } from "../components/feedback.tsx";
import { useToast } from "../components/toast.tsx";

/**
 * Does something that the person asked for, says what came of it at the edge of the page, and
 * tells meanwhile that it is under way.
 */
export function useAttempt(): {
  readonly busy: boolean;
  /** Gives whether it went well; `said` is what to say then. */
  readonly attempt: (work: () => Promise<unknown>, said: string) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const toast = useToast();
  const attempt = async (work: () => Promise<unknown>, said: string): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      toast({ tone: "green", text: said });
      return true;
    } catch (error) {
      toast({ tone: "red", text: messageOf(error) });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, attempt };
}
