import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Delivery } from '../api/types.js';
import { counted } from '../format/counts.js';
import { DataTable } from '../parts/data-table.js';
import { Instant } from '../parts/instant.js';
import { attemptOutcomes, statusWords } from './notice-words.js';

/** Each attempt to deliver one message: when, with which status, and what the other side said; and when the next one is. */
export function AttemptsDialog({ delivery }: { readonly delivery: Delivery }): ReactElement {
  const { title, channel, attempts } = delivery;
  return (
    <Dialog>
      <DialogTrigger disableButtonEnhancement>
        <Button size="small" appearance="subtle" aria-label={`${counted(attempts.length, 'attempt')}: ${title}`}>
          {attempts.length}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {attempts.length > 0 && (
              <DataTable
                caption="Attempts"
                rows={attempts}
                keyOf={({ number }) => number}
                columns={[
                  { heading: 'No.', numeric: true, narrow: true, cell: ({ number }) => number },
                  { heading: 'When', instant: true, cell: ({ at }) => <Instant at={at} exact /> },
                  { heading: 'Outcome', narrow: true, cell: ({ outcome }) => attemptOutcomes[outcome] },
                  { heading: 'Status', narrow: true, cell: ({ code }) => statusWords(channel, code) },
                  { heading: 'Answer', cell: ({ answer }) => answer },
                ]}
              />
            )}
            <NextTry delivery={delivery} />
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="secondary">Close</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** When it is tried next; nothing where it is not tried again. */
export function NextTry({ delivery }: { readonly delivery: Delivery }): ReactElement | null {
  const { attempts, nextAttemptAt } = delivery;
  if (nextAttemptAt === null) return null;
  return (
    <p>
      {attempts.length === 0 ? 'First try' : 'Next try'}: <Instant at={nextAttemptAt} exact />
    </p>
  );
}
