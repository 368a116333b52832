import type { KubeObject } from '../../src/index.ts';

export const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
export const WIDGETS = '/apis/example.org/v1/namespaces/default/widgets';

/** A kind with all that a definition can say: defaults, rules, keyed lists, columns, status and scale. */
export function widgetDefinition(): KubeObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.org' },
    spec: {
      group: 'example.org',
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', shortNames: ['wd'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: {
            status: {},
            scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' },
          },
          additionalPrinterColumns: [
            { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
            { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  required: ['color'],
                  properties: {
                    size: { type: 'integer', minimum: 1, default: 3 },
                    color: { type: 'string', enum: ['red', 'blue'] },
                    name: { type: 'string', minLength: 2, maxLength: 5, pattern: '^[a-z]*$' },
                    parts: {
                      type: 'array',
                      maxItems: 3,
                      'x-kubernetes-list-type': 'map',
                      'x-kubernetes-list-map-keys': ['id'],
                      items: {
                        type: 'object',
                        required: ['id'],
                        properties: { id: { type: 'string' }, weight: { type: 'integer', default: 1 } },
                      },
                    },
                  },
                  'x-kubernetes-validations': [
                    { rule: "self.color != 'red' || self.size < 10", message: 'red ones stay below 10' },
                    { rule: 'self.color == oldSelf.color', message: 'color cannot change' },
                  ],
                },
                status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
              },
            },
          },
        },
      ],
    },
  };
}

export function widget(name: string, spec: KubeObject['spec'] = { color: 'blue' }): KubeObject {
  return { apiVersion: 'example.org/v1', kind: 'Widget', metadata: { name }, spec: spec ?? {} };
}
