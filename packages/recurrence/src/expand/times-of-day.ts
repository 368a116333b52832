/** The times of day at which an occurrence day has instances, in seconds after midnight, ascending. */
export interface TimesOfDay {
  readonly count: number;
  at(index: number): number;
}

/** Up to here the product of hours, minutes and seconds is written out; beyond, it is worked out by index. */
const MAX_WRITTEN_OUT = 1440;

export function listTimes(times: readonly number[]): TimesOfDay {
  return { count: times.length, at: (index) => times[index] as number };
}

/** Every combination of the given hours, minutes and seconds: up to 86,400, without holding them all. */
export function combineTimes(
  hours: readonly number[],
  minutes: readonly number[],
  seconds: readonly number[],
): TimesOfDay {
  const perHour = minutes.length * seconds.length;
  if (hours.length === 1 && perHour === 1) {
    return listTimes([(hours[0] as number) * 3600 + (minutes[0] as number) * 60 + (seconds[0] as number)]);
  }
  const product: TimesOfDay = {
    count: hours.length * perHour,
    at: (index) => {
      const inHour = index % perHour;
      return (
        (hours[Math.floor(index / perHour)] as number) * 3600 +
        (minutes[Math.floor(inHour / seconds.length)] as number) * 60 +
        (seconds[inHour % seconds.length] as number)
      );
    },
  };
  return product.count > MAX_WRITTEN_OUT
    ? product
    : listTimes(Array.from({ length: product.count }, (_, index) => product.at(index)));
}

/** Index of the first time that is not before `secondOfDay`; `count` if there is none. */
export function timeIndexFrom(times: TimesOfDay, secondOfDay: number): number {
  let low = 0;
  let high = times.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times.at(middle) < secondOfDay) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
