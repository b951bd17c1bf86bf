import type { ReactElement } from 'react';
import { changedFields, changeText } from '../format/effects.js';
import { AddressText } from './address-text.js';

type Fields = Readonly<Record<string, unknown>> | null;

interface FieldChangesProps {
  readonly before: Fields;
  readonly after: Fields;
  /** As many as are shown. */
  readonly most?: number;
}

/** "status: inactive → active · mail address: …"; nothing at all where no field differs, so that a card has no label without a value. */
export function FieldChanges({ before, after, most = Infinity }: FieldChangesProps): ReactElement | null {
  const changes = changedFields(before, after).slice(0, most).map(changeText);
  if (changes.length === 0) return null;
  return (
    <span>
      <AddressText>{changes.join(' · ')}</AddressText>
    </span>
  );
}
