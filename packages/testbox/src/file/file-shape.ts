import { listOf } from './collection-shape.ts';
import { CONTAINER_FIELDS, containerName } from './container-shape.ts';
import { fields, optional, required } from './fields.ts';
import { refuse, type Shape, type ValueOf } from './shape.ts';
import { testShape } from './test-shape.ts';

/** How many tests run at once where `parallel: true` names no number. */
export const DEFAULT_PARALLEL = 16;

const PARALLEL = 'true, false or a whole number from 1 to 1000';

/** Whether tests run beside each other unless they say otherwise, and how many at once. */
const parallel: Shape<{ readonly isDefault: boolean; readonly max: number }> = {
  allowed: PARALLEL,
  jsonSchema: { type: ['boolean', 'integer'] },
  read(node, key, reading) {
    if (node.kind === 'scalar' && typeof node.value === 'boolean')
      return { isDefault: node.value, max: DEFAULT_PARALLEL };
    const value = node.kind === 'scalar' && node.text !== '' ? Number(node.text) : NaN;
    if (!Number.isInteger(value) || value < 1 || value > 1000) return refuse(node, key, reading, PARALLEL);
    return { isDefault: true, max: value };
  },
};

const dependency = fields(
  {
    name: required(containerName, 'What the others call it: ${name:network_address}, and its host name.'),
    ...CONTAINER_FIELDS,
  },
  'a dependency',
);

/** The whole file as it is written. */
export const fileShape = fields(
  {
    containerName: required(containerName, 'What the container under test is called.'),
    ...CONTAINER_FIELDS,
    dependencies: optional(listOf(dependency, 'dependencies'), 'What it needs, started before it.'),
    parallel: optional(parallel, 'Run tests beside each other: true, or how many at once.'),
    tests: required(listOf(testShape, 'tests', { min: 1 }), 'What is tried, in this order.'),
  },
  'a test file',
);

export type WrittenFile = ValueOf<typeof fileShape>;
