/** Takes messages, tells their ids, and never ends with them: to be killed. */
import { openPostgres } from '@daywatch/service-kit/postgres';

import { createPostgresQueue } from '../../src/adapters/postgres/index.ts';
import { createRabbitmqQueue } from '../../src/adapters/rabbitmq/index.ts';
import type { MessageQueue } from '../../src/index.ts';

const place = JSON.parse(process.argv[2] ?? '') as
  | { readonly kind: 'rabbitmq'; readonly url: string; readonly name: string }
  | { readonly kind: 'postgres'; readonly dsn: string; readonly name: string; readonly leaseMs: number };

open().consume(
  async ({ id }) => {
    process.send?.(id);
    return new Promise(() => undefined);
  },
  { prefetch: 100 },
);

function open(): MessageQueue {
  switch (place.kind) {
    case 'rabbitmq':
      return createRabbitmqQueue(place);
    case 'postgres':
      return createPostgresQueue({
        ...place,
        db: openPostgres({ dsn: place.dsn, applicationName: 'a consumer to be killed' }),
      });
    default:
      return place satisfies never;
  }
}
