import { describe, expect, it } from 'vitest';
import { listDockerThings } from '../_support/docker-things.ts';
import type { Site } from './_support/site.ts';

export function describeScenarios(site: () => Site): void {
  describe('the business scenarios, inside of containers', () => {
    it('should pass, and leave nothing but their image', async () => {
      const { all } = await site().run('.', 'deployment/integration-tests.sh');

      expect(all).toMatch(/[1-9]\d* passed, 0 failed/);
      await expectNothing();
    }, 900_000);

    it('should end with 1, keep what was said, and leave nothing where one does not pass', async () => {
      // Wrong settings: scenarios that cannot begin have not passed.
      const broken = 'DAYWATCH_FEATURES_PARALLEL=0 deployment/integration-tests.sh';

      await expect(site().run('.', 'sh', '-ec', broken)).rejects.toThrow(
        /ended with 1:[^]*FEATURES_PARALLEL/,
      );

      const { stdout } = await site().run('.', 'cat', 'integration-tests.log');
      expect(stdout).toContain('calendar-api_1');
      expect(stdout).toContain("FEATURES_PARALLEL: is '0'");
      await expectNothing();
    }, 600_000);

    async function expectNothing(): Promise<void> {
      const { containers, networks, volumes } = await listDockerThings(site().host);
      expect({ containers, networks, volumes }).toEqual({
        containers: [],
        networks: ['bridge', 'host', 'none'],
        volumes: [],
      });
    }
  });
}
