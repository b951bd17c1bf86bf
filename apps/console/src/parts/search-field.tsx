import { Field, SearchBox } from '@fluentui/react-components';
import { useEffect, useState, type ReactElement } from 'react';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

const TYPING_MS = 250;

/** A text to search by; what is typed is taken once the typing rests. */
export function SearchField({ label, value, onChange }: SearchFieldProps): ReactElement {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  // What comes from outside, such as a cleared filter, replaces what is typed; the echo of what was typed does not.
  if (seen !== value) {
    setSeen(value);
    if (value !== sent) setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => {
      setSent(typed.trim());
      onChange(typed.trim());
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <Field label={label}>
      <SearchBox value={typed} onChange={(_, data) => setTyped(data.value)} />
    </Field>
  );
}
