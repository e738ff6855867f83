import { readObject, type Shapes } from '../../core/forms';
import { compact, type JsonObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import { asObject } from '../../core/shape';
import { isTimeZone } from '../../workloads/time-zone';
import type { OneOrMore } from './receivers';

/** A time of the week or year: all that is given must hold. */
export interface TimeInterval {
  /** Time of day that it begins at, `'09:00'`. @default the whole day */
  readonly from?: string;
  /** Time of day that it ends at, `'17:00'`; `'24:00'` is the end of the day. @default the whole day */
  readonly to?: string;
  /** Days of the week, or ranges of them: `['monday:friday', 'sunday']`. @default all */
  readonly weekdays?: readonly string[];
  /** Days of the month, or ranges, from the end where negative: `['1:5', '-1']`. @default all */
  readonly daysOfMonth?: readonly string[];
  /** Months, by name or number, or ranges: `['january', '6:8']`. @default all */
  readonly months?: readonly string[];
  /** Time zone. @default UTC */
  readonly timeZone?: string;
}

const SHAPES: Shapes<TimeInterval> = { from: 'text', to: 'text', weekdays: 'texts', daysOfMonth: 'texts', months: 'texts', timeZone: 'text' };
const DAYS = '(?:sun|mon|tues|wednes|thurs|fri|satur)day';
const MONTHS = '(?:january|february|march|april|may|june|july|august|september|october|november|december|1[0-2]|[1-9])';
const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const WEEKDAY = new RegExp(`^${DAYS}(?::${DAYS})?$`);
const MONTH = new RegExp(`^${MONTHS}(?::${MONTHS})?$`);
const DAY_OF_MONTH = /^-?(?:[1-9]|[12]\d|3[01])(?::-?(?:[1-9]|[12]\d|3[01]))?$/;

/** Times by name, as read. */
export type Times = ReadonlyMap<string, readonly TimeInterval[]>;

/** Reads the times by name. */
export function readTimes(problems: Mistakes, prop: string, given: Readonly<Record<string, OneOrMore<TimeInterval>>> | undefined): Times {
  return new Map(Object.entries(asObject<Record<string, OneOrMore<TimeInterval>>>(problems, prop, given)).map(([name, input]) => {
    const several = Array.isArray(input);
    const intervals = (several ? input : [input]) as readonly TimeInterval[];
    return [name, intervals.map((interval, index) => readInterval(problems, `${prop}.${name}${several ? `[${index}]` : ''}`, interval))];
  }));
}

function readInterval(problems: Mistakes, prop: string, given: TimeInterval): TimeInterval {
  const interval = readObject<TimeInterval>(problems, prop, given, SHAPES);
  const each = (key: 'weekdays' | 'daysOfMonth' | 'months', pattern: RegExp, mend: string) => {
    for (const [index, text] of (interval[key] ?? []).entries()) problems.check(`${prop}.${key}[${index}]`, text, (value) => (pattern.test(value) ? undefined : mend));
  };
  each('weekdays', WEEKDAY, 'a day of the week or a range is allowed, such as "monday:friday"');
  each('daysOfMonth', DAY_OF_MONTH, 'a day of the month or a range is allowed, such as "1:5" or "-1"');
  each('months', MONTH, 'a month or a range is allowed, such as "january" or "6:8"');
  for (const key of ['from', 'to'] as const) if (interval[key] !== undefined && !TIME.test(interval[key])) problems.add(`${prop}.${key}`, interval[key], 'a time of day such as "09:00" is allowed');
  const { from = '00:00', to = '24:00' } = interval;
  if (TIME.test(from) && TIME.test(to) && from >= to) problems.add(`${prop}.to`, to, `it must come after ${from}; an interval over midnight is two, one to 24:00 and one from 00:00`);
  if (interval.timeZone !== undefined && !isTimeZone(interval.timeZone)) problems.add(`${prop}.timeZone`, interval.timeZone, 'the name of a time zone is allowed, such as "Europe/Zurich"');
  if (Object.keys(interval).length === 0) problems.add(prop, given, 'at least one of from, to, weekdays, daysOfMonth and months is required');
  return interval;
}

const hours = ({ from, to }: TimeInterval) => (from === undefined && to === undefined ? undefined : { from: from ?? '00:00', to: to ?? '24:00' });

/** The times as Alertmanager's configuration has them. */
export function renderTimes(times: Times): JsonObject[] {
  return [...times].map(([name, intervals]) => ({
    name,
    time_intervals: intervals.map((interval) => {
      const day = hours(interval);
      return compact({ times: day && [{ start_time: day.from, end_time: day.to }], weekdays: interval.weekdays, days_of_month: interval.daysOfMonth, months: interval.months, location: interval.timeZone }) ?? {};
    }),
  }));
}

/** The times as the AlertmanagerConfig resource has them; it knows no time zones. */
export function renderTimesResource(problems: Mistakes, prop: string, times: Times): JsonObject[] {
  return [...times].map(([name, intervals]) => ({
    name,
    timeIntervals: intervals.map((interval) => {
      if (interval.timeZone !== undefined) problems.add(`${prop}.${name}.timeZone`, interval.timeZone, "the AlertmanagerConfig resource knows UTC alone; give the operator the whole configuration as a Secret with configuration: 'secret', or say the times in UTC");
      const day = hours(interval);
      const daysOfMonth = interval.daysOfMonth?.map((range) => range.split(':').map(Number)).map(([start, end = start]) => ({ start, end }));
      return compact({ times: day && [{ startTime: day.from, endTime: day.to }], weekdays: interval.weekdays, daysOfMonth, months: interval.months }) ?? {};
    }),
  }));
}
