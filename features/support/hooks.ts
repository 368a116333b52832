import { After, AfterAll, setDefaultTimeout } from '@cucumber/cucumber';
import { closeDatabase } from './database.ts';
import { closeCast, type DaywatchWorld } from './world.ts';

// A deadline against hanging, above that of every wait within a step.
setDefaultTimeout(60_000);

After(function (this: DaywatchWorld) {
  this.attempts.expectSeen();
});

AfterAll(async () => {
  closeCast();
  await closeDatabase();
});
