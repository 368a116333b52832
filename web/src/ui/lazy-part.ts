import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { untilThere } from '../api/availability.ts';
import { send } from '../api/call-api.ts';
import { isWriting } from '../api/pending-writes.ts';

const PAUSE_MS = 1000;
const RELOADED = 'daywatch.reloaded';
const RELOADS_APART_MS = 60_000;

/** A part of the page that is loaded when it is first shown. */
export function lazyPart<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await loadPart(load) }));
}

/**
 * Loads a part of the page, once the server is there. Browsers remember that a module could not be loaded, whatever the
 * reason; so the page is loaded anew then. That helps too where the server has become another version, which has other
 * parts; but not a second time.
 * @throws what the loading has thrown, where that does not help
 */
async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  await untilThere();
  try {
    return await load();
  } catch (error) {
    // It may be the first to notice that the server is away. And what was changed has to get there before the page goes.
    while (isWriting() || !(await doesServerAnswer()))
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (!reload()) throw error;
    return new Promise<never>(() => undefined);
  }
}

function doesServerAnswer(): Promise<boolean> {
  return send('/health/ready', { cache: 'no-store' }).then(
    () => true,
    () => false,
  );
}

/** @returns whether the page goes; not when it has just come */
function reload(): boolean {
  const last = Number(sessionStorage.getItem(RELOADED));
  if (Date.now() - last < RELOADS_APART_MS) return false;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
  return true;
}
