import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Given, Then } from '@cucumber/cucumber';
import type { Received, StageAnswer } from '../../run/stage.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { DaywatchWorld } from '../../support/world.ts';

Given('{person} has reminders sent to a receiver of her own', function (this: DaywatchWorld, owner: string) {
  return nameReceiver(this, owner, [{ status: 204 }]);
});

Given(
  '{person} has reminders sent to a receiver that fails at first',
  function (this: DaywatchWorld, owner: string) {
    return nameReceiver(this, owner, [{ status: 503 }, { status: 204 }]);
  },
);

Given(
  '{person} has reminders sent to a receiver that wants none',
  function (this: DaywatchWorld, owner: string) {
    return nameReceiver(this, owner, [{ status: 410 }]);
  },
);

Then('{person} is reminded of {string} once', expectOne);
Given('{person} has been reminded of {string} once', expectOne);

async function expectOne(this: DaywatchWorld, _owner: string, title: string): Promise<void> {
  await waitForDeliveries(this, title, 1);
}

Then(
  '{person} is reminded of {string} twice, under different ids',
  async function (this: DaywatchWorld, _owner: string, title: string) {
    const deliveries = await waitForDeliveries(this, title, 2);
    assert.equal(new Set(deliveries.map(idOf)).size, 2);
  },
);

Then('both attempts had the same id', async function (this: DaywatchWorld) {
  const deliveries = await this.stage.received(receiverOf(this).place);
  assert.deepEqual(
    deliveries.map(({ headers }) => headers['daywatch-attempt']),
    ['1', '2'],
  );
  assert.equal(new Set(deliveries.map(idOf)).size, 1);
});

Then('it says what starts when, and for whom', async function (this: DaywatchWorld) {
  const [delivery] = await this.stage.received(receiverOf(this).place);
  const { userId } = await this.person('Alice');
  const event = this.eventCalled('Dentist');
  const { kind, title, occurrence_start, user, event_id } = JSON.parse(delivery?.body ?? '') as Record<
    string,
    unknown
  >;
  assert.deepEqual(
    { kind, title, occurrence_start, user, event_id },
    {
      kind: 'reminder',
      title: event.title,
      occurrence_start: event.start,
      user: userId,
      event_id: event.id,
    },
  );
});

/** As Standard Webhooks says: HMAC-SHA256 over id, time and body. */
Then('it is signed, so that the receiver knows who sent it', async function (this: DaywatchWorld) {
  const { place, secret } = receiverOf(this);
  const [{ headers, body } = { headers: {}, body: '' }] = await this.stage.received(place);
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  assert.equal(headers['webhook-signature'], `v1,${signature}`);
});

async function nameReceiver(
  world: DaywatchWorld,
  owner: string,
  answers: readonly StageAnswer[],
): Promise<void> {
  const { client } = await world.person(owner);
  const place = world.stage.newPlace();
  await world.stage.direct(place, '/reminders', answers);
  const settings = await client.changeSettings({ webhook_url: `${world.stage.urlOf(place)}/reminders` });
  assert.ok(settings.webhook_secret, 'there is a secret for every receiver');
  world.receiver = { place, secret: settings.webhook_secret };
}

/** @throws Error where it were more: what came is counted when the last of them has been recorded as sent */
async function waitForDeliveries(
  world: DaywatchWorld,
  title: string,
  count: number,
): Promise<readonly Received[]> {
  const { id } = world.eventCalled(title);
  const { place } = receiverOf(world);
  const isOurs = ({ body }: Received): boolean => (JSON.parse(body) as { event_id: string }).event_id === id;
  await waitFor(`${count} reminders of '${title}'`, async () => {
    return (await world.stage.received(place)).filter(isOurs).length >= count ? true : undefined;
  });
  const deliveries = (await world.stage.received(place)).filter(isOurs);
  assert.equal(deliveries.length, count);
  return deliveries;
}

function receiverOf({ receiver }: DaywatchWorld): { readonly place: string; readonly secret: string } {
  assert.ok(receiver, 'nobody has named a receiver');
  return receiver;
}

function idOf({ headers }: Received): string {
  return String(headers['idempotency-key']);
}
