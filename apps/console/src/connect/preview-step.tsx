import { Button } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { ProblemBox } from '../parts/problem-box.js';
import { bodyOf } from './connection-body.js';
import styles from './connect.module.css';
import { PreviewView } from './preview-view.js';
import { StepFoot } from './step-foot.js';
import type { StepProps } from './step-props.js';

/** Who would come, before anything is saved. */
export function PreviewStep({ draft, secret, back, next }: StepProps): ReactElement {
  const preview = useMutation({ mutationFn: () => commands.previewUnsaved(bodyOf(draft, secret)) });
  const place = draft.everybody ? 'the tenant' : 'the groups';
  return (
    <div className={styles['body']}>
      <p>Rollcall reads {place} once and lists who would get an account, and who would not. Nothing is stored.</p>
      {preview.isError && <ProblemBox error={preview.error} />}
      {preview.data !== undefined && <PreviewView preview={preview.data} />}
      <StepFoot back={back} next={next}>
        <Button disabled={preview.isPending} onClick={() => preview.mutate()}>
          {preview.isPending ? `Reading ${place}` : 'Refresh preview'}
        </Button>
      </StepFoot>
    </div>
  );
}
