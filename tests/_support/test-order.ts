import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Takes ten minutes: begun last, it would be waited for with one worker idle. */
const FIRST = '/tests/deployment/deployment.test.ts';

/** In a real browser: not beside the building of images, which leaves a page of two workers little of the machine. */
const LAST = '/web/tests/';

/** Begins with what takes longest, and ends with the pages; a clean clone has no times to go by, only sizes. */
export class TestOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  if (moduleId.endsWith(FIRST)) return 0;
  return moduleId.includes(LAST) ? 2 : 1;
}
