import { describe, expect, it } from 'vitest';
import type { Event as CalendarEvent } from '../../../api/generated.ts';
import { draftOfEdited, type Edited, type Scope } from '../../changes/edited.ts';
import type { Item } from '../../item.ts';
import { previewDates } from './preview-dates.ts';
import { movedRule, ruleInScope, storedRule, type RuleInScope } from './rule-in-scope.ts';

/** An occurrence of every Tuesday at 10 in Berlin. */
function openOccurrence(
  rrule: string,
  day: string,
  moved: Partial<CalendarEvent> = {},
  exdates: readonly string[] = [],
): Edited {
  const series = {
    start: '2026-12-08T10:00:00+01:00',
    end: '2026-12-08T11:00:00+01:00',
    all_day: false,
    time_zone: 'Europe/Berlin',
    recurrence: { rrule, exdates, rdates: [] },
  } as unknown as CalendarEvent;
  const times = { start: `${day}T10:00:00+01:00`, end: `${day}T11:00:00+01:00`, ...moved };
  const item = { isRecurring: true, recurrenceId: `${day}T09:00:00Z` } as Item;
  return { item, series, event: { ...series, ...times, recurrence: null } };
}

const WEEKLY = 'FREQ=WEEKLY;BYDAY=TU';

describe('movedRule', () => {
  const edited = openOccurrence(WEEKLY, '2026-12-15');
  const wednesday = { ...draftOfEdited(edited), startDate: '2026-12-16', endDate: '2026-12-16' };

  it.each([
    ['this', WEEKLY],
    ['following', 'FREQ=WEEKLY;BYDAY=WE'],
    ['all', 'FREQ=WEEKLY;BYDAY=WE'],
  ] as const)('should be for %s, a day later, %s', (scope, rrule) => {
    expect(movedRule(edited, wednesday, scope).rrule).toBe(rrule);
  });

  it('should be of the day that is chosen where the occurrence had been moved alone before', () => {
    const thursday = { start: '2026-12-17T10:00:00+01:00', end: '2026-12-17T11:00:00+01:00' };
    const alone = openOccurrence(WEEKLY, '2026-12-15', thursday);
    const stored = draftOfEdited(alone);
    const friday = { ...stored, startDate: '2026-12-18', endDate: '2026-12-18' };
    expect(movedRule(alone, friday, 'following').rrule).toBe('FREQ=WEEKLY;BYDAY=FR');
    // All of them move as far as this one does.
    expect(movedRule(alone, friday, 'all').rrule).toBe('FREQ=WEEKLY;BYDAY=WE');
    expect(movedRule(alone, { ...stored, title: 'Another' }, 'following').rrule).toBe(WEEKLY);
  });
});

describe('ruleInScope', () => {
  /** As the form has it when Thursday is added while a scope is chosen. */
  function addThursday(edited: Edited, scope: Scope): RuleInScope {
    const { rrule: unsaid, start } = storedRule(edited, scope);
    return { rrule: unsaid.replace('BYDAY=TU', 'BYDAY=TU,TH'), start, scope, unsaid };
  }
  const third = openOccurrence('FREQ=WEEKLY;COUNT=4;BYDAY=TU', '2026-12-22');
  const saveAs = (said: RuleInScope, edited: Edited, scope: Scope): string => {
    const draft = draftOfEdited(edited);
    return ruleInScope(said, edited, draft, movedRule(edited, draft, scope)).rrule;
  };

  it.each([
    ['this', 'following', 2],
    ['this', 'all', 4],
    ['following', 'all', 4],
    ['all', 'following', 2],
    ['all', 'all', 4],
  ] as const)(
    'should have as many as are left when it is said for %s and saved for %s',
    (said, saved, count) => {
      expect(saveAs(addThursday(third, said), third, saved)).toBe(`FREQ=WEEKLY;COUNT=${count};BYDAY=TU,TH`);
    },
  );

  it('should have as many as are said', () => {
    const said = { ...addThursday(third, 'following'), rrule: 'FREQ=WEEKLY;COUNT=9;BYDAY=TU,TH' };
    expect(saveAs(said, third, 'all')).toBe('FREQ=WEEKLY;COUNT=9;BYDAY=TU,TH');
  });

  it('should stay on its weekdays in another scope, though the occurrence had been moved alone', () => {
    const wednesday = { start: '2026-12-16T10:00:00+01:00', end: '2026-12-16T11:00:00+01:00' };
    const alone = openOccurrence(WEEKLY, '2026-12-15', wednesday);
    expect(saveAs(addThursday(alone, 'this'), alone, 'all')).toBe('FREQ=WEEKLY;BYDAY=TU,TH');
  });
});

