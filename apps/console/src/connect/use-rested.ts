import { useEffect, useState } from 'react';

const TYPING_MS = 400;

/** A text once the typing of it rests: what is looked up by it is not looked up by every letter. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
