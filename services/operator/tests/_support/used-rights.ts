import type { ApiServer } from '@daywatch/test-api-server';
/** Its account, in whatever namespace. */
const OPERATOR = /^system:serviceaccount:[^:]+:daywatch-operator$/;

/** What the operator has asked the API server for, as `patch daywatches/status`. */
export function listUsedRights({ requests }: Pick<ApiServer, 'requests'>): readonly string[] {
  const used = new Set<string>();
  for (const request of requests.all()) {
    if (!OPERATOR.test(request.username)) continue;
    const { verb, resource, subresource, status } = request;
    const what = subresource === undefined ? resource : `${resource}/${subresource}`;
    used.add(`${verb} ${what}`);
    // To apply what is not there yet takes the right to make it, too.
    if (verb === 'patch' && status === 201) used.add(`create ${what}`);
  }
  return [...used];
}
