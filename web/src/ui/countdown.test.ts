import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdCountdowns, startCountdown } from './countdown.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  holdCountdowns(false);
  vi.useRealTimers();
});

it('should count what is left when it is held and let go', () => {
  const run = vi.fn();
  startCountdown(run, 8000);
  vi.advanceTimersByTime(5000);
  holdCountdowns(true);
  vi.advanceTimersByTime(60_000);
  holdCountdowns(false);
  vi.advanceTimersByTime(2999);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

it('should begin when it is let go where it was started meanwhile, and never when it is stopped', () => {
  const [late, stopped] = [vi.fn(), vi.fn()];
  holdCountdowns(true);
  startCountdown(late, 100);
  const stop = startCountdown(stopped, 100);
  vi.advanceTimersByTime(1000);
  stop();
  holdCountdowns(false);
  vi.advanceTimersByTime(99);
  expect(late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(late).toHaveBeenCalledOnce();
  expect(stopped).not.toHaveBeenCalled();
});
