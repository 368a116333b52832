import { callApi } from '../api/call-api.ts';
import { toItem, type Item } from './item.ts';

const PAGE_SIZE = 1000;
/** All-day events are dates, and a date begins up to 14 hours earlier or later elsewhere than it does here. */
const MARGIN_MS = 14 * 3_600_000;

/** Asks for everything that overlaps a time, and for all-day events that may, page by page. */
export async function listItems(
  fromMs: number,
  toMs: number,
  signal?: AbortSignal,
): Promise<readonly Item[]> {
  const from = new Date(fromMs - MARGIN_MS).toISOString();
  const to = new Date(toMs + MARGIN_MS).toISOString();
  const items: Item[] = [];
  let pageToken = '';
  do {
    const query = { from, to, page_size: PAGE_SIZE, page_token: pageToken };
    const page = await callApi('ListOccurrences', { query, ...(signal && { signal }) });
    for (const occurrence of page.occurrences) items.push(toItem(occurrence));
    pageToken = page.next_page_token;
  } while (pageToken !== '');
  return items;
}
