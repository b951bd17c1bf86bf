import type { Permission } from '#connections';
import type { AdminApi } from './start-admin-api.js';

/** A route as the served OpenAPI document has it. */
export interface PublishedRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With its parameters in braces, such as `/api/v1/accounts/{id}`. */
  readonly path: string;
  /** Undefined where the document names none. */
  readonly permission: Permission | undefined;
  readonly queryNames: readonly string[];
}

interface Operation {
  readonly 'x-permission'?: Permission;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

/** Every route of the document that the API serves about itself. */
export async function publishedRoutes(api: AdminApi): Promise<PublishedRoute[]> {
  const { body } = await api.call('GET', '/api/openapi.json', { as: 'nobody' });
  const paths = body['paths'] as Record<string, Record<string, Operation>>;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase() as PublishedRoute['method'],
      path,
      permission: operation['x-permission'],
      queryNames: (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name),
    })),
  );
}
