import { Button, Checkbox, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { commands } from '../api/commands.js';
import type { Connection, ConnectionHealth } from '../api/types.js';
import { people } from '../format/counts.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { ProblemBox } from '../parts/problem-box.js';
import { useSay } from '../parts/toasts.js';

interface ConnectionActionsProps {
  readonly connection: Connection;
  readonly health: ConnectionHealth | undefined;
}

/** Enable, pause, disconnect; each says what it does before it does it. */
export function ConnectionActions({ connection, health }: ConnectionActionsProps): ReactElement {
  const [asked, ask] = useState<'pause' | 'disconnect' | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  const renew = () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => ['connections', 'health'].includes(String(queryKey[0])) });
  const enable = useMutation({
    mutationFn: () => commands.enable(connection.id),
    onSuccess: async () => {
      await renew();
      say('Microsoft Entra ID is connected to Rollcall.');
    },
  });
  const isLive = connection.state === 'enabled' || connection.state === 'quarantined';
  return (
    <>
      {!isLive && (
        <Button appearance="primary" disabled={enable.isPending} onClick={() => enable.mutate()}>
          {connection.state === 'paused' ? 'Resume' : 'Enable integration'}
        </Button>
      )}
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<MoreHorizontalRegular />} aria-label="More actions" />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {isLive && <MenuItem onClick={() => ask('pause')}>Pause</MenuItem>}
            <MenuItem
              onClick={() =>
                void navigate({ to: '/connections/$connectionId/credential', params: { connectionId: connection.id } })
              }
            >
              Rotate secret
            </MenuItem>
            <MenuItem onClick={() => ask('disconnect')}>
              {connection.cloud === 'simulated' ? 'Remove the demo' : 'Disconnect'}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {enable.isError && <ProblemBox error={enable.error} />}
      {asked === 'pause' && (
        <ConfirmDialog
          title={`Pause ${connection.name}?`}
          action="Pause"
          onClose={() => ask(null)}
          onConfirm={async () => {
            await commands.pause(connection.id);
            await renew();
            say(`${connection.name} is paused.`);
          }}
        >
          <p>
            Changes in Entra are not taken until you resume. Nobody is removed or added meanwhile; what happened in between is
            read when you resume.
          </p>
        </ConfirmDialog>
      )}
      {asked === 'disconnect' && <DisconnectDialog connection={connection} health={health} onClose={() => ask(null)} />}
    </>
  );
}

interface DisconnectDialogProps extends ConnectionActionsProps {
  readonly onClose: () => void;
}

function DisconnectDialog({ connection, health, onClose }: DisconnectDialogProps): ReactElement {
  const [deactivate, setDeactivate] = useState(false);
  const client = useQueryClient();
  const say = useSay();
  const inside = health === undefined ? null : health.people.active + health.people.inactive;
  const isDemo = connection.cloud === 'simulated';
  const action = isDemo ? 'Remove the demo' : 'Disconnect';
  const them = inside === null ? 'The people it brought' : people(inside);
  return (
    <ConfirmDialog
      danger
      title={isDemo ? 'Remove the demo?' : `Disconnect ${connection.name}?`}
      action={action}
      onClose={onClose}
      onConfirm={async () => {
        await commands.disconnect(connection.id, deactivate);
        await client.invalidateQueries();
        say(isDemo ? 'The demo is removed.' : `${connection.name} is disconnected.`);
      }}
    >
      <p>
        {isDemo && 'The simulated tenant is disconnected, and the tour ends. '}Its subscriptions at Microsoft Graph end and its
        client secret is erased here. {them} {inside === 1 ? 'keeps' : 'keep'} their accounts
        {inside !== 0 && ', unless you choose otherwise below'}. Connecting the same tenant again finds the same people.
      </p>
      {inside !== 0 && (
        <Checkbox
          checked={deactivate}
          onChange={(_, { checked }) => setDeactivate(checked === true)}
          label={`Also deactivate ${inside === null ? 'them' : people(inside)}; what is more than the guard allows is held for you`}
        />
      )}
    </ConfirmDialog>
  );
}
