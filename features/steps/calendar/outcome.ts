import assert from 'node:assert/strict';
import { Then } from '@cucumber/cucumber';
import type { Refusal } from '../../support/calendar/refusal.ts';
import type { ExpectedRefusal } from '../../support/refusals.ts';
import type { DaywatchWorld } from '../../support/world.ts';

Then('it is done', function (this: DaywatchWorld) {
  this.attempts.expectDone();
});

Then('it is refused because {refusal}', function (this: DaywatchWorld, expected: ExpectedRefusal) {
  expectRefusal(this, this.attempts.takeRefusal(), expected);
});

Then(
  'it is refused because {refusal}: {fields}',
  function (this: DaywatchWorld, expected: ExpectedRefusal, fields: readonly string[]) {
    const refusal = this.attempts.takeRefusal();
    expectRefusal(this, refusal, expected);
    assert.deepEqual(refusal.fields.toSorted(), fields.toSorted());
  },
);

Then('what is in the way is {string}', function (this: DaywatchWorld, title: string) {
  const { conflicts } = this.attempts.takeRefusal();
  assert.deepEqual([...new Set(conflicts.map(({ event_id }) => event_id))], [this.eventCalled(title).id]);
  for (const { start, end } of conflicts)
    assert.ok(Date.parse(start) < Date.parse(end), `${start} to ${end}`);
});

/** Programs branch on the code, and each protocol has a status of its own beside it. */
export function expectRefusal(
  { protocol }: Pick<DaywatchWorld, 'protocol'>,
  refusal: Refusal,
  { code, ...statuses }: ExpectedRefusal,
): void {
  assert.deepEqual([refusal.code, refusal.status], [code, statuses[protocol]], String(refusal));
}
