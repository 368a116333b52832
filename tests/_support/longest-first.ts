import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take minutes: begun last, they would be waited for with one worker idle. */
const LONGEST = ['/tests/deployment/deployment.test.ts'];

/** Begins with the files that take longest; a clean clone has no times to go by, only sizes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      LONGEST.some((end) => moduleId.endsWith(end));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
