import { Button, Field, Input, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { commands } from '../api/commands.js';
import type { Account } from '../api/types.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { useSay } from '../parts/toasts.js';

type Question = 'activate' | 'deactivate' | 'inactive' | 'protect' | 'unprotect' | 'roles';

interface Words {
  readonly title: string;
  readonly action: string;
  readonly text: string;
  readonly body: { status?: Account['status']; protected?: boolean };
}

/** What a super admin may change by hand. Sync respects it until the tenant says otherwise. */
export function PersonActions({ account }: { readonly account: Account }): ReactElement {
  const [asked, ask] = useState<Question | null>(null);
  const close = () => ask(null);
  const { status } = account;
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button>Change by hand</Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {status !== 'active' && <MenuItem onClick={() => ask('activate')}>Activate</MenuItem>}
            {status !== 'inactive' && <MenuItem onClick={() => ask('inactive')}>Set inactive</MenuItem>}
            {status !== 'deactivated' && <MenuItem onClick={() => ask('deactivate')}>Deactivate</MenuItem>}
            <MenuItem onClick={() => ask(account.protected ? 'unprotect' : 'protect')}>
              {account.protected ? 'End protection' : 'Protect from sync'}
            </MenuItem>
            <MenuItem onClick={() => ask('roles')}>Change roles</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {asked === 'roles' && <RolesDialog account={account} onClose={close} />}
      {asked !== null && asked !== 'roles' && <ChangeDialog account={account} words={wordsOf(asked, account)} onClose={close} />}
    </>
  );
}

interface DialogProps {
  readonly account: Account;
  readonly onClose: () => void;
}

function ChangeDialog({ account, words, onClose }: DialogProps & { readonly words: Words }): ReactElement {
  const client = useQueryClient();
  const say = useSay();
  return (
    <ConfirmDialog
      title={words.title}
      action={words.action}
      onClose={onClose}
      onConfirm={async () => {
        await commands.patchAccount(account.id, words.body);
        await client.invalidateQueries();
        say(`${account.displayName ?? 'The account'} is changed.`);
      }}
    >
      <p>{words.text}</p>
    </ConfirmDialog>
  );
}

function RolesDialog({ account, onClose }: DialogProps): ReactElement {
  const [text, setText] = useState(account.roles.join(', '));
  const client = useQueryClient();
  return (
    <ConfirmDialog
      title={`Roles of ${account.displayName ?? 'this account'}`}
      action="Save roles"
      onClose={onClose}
      onConfirm={async () => {
        const roles = text.split(',').map((role) => role.trim());
        await commands.patchAccount(account.id, { roles: roles.filter((role) => role !== '') });
        await client.invalidateQueries();
      }}
    >
      <Field
        label="Roles in the business application"
        hint="Names, separated by commas. The last superAdmin is never deactivated by sync."
      >
        <Input value={text} onChange={(_, { value }) => setText(value)} />
      </Field>
    </ConfirmDialog>
  );
}

function wordsOf(question: Exclude<Question, 'roles'>, { displayName }: Account): Words {
  const who = displayName ?? 'this account';
  switch (question) {
    case 'activate':
      return {
        title: `Activate ${who}?`,
        action: 'Activate',
        text: 'This one account becomes active. You can deactivate it again here.',
        body: { status: 'active' },
      };
    case 'inactive':
      return {
        title: `Set ${who} inactive?`,
        action: 'Set inactive',
        text: 'This one account keeps its place without being usable, as a new one does.',
        body: { status: 'inactive' },
      };
    case 'deactivate':
      return {
        title: `Deactivate ${who}?`,
        action: 'Deactivate',
        text: 'This one account is deactivated, not deleted, although the person may still be in a watched group. You can activate it again here.',
        body: { status: 'deactivated' },
      };
    case 'protect':
      return {
        title: `Protect ${who}?`,
        action: 'Protect',
        text: 'Sync will not deactivate this account, whatever happens in Entra, until the protection ends.',
        body: { protected: true },
      };
    case 'unprotect':
      return {
        title: `End the protection of ${who}?`,
        action: 'End protection',
        text: 'Sync treats this account like every other again; if the person has left in the meantime, the account is deactivated.',
        body: { protected: false },
      };
  }
}
