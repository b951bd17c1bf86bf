import { createDOMRenderer, FluentProvider, RendererProvider, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { createContext, use, useEffect, useMemo, useState, type ReactElement, type ReactNode } from 'react';

export type ThemeChoice = 'light' | 'dark' | 'system';

interface ThemeSetting {
  readonly choice: ThemeChoice;
  readonly isDark: boolean;
  readonly choose: (choice: ThemeChoice) => void;
}

const STORED = 'rollcall.theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const ThemeContext = createContext<ThemeSetting | null>(null);

/** Fluent writes its styles as style elements: the content security policy takes them by the nonce of this page only. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const renderer = createDOMRenderer(document, nonce === '' ? {} : { styleElementAttributes: { nonce } });

export function ThemeProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [choice, setChoice] = useState<ThemeChoice>(storedChoice);
  const [systemIsDark, setSystemIsDark] = useState(prefersDark.matches);
  useEffect(() => {
    const listen = (event: MediaQueryListEvent) => setSystemIsDark(event.matches);
    prefersDark.addEventListener('change', listen);
    return () => prefersDark.removeEventListener('change', listen);
  }, []);

  const isDark = choice === 'system' ? systemIsDark : choice === 'dark';
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
  const setting = useMemo<ThemeSetting>(
    () => ({
      choice,
      isDark,
      choose: (next) => {
        localStorage.setItem(STORED, next);
        setChoice(next);
      },
    }),
    [choice, isDark],
  );
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider theme={isDark ? webDarkTheme : webLightTheme}>
        <ThemeContext value={setting}>{children}</ThemeContext>
      </FluentProvider>
    </RendererProvider>
  );
}

export function useTheme(): ThemeSetting {
  const setting = use(ThemeContext);
  if (setting === null) throw new Error('useTheme needs a ThemeProvider above it');
  return setting;
}

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
