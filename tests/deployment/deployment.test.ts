import { afterAll, beforeAll, describe } from 'vitest';
import { canStartEngine } from '../_support/docker-engine.ts';
import { hasDebianPackage } from '../_support/debian-packages.ts';
import { openSite, type Site } from './_support/site.ts';
import { describeCrashes } from './crashes.ts';
import { describeFirstStart, startAsTheReadmeSays } from './first-start.ts';
import { describeImages } from './images.ts';
import { describeRestarts } from './restarts.ts';
import { describeScenarios } from './scenarios.ts';
import { describeSecrets } from './secrets.ts';

const PACKAGES = ['docker-compose', 'gosu'];

/**
 * docker-compose.yml, from a clean checkout to `down --volumes`. One system serves all of it, in this order, because
 * to make one takes minutes.
 */
describe.runIf(canStartEngine('docker.io') && PACKAGES.every(hasDebianPackage))(
  'Daywatch in containers',
  () => {
    let site: Site;
    beforeAll(async () => {
      site = await openSite();
      // What comes after finds a system that works without a second try.
      await startAsTheReadmeSays(site);
    }, 1_200_000);
    afterAll(() => site?.[Symbol.asyncDispose]());

    describeFirstStart(() => site);
    describeImages(() => site);
    describeSecrets(() => site);
    describeCrashes(() => site);
    describeRestarts(() => site);
    describeScenarios(() => site);
  },
);
