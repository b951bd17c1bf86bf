import { Field, Select } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { queries } from '../api/queries.js';

interface ConnectionFilterProps {
  readonly value: string | undefined;
  readonly onChange: (connectionId: string | undefined) => void;
}

/** Which connection a list is of; not shown where there is only one. */
export function ConnectionFilter({ value, onChange }: ConnectionFilterProps): ReactElement | null {
  const { data } = useQuery(queries.connections());
  if (data === undefined || (data.length < 2 && value === undefined)) return null;
  return (
    <Field label="Connection">
      <Select value={value ?? ''} onChange={(_, { value: chosen }) => onChange(chosen === '' ? undefined : chosen)}>
        <option value="">Any</option>
        {data.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
