import { Checkbox } from '@fluentui/react-components';
import type { Column } from './data-table.js';
import type { Selection } from './use-selection.js';

interface Selectable<Row> {
  readonly rows: readonly Row[];
  readonly nameOf: (row: Row) => string;
  /** What the box in the header does, in words. */
  readonly allOfThem: string;
}

/** The boxes that select rows, with one in the header for all that are shown. */
export function selectColumn<Row extends { readonly id: string }>(
  selection: Selection,
  { rows, nameOf, allOfThem }: Selectable<Row>,
): Column<Row> {
  return {
    heading: 'Select',
    select: true,
    headingCell: (
      <Checkbox
        aria-label={allOfThem}
        checked={selection.of(rows)}
        onChange={(_, { checked }) => selection.setAll(rows, checked === true)}
      />
    ),
    cell: (row) => (
      <Checkbox
        aria-label={`Select ${nameOf(row)}`}
        checked={selection.has(row.id)}
        onChange={(_, { checked }) => selection.setAll([row], checked === true)}
      />
    ),
  };
}
