import type { ReactElement, ReactNode } from 'react';
import styles from './parts.module.css';

export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** As narrow as its content. */
  readonly narrow?: boolean;
  /** Somebody's name: on one line where it is not long. */
  readonly name?: boolean;
  /** A day and a time, on one line or on two. */
  readonly instant?: boolean;
  /** A box to select the row by. */
  readonly select?: boolean;
  /** Shown in the header instead of the heading, such as a box that selects all. */
  readonly headingCell?: ReactNode;
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
}

/** Rows and columns; on a narrow screen each row is a card that repeats the headings. */
export function DataTable<Row>({ caption, columns, rows, keyOf }: DataTableProps<Row>): ReactElement {
  const first = columns.find(({ select }) => select !== true);
  return (
    <div className={styles['tableWrap']}>
      <table className={styles['table']}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.heading} scope="col" className={classOf(column)}>
                {column.headingCell ?? column.heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td
                  key={column.heading}
                  className={`${classOf(column)} ${column === first ? (styles['first'] ?? '') : ''}`}
                  data-label={column.heading}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf<Row>({ numeric, narrow, name, instant, select }: Column<Row>): string {
  return [
    numeric === true && styles['numeric'],
    (narrow === true || select === true) && styles['narrow'],
    name === true && styles['name'],
    instant === true && styles['instant'],
    select === true && styles['select'],
  ]
    .filter(Boolean)
    .join(' ');
}
