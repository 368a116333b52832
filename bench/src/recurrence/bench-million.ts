import { expand } from '@daywatch/recurrence';
import type { RecurrenceSeries } from '@daywatch/recurrence';
import { RRuleTemporal } from 'rrule-temporal';
import { median } from '../measure/median.ts';
import { makeSeries, rrule, ZONE } from './contenders.ts';
import type { RecurrenceResult } from './index.ts';

const MILLION = 1_000_000;

/** Weekday, monthly, yearly, daily and hourly rules as people make them, and a few that they do not. */
const MIXED = [
  'FREQ=DAILY',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU',
  'FREQ=MONTHLY;BYMONTHDAY=1,15,-1',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1',
  'FREQ=YEARLY;BYMONTH=6,7,8;BYDAY=TH',
  'FREQ=YEARLY;BYWEEKNO=20,40;BYDAY=MO,WE',
  'FREQ=HOURLY;INTERVAL=3;BYDAY=MO,FR',
  'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16',
  'FREQ=DAILY;INTERVAL=2;BYMONTH=1,2,3',
] as const;

/** Walks ten rules from their DTSTARTs, a hundred thousand starts each. */
export function benchMillion(): RecurrenceResult {
  const each = MILLION / MIXED.length;
  const take = (series: RecurrenceSeries): number => {
    let count = 0;
    let sum = 0;
    for (const { startMs } of expand(series, {}, 100 * MILLION)) {
      sum += startMs;
      count += 1;
      if (count === each) {
        break;
      }
    }
    return sum;
  };
  const seriesList = MIXED.map((rule) => makeSeries(rule));
  const time = (work: () => void): number => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const coldMs = time(() => seriesList.forEach(take));
  const oursMs = median(Array.from({ length: 3 }, () => time(() => seriesList.forEach(take))));
  // The peers do a hundredth of the work, which is scaled up: a whole million would take them minutes.
  const share = 100;
  const theirsMs =
    share *
    time(() => {
      for (const rule of MIXED) {
        const other = new RRuleTemporal({
          rruleString: `DTSTART;TZID=${ZONE}:20161101T090000\nRRULE:${rule};COUNT=${each / share}`,
        });
        other.all();
      }
    });
  const rruleMs =
    share *
    time(() => {
      for (const rule of MIXED) {
        rrule.rrulestr(`DTSTART:20161101T090000Z\nRRULE:${rule};COUNT=${each / share}`).all();
      }
    });
  return {
    task: 'a million starts of ten mixed rules',
    oursMs,
    peersMs: { 'rrule-temporal': theirsMs, rrule: rruleMs },
    aim: 'at least 1.0 million a second',
    reached: `${(MILLION / oursMs / 1000).toFixed(2)} million a second (first run, zone tables not yet made: ${(MILLION / coldMs / 1000).toFixed(2)})`,
  };
}
