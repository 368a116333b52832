import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Whether what is known of sources is all: their rows never change in what is read, and none is ever removed. */
export const countSources: SqlStatement<{ readonly sources: number; readonly latest: number | null }> = {
  name: 'series.count-sources',
  text: 'SELECT count(*) AS sources, max(id) AS latest FROM monitor.source',
};
