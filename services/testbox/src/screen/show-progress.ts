import { describeDuration, formatResult, type OnEvent, type RunEvent } from '@daywatch/testbox';
import { toPlainLine, type Screen } from './screen.ts';

/** Tells a run as it goes: what stays as lines, what changes in the last one. */
export function showProgress(screen: Screen, { ascii }: { readonly ascii: boolean }): OnEvent {
  const { style } = screen;
  const say = (mark: string, text: string): void => screen.say(`${style.dim(mark)} ${toPlainLine(text)}`);
  const runningTests = new Set<string>();
  /** What was told last of each, so that nothing is told twice. */
  const told = new Set<string>();
  const sayOnce = (mark: string, text: string): void => {
    if (told.has(text)) return;
    told.add(text);
    say(mark, text);
  };
  return (event: RunEvent): void => {
    switch (event.kind) {
      case 'state':
        screen.show(STATES[event.state]);
        return;
      case 'swept':
        say('clean', `removed ${event.count} leftovers of runs that were killed`);
        return;
      case 'pulling':
        sayOnce('pull', event.image);
        screen.show(`pulling ${event.image} ${event.progress}`);
        return;
      case 'building':
        sayOnce('build', event.name);
        if (event.step !== '' && !screen.isLive) say('build', `${event.name} ${event.step}`);
        screen.show(`building ${event.name} ${event.step}`);
        return;
      case 'started':
        say('start', `${event.name} (${event.image}) at ${event.address ?? 'no address: it has ended'}`);
        return;
      case 'waiting':
        screen.show(`waiting for ${event.name} to ${event.condition}`);
        return;
      case 'ready':
        say('ready', `${event.name} after ${describeDuration(event.durationMs)}`);
        return;
      case 'test-started':
        runningTests.add(event.name);
        screen.show(`testing: ${Array.from(runningTests).join(', ')}`);
        return;
      case 'test-ended': {
        runningTests.delete(event.result.name);
        const line = toPlainLine(formatResult(event.result, { ascii }));
        const time = style.dim(` ${describeDuration(event.result.durationMs)}`);
        const paint = event.result.outcome.kind === 'passed' ? style.good : style.bad;
        screen.show(runningTests.size > 0 ? `testing: ${Array.from(runningTests).join(', ')}` : '');
        screen.print(`${paint(line)}${screen.isLive ? time : ''}`);
        const { outcome } = event.result;
        if (outcome.kind === 'failed' && outcome.answer !== undefined)
          screen.say(`  the answer was ${toPlainLine(outcome.answer)}`);
        return;
      }
      case 'removed':
        return;
      case 'note':
        say('note', event.text);
        return;
      default:
        event satisfies never;
    }
  };
}

const STATES = {
  connecting: 'asking the engine',
  sweeping: 'looking for leftovers',
  preparing: 'preparing images',
  starting: 'starting',
  testing: 'testing',
  cleaning: 'removing what was made',
  ended: '',
} as const;
