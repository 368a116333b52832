import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { openDatabase } from '../../support/database.ts';
import type { DaywatchWorld } from '../../support/world.ts';

/** SQLSTATE exclusion_violation. */
const EXCLUSION_VIOLATION = '23P01';

When(
  'somebody moves {string} over {string} in the database itself',
  async function (this: DaywatchWorld, moved: string, other: string) {
    const database = openDatabase(this.surroundings.dsn);
    const parameters = [this.eventCalled(moved).id, this.eventCalled(other).id];
    const { rows } = await database.query('SELECT FROM calendar.occurrences WHERE event_id = ANY ($1)', [
      parameters,
    ]);
    assert.equal(rows.length, 2, 'the database has other events than the calendar');
    this.databaseError = await database.query(MOVE, parameters).then(
      () => undefined,
      (error: unknown) => error,
    );
  },
);

const MOVE = `
  UPDATE calendar.occurrences AS moved SET starts_at = other.starts_at, ends_at = other.ends_at
  FROM calendar.occurrences AS other WHERE moved.event_id = $1 AND other.event_id = $2`;

Then('the database refuses it', function (this: DaywatchWorld) {
  assert.equal((this.databaseError as { code?: string } | undefined)?.code, EXCLUSION_VIOLATION);
});
