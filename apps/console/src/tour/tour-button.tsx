import { Button } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { ProblemBox } from '../parts/problem-box.js';

interface TourButtonProps {
  readonly work: () => Promise<unknown>;
  readonly children: ReactNode;
}

/** Does in the tour what another page does too. */
export function TourButton({ work, children }: TourButtonProps): ReactElement {
  const client = useQueryClient();
  const done = useMutation({ mutationFn: work, onSuccess: () => client.invalidateQueries() });
  return (
    <>
      <Button size="small" disabled={done.isPending} onClick={() => done.mutate()}>
        {children}
      </Button>
      {done.isError && <ProblemBox error={done.error} />}
    </>
  );
}
