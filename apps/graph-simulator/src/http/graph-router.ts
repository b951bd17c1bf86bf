import type { GraphRoute, Parameters } from './graph-call.js';
import { GraphError } from './graph-error.js';

export interface MatchedRoute {
  readonly route: GraphRoute;
  readonly parameters: Parameters;
}

/** Finds the route of a normalised path. A literal segment wins over a parameter, so `/groups/delta` is never a group's id. */
export class GraphRouter {
  readonly #routes: readonly { readonly route: GraphRoute; readonly pattern: readonly string[] }[];

  constructor(routes: readonly GraphRoute[]) {
    this.#routes = routes
      .map((route) => ({ route, pattern: route.path.split('/').filter((segment) => segment !== '') }))
      .sort((left, right) => parametersIn(left.pattern) - parametersIn(right.pattern));
  }

  match(method: string, segments: readonly string[]): MatchedRoute {
    let pathKnown = false;
    for (const { route, pattern } of this.#routes) {
      const parameters = matchPattern(pattern, segments);
      if (!parameters) continue;
      if (route.method === method) return { route, parameters };
      pathKnown = true;
    }
    if (pathKnown)
      throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
    throw new GraphError(400, 'BadRequest', `Resource not found for the segment '${segments.at(-1) ?? ''}'.`);
  }
}

function matchPattern(pattern: readonly string[], segments: readonly string[]): Parameters | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith(':')) parameters[expected.slice(1)] = actual;
    else if (expected.toLowerCase() !== actual.toLowerCase()) return undefined;
  }
  return parameters;
}

function parametersIn(pattern: readonly string[]): number {
  return pattern.filter((segment) => segment.startsWith(':')).length;
}
