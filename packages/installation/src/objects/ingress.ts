import type { Ingress } from '../kubernetes/index.ts';
import type { IngressSpec } from '../resources/daywatch-fields.ts';
import { nameObject, objectMeta, type Scope } from './scope.ts';

/** One origin for everything: the API of the calendar forwards what is the monitor's. */
export function describeIngress(scope: Scope, ingress: IngressSpec): Ingress {
  const { host, className, tlsSecretName, annotations } = ingress;
  const name = nameObject(scope, 'calendar-api');
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...objectMeta(scope, 'calendar-api'),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: {
      ...(className === undefined ? {} : { ingressClassName: className }),
      ...(tlsSecretName === undefined ? {} : { tls: [{ hosts: [host], secretName: tlsSecretName }] }),
      rules: [
        {
          host,
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } },
            ],
          },
        },
      ],
    },
  };
}
