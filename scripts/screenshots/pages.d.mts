export function pagesOf(api: (path: string) => Promise<unknown>): Promise<(readonly [name: string, path: string])[]>;
export const pagesSignedOut: readonly (readonly [name: string, path: string])[];
