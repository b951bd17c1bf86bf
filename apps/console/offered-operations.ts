import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const NAME = 'virtual:offered-operations';

/**
 * Gives the console the list of operations that the published OpenAPI document has, such as `post /sync-runs/{id}/approve`, without
 * the document's other 80 KB. A control whose operation is not in it is not shown.
 */
export function offeredOperations(documentFile: string): Plugin {
  return {
    name: 'rollcall-offered-operations',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      this.addWatchFile(documentFile);
      const { paths } = JSON.parse(readFileSync(documentFile, 'utf8')) as { paths: Record<string, Record<string, unknown>> };
      return `export default new Set(${JSON.stringify(operationsOf(paths))});`;
    },
  };
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

export function operationsOf(paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => METHODS.has(method))
      .map((method) => `${method} ${path.replace(/^\/api\/v1/, '')}`),
  );
}
