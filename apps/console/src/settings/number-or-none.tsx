import { Checkbox, Field, Input } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import styles from './form.module.css';

interface NumberOrNoneProps {
  readonly label: string;
  readonly value: number | null;
  readonly least: number;
  readonly most?: number;
  /** What stands there when a bound is wanted again; undefined where there always is one. */
  readonly fallback?: number;
  readonly onChange: (value: number | null) => void;
}

/** A bound that can be left out. */
export function NumberOrNone({ label, value, least, most, fallback, onChange }: NumberOrNoneProps): ReactElement {
  const isBad = value !== null && (!Number.isFinite(value) || value < least || (most !== undefined && value > most));
  const bounds = most === undefined ? `${least} or more` : `${least} to ${most}`;
  return (
    <div className={styles['inline']}>
      <Field
        className={styles['bound'] ?? ''}
        label={label}
        {...(isBad ? { validationState: 'error' as const, validationMessage: `Must be ${bounds}.` } : {})}
      >
        <Input
          className={styles['number'] ?? ''}
          type="number"
          min={least}
          max={most}
          value={value === null ? '' : String(value)}
          disabled={value === null}
          onChange={(_, data) => onChange(data.value === '' ? least : Number(data.value))}
        />
      </Field>
      {fallback !== undefined && (
        <Checkbox
          label="No bound"
          aria-label={`No bound: ${label}`}
          checked={value === null}
          onChange={(_, { checked }) => onChange(checked === true ? null : fallback)}
        />
      )}
    </div>
  );
}
