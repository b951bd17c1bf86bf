import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { useMe } from './session.js';
import { useTheme, type ThemeChoice } from './theme.js';

/** Who am I, light or dark, out. */
export function UserMenu(): ReactElement {
  const { displayName } = useMe();
  const { choice, choose } = useTheme();
  const navigate = useNavigate();
  const signOut = async () => {
    await commands.signOut();
    location.assign('/');
  };
  return (
    <Menu checkedValues={{ theme: [choice] }} onCheckedValueChange={(_, { checkedItems }) => choose(toChoice(checkedItems[0]))}>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<PersonRegular />} aria-label={`Account of ${displayName}`} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => void navigate({ to: '/me' })}>{displayName}: my rights</MenuItem>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>Appearance</MenuGroupHeader>
            <MenuItemRadio name="theme" value="system">
              As the system
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="light">
              Light
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="dark">
              Dark
            </MenuItemRadio>
          </MenuGroup>
          <MenuDivider />
          <MenuItem onClick={() => void signOut()}>Sign out</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function toChoice(value: string | undefined): ThemeChoice {
  return value === 'light' || value === 'dark' ? value : 'system';
}
