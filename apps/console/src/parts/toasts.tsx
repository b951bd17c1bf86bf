import { Toast, Toaster, ToastTitle, useId, useToastController } from '@fluentui/react-components';
import { createContext, use, useCallback, type ReactElement, type ReactNode } from 'react';

type Say = (sentence: string) => void;

const SayContext = createContext<Say | null>(null);

/** Short sentences at the edge of the screen about what was done; also read aloud. */
export function Toasts({ children }: { readonly children: ReactNode }): ReactElement {
  const toasterId = useId('toaster');
  const { dispatchToast } = useToastController(toasterId);
  const say = useCallback<Say>(
    (sentence) =>
      dispatchToast(
        <Toast>
          <ToastTitle>{sentence}</ToastTitle>
        </Toast>,
        { intent: 'success', timeout: 5_000 },
      ),
    [dispatchToast],
  );
  return (
    <SayContext value={say}>
      {children}
      <Toaster toasterId={toasterId} position="bottom-end" />
    </SayContext>
  );
}

export function useSay(): Say {
  const say = use(SayContext);
  if (say === null) throw new Error('useSay needs Toasts above it');
  return say;
}
