import { Button } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { ProblemBox } from '../parts/problem-box.js';
import { asProblem, isRefusal } from '../api/problem.js';
import { bodyOf } from './connection-body.js';
import styles from './connect.module.css';
import type { Obstacle } from './obstacle.js';
import { PreviewView } from './preview-view.js';
import { StepFoot } from './step-foot.js';
import type { StepProps } from './step-props.js';

const REFUSED_PREVIEW: Obstacle = {
  sentence: 'The preview was refused; an integration that is enabled would meet the same.',
  passing: 'Go on all the same',
};

/** Who would come, before anything is saved. */
export function PreviewStep({ draft, secret, back, next, obstacle }: StepProps): ReactElement {
  const preview = useMutation({ mutationFn: () => commands.previewUnsaved(bodyOf(draft, secret)) });
  const isRefused = preview.isError && isRefusal(asProblem(preview.error));
  const place = draft.everybody ? 'the tenant' : 'the groups';
  return (
    <div className={styles['body']}>
      <p>Rollcall reads {place} once and lists who would get an account, and who would not. Nothing is stored.</p>
      {preview.isError && <ProblemBox error={preview.error} />}
      {preview.data !== undefined && <PreviewView preview={preview.data} />}
      <StepFoot back={back} next={next} obstacle={isRefused ? REFUSED_PREVIEW : obstacle} pass={next}>
        <Button disabled={preview.isPending} onClick={() => preview.mutate()}>
          {preview.isPending ? `Reading ${place}` : 'Refresh preview'}
        </Button>
      </StepFoot>
    </div>
  );
}
