import type { ListeningAddress } from './monitor.ts';

/** What this process watches of itself, as it would stand in a configuration: gometr, the calendar and the monitor. */
export function ownTargets({ host, port }: ListeningAddress): readonly object[] {
  const origin = `http://${reachable(host)}:${port}`;
  return [
    { name: 'gometr', domain: 'gometr', url: `${origin}/gometr` },
    { name: 'calendar', domain: 'calendar', url: `${origin}/parts/calendar` },
    { name: 'monitor', domain: 'monitor', url: `${origin}/parts/monitor` },
  ].map((target) => ({ ...target, interval: '5s' }));
}

/** Every address is listened on: then this machine reaches itself by loopback. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