describe('storedRule', () => {
  it.each([
    ['2026-12-08', 'following', 4],
    ['2026-12-22', 'following', 2],
    ['2026-12-29', 'following', 1],
    // What is said of the rule here is said of what follows.
    ['2026-12-22', 'this', 2],
    ['2026-12-22', 'all', 4],
    // Of no week of the rule: it was added to it, and begins what follows.
    ['2026-12-24', 'following', 2],
    ['2027-01-14', 'following', 1],
  ] as const)('should have of 4 times, at that of %s, for %s, %i', (day, scope, count) => {
    const { rrule } = storedRule(openOccurrence(`FREQ=WEEKLY;COUNT=4;BYDAY=TU`, day), scope);
    expect(rrule).toBe(`FREQ=WEEKLY;COUNT=${count};BYDAY=TU`);
  });

  it('should count what was moved alone where it was by the rule, and days as days', () => {
    const series = { start: '2026-12-08', end: '2026-12-09', all_day: true, time_zone: 'Europe/Berlin' };
    const recurrence = { rrule: 'FREQ=DAILY;COUNT=5', exdates: ['2026-12-09'], rdates: [] };
    const edited = openOccurrence('', '2026-12-10', {
      start: '2026-12-20',
      end: '2026-12-21',
      all_day: true,
    });
    const stored = storedRule(
      {
        ...edited,
        item: { ...edited.item, recurrenceId: '2026-12-10' },
        series: { ...series, recurrence } as unknown as CalendarEvent,
      },
      'following',
    );
    expect(stored).toMatchObject({ rrule: 'FREQ=DAILY;COUNT=3', start: { startDate: '2026-12-10' } });
  });
});

describe('previewDates', () => {
  /** What is shown of an occurrence that is moved to a day. */
  function preview(edited: Edited, scope: Scope, day: string, said?: string): readonly string[] {
    const chosen = { ...draftOfEdited(edited), startDate: day, endDate: day };
    const { rrule, start } = movedRule(edited, chosen, scope);
    return previewDates({ rrule: said ?? rrule, start }, 5, { edited, scope, day }).map(String);
  }
  const rrule = 'FREQ=WEEKLY;COUNT=4;BYDAY=TU';

  it.each(['this', 'following', 'all'] as const)(
    'should show no more dates than are left, for %s',
    (scope) => {
      expect(preview(openOccurrence(rrule, '2026-12-22'), scope, '2026-12-22')).toEqual([
        '2026-12-22',
        '2026-12-29',
      ]);
      expect(preview(openOccurrence(rrule, '2026-12-29'), scope, '2026-12-29')).toEqual(['2026-12-29']);
    },
  );

  it.each([
    ['this', ['2026-12-16', '2026-12-29']],
    ['following', ['2026-12-16', '2026-12-30']],
    ['all', ['2026-12-16', '2026-12-30']],
  ] as const)('should leave out what was deleted, and move it along for %s', (scope, dates) => {
    const edited = openOccurrence(rrule, '2026-12-15', {}, ['2026-12-22T10:00:00+01:00']);
    expect(preview(edited, scope, '2026-12-16')).toEqual(dates);
  });

  it('should show one that is moved alone among those that stay', () => {
    const edited = openOccurrence(rrule, '2026-12-15');
    expect(preview(edited, 'this', '2026-12-23')).toEqual(['2026-12-22', '2026-12-23', '2026-12-29']);
    const alone = openOccurrence(rrule, '2026-12-15', {
      start: '2026-12-17T10:00:00+01:00',
      end: '2026-12-17T11:00:00+01:00',
    });
    for (const scope of ['this', 'following', 'all'] as const) {
      expect(preview(alone, scope, '2026-12-17')).toEqual(['2026-12-17', '2026-12-22', '2026-12-29']);
    }
  });

  it('should count what is said of all of them from the first of them', () => {
    const edited = openOccurrence(rrule, '2026-12-22');
    const three = 'FREQ=WEEKLY;COUNT=3;BYDAY=TU';
    expect(preview(edited, 'all', '2026-12-22', three)).toEqual(['2026-12-22']);
    expect(preview(edited, 'following', '2026-12-22', three)).toHaveLength(3);
  });
});
