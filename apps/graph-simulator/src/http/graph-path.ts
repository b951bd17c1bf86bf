const FUNCTION_NAMES =
  /^(?:microsoft\.graph\.)?(delta|getbyids|checkmembergroups|getmembergroups|checkmemberobjects|restore|reauthorize)(?:\(\))?$/i;
const CANONICAL: Readonly<Record<string, string>> = {
  delta: 'delta',
  getbyids: 'getByIds',
  checkmembergroups: 'checkMemberGroups',
  getmembergroups: 'getMemberGroups',
  restore: 'restore',
  reauthorize: 'reauthorize',
};
const KEYED = /^([A-Za-z]+)\((?:([A-Za-z]+)=)?'((?:[^']|'')*)'\)$/;

/**
 * The spellings that Graph takes for one resource become one: `groups('id')` is `groups/id`, `microsoft.graph.delta()` is
 * `delta`, `users(userPrincipalName='x')` is `users/x`. An alternate key of a group stays visible as `uniqueName=x`.
 */
export function normalisePath(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .flatMap((raw) => {
      const segment = decodeURIComponent(raw);
      const name = FUNCTION_NAMES.exec(segment)?.[1]?.toLowerCase();
      if (name) return [CANONICAL[name] ?? name];
      const keyed = KEYED.exec(segment);
      if (!keyed) return [segment];
      const [, collection = '', key, quoted = ''] = keyed;
      const value = quoted.replaceAll("''", "'");
      return [collection, key === undefined || key === 'userPrincipalName' || key === 'id' ? value : `${key}=${value}`];
    });
}
