import { Button } from '@fluentui/react-components';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import { queries } from '../api/queries.js';
import type { DeadLetter } from '../api/types.js';
import { ConnectionFilter } from '../connections/connection-filter.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { DataTable } from '../parts/data-table.js';
import { Mono } from '../parts/facts.js';
import { Instant } from '../parts/instant.js';
import { JsonDialog } from '../parts/json-dialog.js';
import { LoadedList } from '../parts/loaded.js';
import { Empty, Filters, Page, Panel } from '../parts/page.js';
import { useSay } from '../parts/toasts.js';
import form from '../settings/form.module.css';
import { lossOf, messageWords } from './message-words.js';

const route = getRouteApi('/dead-letters');

/** Messages that no handler could take: read the reason, then replay or discard. */
export function DeadLettersPage(): ReactElement {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const letters = useInfiniteQuery(queries.deadLetters(filter));
  return (
    <Page
      title="Dead letters"
      subtitle="Messages that failed again and again. The others go on; whoever in Entra one was about is read anew by a run of their own."
    >
      <Filters>
        <ConnectionFilter
          value={filter.connectionId}
          onChange={(connectionId) => void navigate({ to: '/dead-letters', search: { connectionId }, replace: true })}
        />
      </Filters>
      <Panel bare>
        <LoadedList
          query={letters}
          noun={['message', 'messages']}
          empty={
            <Empty title="No message has failed.">
              <p>If one does, it waits here with its reason instead of being lost.</p>
            </Empty>
          }
        >
          {(items) => <LetterTable letters={items} />}
        </LoadedList>
      </Panel>
    </Page>
  );
}

function LetterTable({ letters }: { readonly letters: readonly DeadLetter[] }): ReactElement {
  const mayApprove = useMay('sync.approve');
  const [asked, ask] = useState<{ decision: 'replay' | 'discard'; letter: DeadLetter } | null>(null);
  return (
    <>
      <DataTable
        caption="Dead letters"
        rows={letters}
        keyOf={({ id }) => id}
        columns={[
          { heading: 'Last tried', narrow: true, cell: ({ lastAt }) => <Instant at={lastAt} /> },
          {
            heading: 'Message',
            cell: (letter) => (
              <span>
                {messageWords(letter)} <Mono>{letter.eventType ?? letter.topic}</Mono>
              </span>
            ),
          },
          { heading: 'Handler', narrow: true, cell: ({ group }) => group },
          {
            heading: 'Reason',
            cell: ({ reason }) => (
              <span>
                {reason.message} <Mono>{reason.code}</Mono>
              </span>
            ),
          },
          { heading: 'Tries', numeric: true, narrow: true, cell: ({ attempts }) => attempts },
          {
            heading: 'Actions',
            narrow: true,
            cell: (letter) => (
              <span className={form['actions']}>
                <JsonDialog
                  title="The message as it came"
                  value={parsed(letter.payload)}
                  trigger={
                    <Button size="small" appearance="subtle">
                      Read
                    </Button>
                  }
                />
                {mayApprove && (
                  <>
                    <Button size="small" onClick={() => ask({ decision: 'replay', letter })}>
                      Replay
                    </Button>
                    <Button size="small" onClick={() => ask({ decision: 'discard', letter })}>
                      Discard
                    </Button>
                  </>
                )}
              </span>
            ),
          },
        ]}
      />
      {asked !== null && <SettleDialog {...asked} onClose={() => ask(null)} />}
    </>
  );
}

interface SettleDialogProps {
  readonly decision: 'replay' | 'discard';
  readonly letter: DeadLetter;
  readonly onClose: () => void;
}

function SettleDialog({ decision, letter, onClose }: SettleDialogProps): ReactElement {
  const client = useQueryClient();
  const say = useSay();
  const isReplay = decision === 'replay';
  const what = `“${messageWords(letter)}”`;
  return (
    <ConfirmDialog
      danger={!isReplay}
      title={isReplay ? 'Replay this message?' : 'Discard this message?'}
      action={isReplay ? 'Replay' : 'Discard'}
      onClose={onClose}
      onConfirm={async () => {
        await commands.settleDeadLetter(letter.id, decision);
        await client.invalidateQueries({ queryKey: ['dead-letters'] });
        say(isReplay ? 'The message is on its way again.' : 'The message is discarded.');
      }}
    >
      <p>
        {isReplay
          ? `${what} is handed to ${letter.group} once more, as it came. What it says that is older than what is known already changes nothing; if it fails again, it comes back here.`
          : `${what} is not handled any more. ${lossOf(letter)}`}
      </p>
    </ConfirmDialog>
  );
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload) as unknown;
  } catch {
    return payload;
  }
}
