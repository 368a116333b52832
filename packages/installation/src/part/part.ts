/** One process of Daywatch that is deployed by itself. */
export interface Part {
  /** In `spec.parts` of a Daywatch. */
  readonly name: PartName;
  /** In names of objects, labels and images. */
  readonly component: string;
  /** In `bin/`, and in the name of its configuration file. */
  readonly executable: string;
  readonly port: number;
  /** The keys of the Secrets of the database and the broker that it may read, which say who it is there. */
  readonly databaseKey?: 'calendar-dsn' | 'checker-dsn' | 'restapi-dsn';
  readonly usesBroker: boolean;
  /** Whether anybody calls it, so that it needs a Service. Nobody calls the checker. */
  readonly isCalled: boolean;
}

export type PartName =
  | 'calendarApi'
  | 'calendarScheduler'
  | 'calendarSender'
  | 'checker'
  | 'restapi'
  | 'gometr';

/**
 * The parts in the order in which an upgrade replaces them: what is called before what calls it, and who takes
 * messages before who writes them, so that the newer side is always the one that understands both.
 */
export const PARTS: readonly Part[] = [
  {
    name: 'gometr',
    component: 'gometr',
    executable: 'gometr',
    port: 8000,
    usesBroker: false,
    isCalled: true,
  },
  {
    name: 'restapi',
    component: 'restapi',
    executable: 'restapi',
    port: 8889,
    databaseKey: 'restapi-dsn',
    usesBroker: false,
    isCalled: true,
  },
  {
    name: 'checker',
    component: 'checker',
    executable: 'checker',
    port: 8890,
    databaseKey: 'checker-dsn',
    usesBroker: false,
    isCalled: false,
  },
  {
    name: 'calendarSender',
    component: 'calendar-sender',
    executable: 'calendar_sender',
    port: 8892,
    databaseKey: 'calendar-dsn',
    usesBroker: true,
    isCalled: true,
  },
  {
    name: 'calendarScheduler',
    component: 'calendar-scheduler',
    executable: 'calendar_scheduler',
    port: 8891,
    databaseKey: 'calendar-dsn',
    usesBroker: true,
    isCalled: true,
  },
  {
    name: 'calendarApi',
    component: 'calendar-api',
    executable: 'calendar_api',
    port: 8888,
    databaseKey: 'calendar-dsn',
    usesBroker: false,
    isCalled: true,
  },
];

export function findPart(name: PartName): Part {
  const part = PARTS.find((each) => each.name === name);
  if (part === undefined) throw new TypeError(`there is no part '${name}'`);
  return part;
}
