import { Button, Checkbox } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import { commands } from '../api/commands.js';
import type { NoticeChannel, NotificationRules } from '../api/types.js';
import { DataTable } from '../parts/data-table.js';
import { ProblemBox } from '../parts/problem-box.js';
import { useSay } from '../parts/toasts.js';
import form from '../settings/form.module.css';
import { changedRules } from './changed-rules.js';
import { channelNames, channels, kindNames, noticeKinds, type NoticeKind } from './notice-words.js';

/** A row per kind of notice, a box per channel; saved as a whole. */
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
  const toggle = (kind: NoticeKind, channel: NoticeChannel, isOn: boolean) =>
    setRules((known) => {
      const rule = known[kind] ?? { recipients: [], channels: [] };
      const others = rule.channels.filter((each) => each !== channel);
      return { ...known, [kind]: { ...rule, channels: isOn ? [...others, channel] : others } };
    });
  return (
    <>
      <DataTable
        caption="Rules"
        rows={noticeKinds}
        keyOf={String}
        columns={[
          { heading: 'When', cell: (kind: NoticeKind) => kindNames[kind] },
          ...channels.map((channel) => ({
            heading: channelNames[channel],
            narrow: true,
            cell: (kind: NoticeKind) => (
              <Checkbox
                aria-label={`${kindNames[kind]}: ${channelNames[channel]}`}
                disabled={!mayConfigure}
                checked={rules[kind]?.channels.includes(channel) === true}
                onChange={(_, { checked }) => toggle(kind, channel, checked === true)}
              />
            ),
          })),
        ]}
      />
      <div className={`inset ${form['actions'] ?? ''}`}>
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
