import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react';
import { useMay } from '../app/session.js';
import type { Check } from '../api/types.js';
import { Empty, Page, Panel } from '../parts/page.js';
import { PageLink } from '../parts/router-link.js';
import { ApplicationStep } from './application-step.js';
import styles from './connect.module.css';
import { loadDraft, saveDraft, type Draft } from './draft.js';
import { GroupsStep } from './groups-step.js';
import { PermissionsStep } from './permissions-step.js';
import { PreviewStep } from './preview-step.js';
import { SaveStep } from './save-step.js';
import { SecretStep } from './secret-step.js';
import { StartStep } from './start-step.js';
import { obstacleOf, type Entries } from './obstacle.js';
import { stepFor, steps, type StepKey } from './steps.js';
import type { StepProps } from './step-props.js';
import { useUnsavedTest } from './use-unsaved-test.js';

const route = getRouteApi('/connections/new');

const BODIES: Readonly<Record<StepKey, (props: StepProps) => ReactElement>> = {
  start: StartStep,
  application: ApplicationStep,
  secret: SecretStep,
  permissions: PermissionsStep,
  groups: GroupsStep,
  preview: PreviewStep,
  save: SaveStep,
};

/** Connects a tenant, in the order in which it is done in Entra. What was typed survives a reload, except the secret. */
export function ConnectPage(): ReactElement {
  if (useMay('sync.configure')) return <Wizard />;
  return (
    <Page title="Connect a tenant">
      <Panel>
        <Empty title="Super admins and IT admins connect tenants.">
          <p>
            Your role shows what is connected, on <PageLink to="/connections">Connections</PageLink>.
          </p>
        </Empty>
      </Panel>
    </Page>
  );
}

function Wizard(): ReactElement {
  const { step: asked } = route.useSearch();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(() => loadDraft(sessionStorage));
  const [{ secret, secretNo }, setEntered] = useState({ secret: '', secretNo: 0 });
  useEffect(() => saveDraft(sessionStorage, draft), [draft]);

  const change = useCallback((part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part })), []);

  const setSecret = useCallback((text: string) => setEntered((known) => ({ secret: text, secretNo: known.secretNo + 1 })), []);

  const entries: Entries = { draft, secret, checks: useChecks({ draft, secret, secretNo }) };
  const step = stepFor(asked, entries);
  const index = steps.findIndex(({ key }) => key === step);
  const go = (to: StepKey) => void navigate({ to: '/connections/new', search: { step: to } });
  // The address says what is shown: else what is mended on an earlier step would throw forward, in the middle of typing.
  useEffect(() => {
    if (asked !== undefined && asked !== step) void navigate({ to: '/connections/new', search: { step }, replace: true });
  }, [asked, step, navigate]);
  const next = () => go(steps[index + 1]?.key ?? 'save');
  // Whoever works by keyboard or ear goes on where the new step begins.
  const body = useRef<HTMLDivElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current !== step) body.current?.focus();
    shown.current = step;
  }, [step]);
  const Body = BODIES[step];
  return (
    <Page
      title="Connect a tenant"
      subtitle="Nothing is saved before the last step, and nothing is read live before you enable it."
    >
      <div className={styles['wizard']}>
        <ol className={styles['steps']} aria-label="Steps">
          {steps.map(({ key, title }) => (
            <li key={key}>
              <button
                type="button"
                {...(key === step ? { 'aria-current': 'step' as const } : {})}
                disabled={stepFor(key, entries) !== key}
                onClick={() => go(key)}
              >
                {title}
              </button>
            </li>
          ))}
        </ol>
        <div ref={body} tabIndex={-1} className={styles['current']}>
          <Panel title={steps[index]?.title ?? ''}>
            <Body
              draft={draft}
              change={change}
              secret={secret}
              setSecret={setSecret}
              secretNo={secretNo}
              back={index === 0 ? null : () => go(steps[index - 1]?.key ?? 'start')}
              next={next}
              obstacle={obstacleOf(step, entries)}
              pass={() => {
                change({ withoutConsent: true });
                next();
              }}
              go={go}
            />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

/** What the steps have found out about what is entered now; they ask, this only listens. */
function useChecks(entered: Pick<StepProps, 'draft' | 'secret' | 'secretNo'>): Check[] {
  const access = useUnsavedTest(entered, [], { enabled: false });
  const scope = useUnsavedTest(entered, entered.draft.groups, { enabled: false });
  const ofGroups = (scope.data?.checks ?? []).filter(({ name }) => name.startsWith('group:'));
  return [...(access.data?.checks ?? []), ...ofGroups];
}
