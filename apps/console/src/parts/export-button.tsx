import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MessageBar,
  MessageBarBody,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { formatNumber } from '../format/counts.js';
import { toCsv, type CsvColumn } from '../format/csv.js';
import { downloadFile } from '../format/download.js';
import { ProblemBox } from './problem-box.js';

interface ExportButtonProps<Row> {
  readonly name: string;
  readonly columns: readonly CsvColumn<Row>[];
  /** Everything that fits the page's filters, not only what is shown, as far as `most` rows. */
  readonly load: (most: number) => Promise<Row[]>;
  /** As many rows as one file holds. */
  readonly most: number;
}

/** The list as a file: CSV for spreadsheets, JSON for programs. */
export function ExportButton<Row>({ name, columns, load, most }: ExportButtonProps<Row>): ReactElement {
  const save = useMutation({
    mutationFn: async (format: 'csv' | 'json') => {
      const found = await load(most + 1);
      const rows = found.slice(0, most);
      const file = `rollcall-${name}-${new Date().toISOString().slice(0, 10)}.${format}`;
      if (format === 'csv') downloadFile(file, toCsv(rows, columns), 'text/csv;charset=utf-8');
      else downloadFile(file, `${JSON.stringify(rows, null, 2)}\n`, 'application/json');
      return { isCut: found.length > most };
    },
  });
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button disabled={save.isPending}>{save.isPending ? 'Exporting' : 'Export'}</Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => save.mutate('csv')}>CSV</MenuItem>
            <MenuItem onClick={() => save.mutate('json')}>JSON</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {save.isError && <ProblemBox error={save.error} />}
      {save.data?.isCut === true && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            The file holds the first {formatNumber(most)} rows; there are more. Narrow the list by its filters to save the others.
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
