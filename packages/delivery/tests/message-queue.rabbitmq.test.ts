import { describe } from 'vitest';

import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { askForShared } from '../../../tests/_support/shared-things.ts';
import { describeMessageQueue } from './message-queue.contract.ts';
import { makeRabbitmqHarness } from './_support/rabbitmq-harness.ts';

describe.runIf(hasDebianPackage('rabbitmq-server'))('RabbitMQ', () => {
  describeMessageQueue('RabbitMQ', async () => makeRabbitmqHarness(await askForShared('rabbitmq')));
});
