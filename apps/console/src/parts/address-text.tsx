import { Fragment, type ReactElement } from 'react';

/** A text with mail addresses in it: where they do not fit, they break before the @ rather than in a word. */
export function AddressText({ children }: { readonly children: string }): ReactElement {
  return (
    <>
      {children.split('@').map((part, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <>
              <wbr />@
            </>
          )}
          {part}
        </Fragment>
      ))}
    </>
  );
}
