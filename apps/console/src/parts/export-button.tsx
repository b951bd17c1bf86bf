import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { toCsv, type CsvColumn } from '../format/csv.js';
import { downloadFile } from '../format/download.js';
import { ProblemBox } from './problem-box.js';

interface ExportButtonProps<Row> {
  readonly name: string;
  readonly columns: readonly CsvColumn<Row>[];
  /** Everything that fits the page's filters, not only what is shown. */
  readonly load: () => Promise<Row[]>;
}

/** The list as a file: CSV for spreadsheets, JSON for programs. */
export function ExportButton<Row>({ name, columns, load }: ExportButtonProps<Row>): ReactElement {
  const save = useMutation({
    mutationFn: async (format: 'csv' | 'json') => {
      const rows = await load();
      const file = `rollcall-${name}-${new Date().toISOString().slice(0, 10)}.${format}`;
      if (format === 'csv') downloadFile(file, toCsv(rows, columns), 'text/csv;charset=utf-8');
      else downloadFile(file, `${JSON.stringify(rows, null, 2)}\n`, 'application/json');
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
    </>
  );
}
