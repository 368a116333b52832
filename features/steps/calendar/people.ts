import { Given } from '@cucumber/cucumber';
import type { DaywatchWorld } from '../../support/world.ts';

Given('{person} keeps a calendar in {zone}', function (this: DaywatchWorld, owner: string, zone: string) {
  return this.makeCalendar(owner, zone);
});

Given(
  '{person} keeps a calendar {string} in {zone}',
  function (this: DaywatchWorld, owner: string, name: string, zone: string) {
    return this.makeCalendar(owner, zone, name);
  },
);

Given('{person} is new', async function (this: DaywatchWorld, name: string) {
  await this.welcome(name);
});
