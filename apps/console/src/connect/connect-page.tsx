import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react';
import { Page, Panel } from '../parts/page.js';
import { ApplicationStep } from './application-step.js';
import styles from './connect.module.css';
import { loadDraft, saveDraft, type Draft } from './draft.js';
import { GroupsStep } from './groups-step.js';
import { PermissionsStep } from './permissions-step.js';
import { PreviewStep } from './preview-step.js';
import { SaveStep } from './save-step.js';
import { SecretStep } from './secret-step.js';
import { StartStep } from './start-step.js';
import { stepFor, steps, type StepKey } from './steps.js';
import type { StepProps } from './step-props.js';

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
  const { step: asked } = route.useSearch();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(() => loadDraft(sessionStorage));
  const [secret, setSecret] = useState('');
  useEffect(() => saveDraft(sessionStorage, draft), [draft]);

  const change = useCallback((part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part })), []);

  const step = stepFor(asked, draft, secret);
  const index = steps.findIndex(({ key }) => key === step);
  const go = (to: StepKey) => void navigate({ to: '/connections/new', search: { step: to } });
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
                disabled={stepFor(key, draft, secret) !== key}
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
              back={index === 0 ? null : () => go(steps[index - 1]?.key ?? 'start')}
              next={() => go(steps[index + 1]?.key ?? 'save')}
              go={go}
            />
          </Panel>
        </div>
      </div>
    </Page>
  );
}
