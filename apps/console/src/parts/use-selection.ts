import { useCallback, useMemo, useState } from 'react';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  has(id: string): boolean;
  /** Whether all, some or none of these are selected. */
  of(items: readonly { readonly id: string }[]): boolean | 'mixed';
  setAll(items: readonly { readonly id: string }[], isSelected: boolean): void;
  clear(): void;
}

/** Ids that stay selected while the list is read on, page after page. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const clear = useCallback(() => setIds(new Set()), []);
  return useMemo(
    () => ({
      ids,
      has: (id) => ids.has(id),
      of: (items) => {
        const selected = items.filter(({ id }) => ids.has(id)).length;
        return selected === 0 ? false : selected === items.length ? true : 'mixed';
      },
      setAll: (items, isSelected) =>
        setIds((known) => {
          const next = new Set(known);
          for (const { id } of items) {
            if (isSelected) next.add(id);
            else next.delete(id);
          }
          return next;
        }),
      clear,
    }),
    [ids, clear],
  );
}
