export function pagesOf(api: (path: string) => Promise<unknown>): Promise<(readonly [name: string, path: string])[]>;
