import { lookup } from 'node:dns/promises';

import { createFairResolver } from './fair-resolver.ts';
import type { Resolve } from './guarded-lookup.ts';

/** As the system does: /etc/hosts, then DNS. One for all clients, since the threads that it shares out are the process's. */
export const resolveBySystem: Resolve = createFairResolver((hostname) => lookup(hostname, { all: true }));
