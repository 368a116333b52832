import { API_VERSION, applyDefaults, daywatchSpecSchema, type Daywatch } from '@daywatch/installation';

/** An installation with this in its specification, as the API server would keep it. */
export function installation(spec: Readonly<Record<string, unknown>>): Daywatch {
  return {
    apiVersion: API_VERSION,
    kind: 'Daywatch',
    metadata: { name: 'daywatch', namespace: 'here' },
    spec: applyDefaults(daywatchSpecSchema.json, { version: '1.2.3', ...spec }) as Daywatch['spec'],
  };
}
