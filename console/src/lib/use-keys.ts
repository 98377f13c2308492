import { useEffect, useRef } from "react";

/** Hears every key while the component is shown: for what fills the window. */
export function useKeys(hear: (event: KeyboardEvent) => void): void {
  const current = useRef(hear);
  current.current = hear;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => current.current(event);
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
