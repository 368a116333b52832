import type { JsonSchema } from '../schema/schema.ts';
import { daywatchSpecSchema, daywatchStatusSchema } from './daywatch.ts';
import { GROUP, VERSION } from './group.ts';
import { healthCheckSpecSchema } from './health-check.ts';
import { scrapeTargetSpecSchema } from './scrape-target.ts';
import { targetStatusSchema } from './target-fields.ts';

interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly jsonPath: string;
  readonly description?: string;
  /** From 1 on it is shown by `kubectl get -o wide` alone. */
  readonly priority?: number;
}

/** A CustomResourceDefinition of this group, as it is applied to a cluster. */
export interface Definition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced';
    readonly names: {
      readonly kind: string;
      readonly listKind: string;
      readonly singular: string;
      readonly plural: string;
      readonly shortNames: readonly string[];
      readonly categories: readonly string[];
    };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly schema: { readonly openAPIV3Schema: JsonSchema };
      readonly subresources: Readonly<Record<string, unknown>>;
      readonly additionalPrinterColumns: readonly Column[];
    }[];
  };
}

const condition = (type: string, field: string): string =>
  `.status.conditions[?(@.type=="${type}")].${field}`;
const AGE: Column = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

const TARGET_COLUMNS: readonly Column[] = [
  { name: 'Installation', type: 'string', jsonPath: '.spec.installation' },
  { name: 'Targets', type: 'integer', jsonPath: '.status.targets' },
  { name: 'Accepted', type: 'string', jsonPath: condition('Accepted', 'status') },
  { name: 'Result', type: 'string', jsonPath: '.status.lastResult' },
  { name: 'Message', type: 'string', jsonPath: condition('Accepted', 'message') },
  { name: 'Error', type: 'string', jsonPath: '.status.lastError', priority: 1 },
  AGE,
];

/** The custom resources, as they are applied to a cluster before anything else. */
export const DEFINITIONS: readonly Definition[] = [
  define({
    kind: 'Daywatch',
    plural: 'daywatches',
    shortNames: ['dw'],
    description: 'One installation of Daywatch: a calendar, and the monitor that watches it.',
    spec: daywatchSpecSchema.json,
    status: daywatchStatusSchema.json,
    rules: [
      {
        // Names of its objects are this and a word more, and a Service's name has 63 characters.
        rule: 'size(self.metadata.name) <= 30',
        message:
          'metadata.name is too long: at most 30 characters, because names of its objects begin with it',
      },
    ],
    subresources: {
      status: {},
      scale: {
        specReplicasPath: '.spec.replicas',
        statusReplicasPath: '.status.replicas',
        labelSelectorPath: '.status.selector',
      },
    },
    columns: [
      {
        name: 'Version',
        type: 'string',
        jsonPath: '.status.version',
        description: 'The version that serves.',
      },
      { name: 'Available', type: 'string', jsonPath: condition('Available', 'status') },
      { name: 'Progressing', type: 'string', jsonPath: condition('Progressing', 'reason') },
      { name: 'Degraded', type: 'string', jsonPath: condition('Degraded', 'status') },
      { name: 'Message', type: 'string', jsonPath: condition('Progressing', 'message'), priority: 1 },
      { name: 'URL', type: 'string', jsonPath: '.status.url', priority: 1 },
      AGE,
    ],
  }),
  define({
    kind: 'ScrapeTarget',
    plural: 'scrapetargets',
    shortNames: ['st'],
    description: 'Something whose metrics the checker of an installation reads.',
    spec: scrapeTargetSpecSchema.json,
    status: targetStatusSchema.json,
    subresources: { status: {} },
    columns: TARGET_COLUMNS,
  }),
  define({
    kind: 'HealthCheck',
    plural: 'healthchecks',
    shortNames: ['hc'],
    description: 'Something that the checker of an installation asks whether it is well.',
    spec: healthCheckSpecSchema.json,
    status: targetStatusSchema.json,
    subresources: { status: {} },
    columns: TARGET_COLUMNS,
  }),
];

interface DefinitionOptions {
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly description: string;
  readonly spec: JsonSchema;
  readonly status: JsonSchema;
  readonly rules?: JsonSchema['x-kubernetes-validations'];
  readonly subresources: Readonly<Record<string, unknown>>;
  readonly columns: readonly Column[];
}

function define(options: DefinitionOptions): Definition {
  const { kind, plural, shortNames, description, spec, status, rules, subresources, columns } = options;
  const openAPIV3Schema: JsonSchema = {
    type: 'object',
    description,
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec,
      status,
    },
    ...(rules === undefined ? {} : { 'x-kubernetes-validations': rules }),
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: {
        kind,
        listKind: `${kind}List`,
        singular: kind.toLowerCase(),
        plural,
        shortNames,
        // Not `daywatch`: kubectl would take the kind's own name for all kinds, and refuse `kubectl describe daywatch NAME`.
        categories: ['daywatch-all'],
      },
      versions: [
        {
          name: VERSION,
          served: true,
          storage: true,
          schema: { openAPIV3Schema },
          subresources,
          additionalPrinterColumns: columns,
        },
      ],
    },
  };
}
