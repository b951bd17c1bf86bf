import { Button } from '@fluentui/react-components';
import { NavigationRegular, SearchRegular } from '@fluentui/react-icons';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react';
import { isOffered } from '../api/offered.js';
import { readersTimeZone } from '../format/instants.js';
import { NoticeBell } from '../notices/notice-bell.js';
import { useNeeds } from '../overview/use-needs.js';
import { focusPage } from './focus-page.js';
import { LiveBroken, LiveIndicator } from './live-state.js';
import { navigation } from './navigation.js';
import styles from './shell.module.css';
import { UserMenu } from './user-menu.js';

const Palette = lazy(async () => ({ default: (await import('../palette/palette.js')).Palette }));

/** What is around every page: the bar on top, the list of pages, the state of live updates. */
export function Shell(): ReactElement {
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useFocusOnNewPage();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setPaletteOpen(true);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#main">
        Skip to the page
      </a>
      <header className={styles['top']}>
        <span className={styles['menuButton']}>
          <Button
            appearance="subtle"
            icon={<NavigationRegular />}
            aria-label="Pages"
            aria-expanded={isMenuOpen}
            onClick={() => setMenuOpen(!isMenuOpen)}
          />
        </span>
        <Link to="/" className={styles['brand']}>
          <img src="/favicon.svg" alt="" width="22" height="22" />
          Rollcall
        </Link>
        <span className={styles['grow']} />
        <Button
          className={styles['search'] ?? ''}
          icon={<SearchRegular />}
          aria-label="Search pages, people, groups and actions"
          onClick={() => setPaletteOpen(true)}
        >
          Search <kbd>Ctrl K</kbd>
        </Button>
        <LiveIndicator />
        {isOffered('get /notifications') && <NoticeBell />}
        <UserMenu />
      </header>
      <div className={styles['scrim']} data-open={isMenuOpen} onClick={() => setMenuOpen(false)} />
      <Navigation isOpen={isMenuOpen} onChosen={() => setMenuOpen(false)} />
      <main id="main" className={styles['main']} tabIndex={-1}>
        <LiveBroken />
        <Outlet />
        <p className={styles['zone']}>Times are in your time zone, TZ: {readersTimeZone()}.</p>
      </main>
      {isPaletteOpen && (
        <Suspense>
          <Palette onClose={() => setPaletteOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Whoever goes to another page by keyboard is on it, not where the link was; a filter or a tab of the same page moves nothing. */
function useFocusOnNewPage(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged) focusPage();
      }),
    [router],
  );
}

interface NavigationProps {
  readonly isOpen: boolean;
  readonly onChosen: () => void;
}

function Navigation({ isOpen, onChosen }: NavigationProps): ReactElement {
  const { needs } = useNeeds();
  const countOf = (to: string) => needs.find((need) => need.to === to)?.count ?? 0;
  return (
    <nav className={styles['nav']} data-open={isOpen} aria-label="Pages">
      <div className={styles['navPages']}>
        {navigation.map(({ title, items }) => (
          <section key={title ?? 'main'}>
            {title !== null && <h2>{title}</h2>}
            <ul>
              {items
                .filter((item) => isOffered(item.needs))
                .map(({ to, label }) => (
                  <li key={to}>
                    <Link
                      to={to}
                      onClick={onChosen}
                      className={styles['item']}
                      activeOptions={{ exact: to === '/', includeSearch: false }}
                    >
                      {label}
                      {countOf(to) > 0 && <span className={styles['count']}>{countOf(to)}</span>}
                    </Link>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}
