import { Button, Checkbox } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import type { NoticeChannel, NoticeKind, NotificationRules } from '../api/types.js';
import { DataTable } from '../parts/data-table.js';
import { ProblemBox } from '../parts/problem-box.js';
import { useSay } from '../parts/toasts.js';
import form from '../settings/form.module.css';
import { changedRules } from './changed-rules.js';
import { channelNames, channels } from './notice-words.js';
import styles from './notices.module.css';
import { RecipientsField } from './recipients-field.js';

type Rule = NotificationRules['effective'][string];

/** A row per kind of notice: who is told, and a box per channel; saved as a whole. */
export function RulesForm({ book }: { readonly book: NotificationRules }): ReactElement {
  const [base, setBase] = useState(book.effective);
  const [rules, setRules] = useState(book.effective);
  const mayConfigure = useMay('sync.configure');
  const client = useQueryClient();
  const say = useSay();
  const changed = changedRules(base, rules);
  const save = useMutation({
    mutationFn: () => commands.putNotificationRules({ rules: changed }, book.connectionId ?? undefined),
    onSuccess: async (saved) => {
      setBase(saved.effective);
      setRules(saved.effective);
      await client.invalidateQueries({ queryKey: ['notification-rules'] });
      say('Saved. The rules hold from now on.');
    },
  });
  const ruleOf = (kind: NoticeKind): Rule => rules[kind] ?? { recipients: [], channels: [] };
  const change = (kind: NoticeKind, part: Partial<Rule>) => setRules({ ...rules, [kind]: { ...ruleOf(kind), ...part } });
  const toggle = (kind: NoticeKind, channel: NoticeChannel, isOn: boolean) => {
    const others = ruleOf(kind).channels.filter((each) => each !== channel);
    change(kind, { channels: isOn ? [...others, channel] : others });
  };
  return (
    <>
      <DataTable
        caption="Rules"
        rows={book.kinds}
        keyOf={({ kind }) => kind}
        columns={[
          { heading: 'When', cell: ({ title }) => title },
          {
            heading: 'Who is told',
            cell: ({ kind, title }) => (
              <RecipientsField
                label={`${title}: who is told`}
                chosen={ruleOf(kind).recipients}
                superAdmins={book.superAdmins}
                disabled={!mayConfigure}
                onChange={(recipients) => change(kind, { recipients })}
              />
            ),
          },
          ...channels.map((channel) => ({
            heading: channelNames[channel],
            narrow: true,
            cell: ({ kind, title }: NotificationRules['kinds'][number]) => (
              <Checkbox
                aria-label={`${title}: ${channelNames[channel]}`}
                disabled={!mayConfigure}
                checked={ruleOf(kind).channels.includes(channel)}
                onChange={(_, { checked }) => toggle(kind, channel, checked === true)}
              />
            ),
          })),
        ]}
      />
      <div className={`inset ${form['actions'] ?? ''} ${styles['save'] ?? ''}`}>
        <Button appearance="primary" disabled={Object.keys(changed).length === 0 || save.isPending} onClick={() => save.mutate()}>
          Save
        </Button>
        <Button disabled={Object.keys(changed).length === 0} onClick={() => setRules(base)}>
          Discard changes
        </Button>
      </div>
      {save.isError && <ProblemBox error={save.error} />}
    </>
  );
}
