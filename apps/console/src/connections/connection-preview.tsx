import { Button } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { commands } from '../api/commands.js';
import { PreviewView } from '../connect/preview-view.js';
import { Empty, Panel } from '../parts/page.js';
import { ProblemBox } from '../parts/problem-box.js';

/** What enabling would do, while it is not enabled. */
export function ConnectionPreview({ connectionId }: { readonly connectionId: string }): ReactElement {
  const preview = useMutation({ mutationFn: () => commands.preview(connectionId) });
  return (
    <Panel
      title="Who would come"
      aside={
        <Button size="small" disabled={preview.isPending} onClick={() => preview.mutate()}>
          {preview.isPending ? 'Reading the groups' : 'Refresh preview'}
        </Button>
      }
    >
      {preview.isError && <ProblemBox error={preview.error} />}
      {preview.data === undefined ? (
        <Empty title="Not read on this page yet.">
          <p>The preview reads the groups once and says what enabling, or a full sync, would do. Nothing is stored.</p>
        </Empty>
      ) : (
        <PreviewView preview={preview.data} />
      )}
    </Panel>
  );
}
