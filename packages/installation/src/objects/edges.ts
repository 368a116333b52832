import { PARTS } from '../part/part.ts';
import { enabledParts, type Scope } from './scope.ts';

/** Who may open a connection to whom: one arrow of docs/architecture.md. */
export interface Edge {
  /** A component, or anyone. */
  readonly from: string;
  /** A component, or what lies outside: any-target, webhooks, own-database, own-broker. */
  readonly to: string;
  /** Without it, any TCP port. */
  readonly port?: number;
}

const MIGRATE = 'migrate';

/** Every connection that this installation needs. Whatever is not among them is closed. */
export function listEdges(scope: Scope): readonly Edge[] {
  const parts = enabledParts(scope);
  const has = (component: string): boolean => parts.some((part) => part.component === component);
  const edges: Edge[] = [];
  for (const component of ['calendar-api', 'restapi']) {
    if (has(component)) edges.push({ from: 'anyone', to: component, port: portOf(component) });
  }
  if (has('calendar-api') && has('restapi')) {
    edges.push({ from: 'calendar-api', to: 'restapi', port: portOf('restapi') });
  }
  const clients = [MIGRATE, ...parts.filter((part) => part.databaseKey !== undefined).map(toComponent)];
  edges.push(...clients.map((from) => ({ from, ...databaseEnd(scope) })));
  const broker = brokerEnd(scope);
  if (broker !== undefined) {
    const users = parts.filter(({ usesBroker }) => usesBroker).map(toComponent);
    edges.push(...users.map((from) => ({ from, ...broker })));
  }
  if (has('checker')) {
    // Among the targets are the parts themselves, which let it in; that it may call them needs no further word.
    edges.push({ from: 'checker', to: 'any-target' });
    const watched = parts.filter(({ isCalled }) => isCalled);
    edges.push(...watched.map(({ component, port }) => ({ from: 'checker', to: component, port })));
  }
  if (has('calendar-sender') && sendsWebhooks(scope)) edges.push({ from: 'calendar-sender', to: 'webhooks' });
  return edges;
}

/** Networks beyond the public internet that webhooks may reach, by the configuration of the sender. */
export function webhookNetworks(scope: Scope): readonly string[] {
  const networks = senderConfiguration(scope)['allow_networks'];
  return Array.isArray(networks) ? networks.map(String) : [];
}

function sendsWebhooks(scope: Scope): boolean {
  return senderConfiguration(scope)['channel'] === 'webhook';
}

function senderConfiguration(scope: Scope): Readonly<Record<string, unknown>> {
  const section = scope.spec.parts.calendarSender.configuration?.['sender'];
  return typeof section === 'object' && section !== null ? (section as Record<string, unknown>) : {};
}

function databaseEnd({ spec: { database } }: Scope): { readonly to: string; readonly port: number } {
  return database.managed === undefined
    ? { to: 'own-database', port: database.port }
    : { to: 'database', port: 5432 };
}

function brokerEnd({ spec: { broker } }: Scope): { readonly to: string; readonly port: number } | undefined {
  if (broker === undefined) return undefined;
  return broker.managed === undefined
    ? { to: 'own-broker', port: broker.port }
    : { to: 'broker', port: 5672 };
}

function portOf(component: string): number {
  const part = PARTS.find((each) => each.component === component);
  if (part === undefined) throw new TypeError(`there is no part '${component}'`);
  return part.port;
}

function toComponent({ component }: { readonly component: string }): string {
  return component;
}
