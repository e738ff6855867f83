import type { Application } from '../core/application';
import { didYouMean, sentenceList } from '../core/suggest';

/** One of the five fields: its name, bounds, and the names that stand for numbers. */
interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly [Field, Field, Field, Field, Field] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of week', min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];
const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = /^@every (?=.*[1-9])(\d+(\.\d+)?[hms])+$/;
const RANGE = /^(\*|\?|[0-9a-z]+)(?:-([0-9a-z]+))?(?:\/(\d+))?$/i;
const FORM = 'five fields (minute, hour, day of month, month, day of week) are required, such as "15 3 * * *"';
/** Days of each month, in the longest year. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reports a schedule that Kubernetes would refuse, or that never comes due. */
export function checkSchedule(application: Application, schedule: string): void {
  const wrong = scheduleProblem(schedule);
  if (wrong) application.problems.add('schedule', schedule, wrong);
}

/** What is wrong with a schedule, by the rules of the library that Kubernetes reads it with (robfig/cron v3, `ParseStandard`). */
export function scheduleProblem(schedule: unknown): string | undefined {
  if (typeof schedule !== 'string') return FORM;
  if (schedule.includes('TZ')) return "a time zone is not allowed in the schedule; use 'timeZone'";
  if (schedule.startsWith('@every')) return EVERY.test(schedule) ? undefined : 'a length of time in h, m and s is allowed after @every, such as "@every 1h30m"';
  if (schedule.startsWith('@')) return MACROS.includes(schedule) ? undefined : `${sentenceList([...MACROS, '@every'])} are allowed${didYouMean(schedule, MACROS)}`;
  const texts = schedule.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) return `${FORM}; this has ${schedule.trim() === '' ? 0 : texts.length}`;
  for (const [index, field] of FIELDS.entries()) {
    const wrong = fieldProblem(texts[index]!, field);
    if (wrong) return wrong;
  }
  return neverDue(texts) ? 'it never comes due: that day is in none of those months' : undefined;
}

function fieldProblem(text: string, field: Field): string | undefined {
  const refused = (part: string, why: string) => `'${part}' is not allowed as ${field.name}: ${why}`;
  for (const part of text.split(',')) {
    const range = readRange(part, field);
    if (!range) return refused(part, `numbers${field.names ? ', names' : ''}, ranges (1-5), lists (1,5), steps (*/5) and * are`);
    const { from, to, step } = range;
    if (from < field.min || to > field.max) return refused(part, `${field.min} to ${field.max} is the range${field.name === 'day of week' ? ', and Sunday is 0' : ''}`);
    if (from > to) return refused(part, 'a range runs upwards; write two, with a comma between');
    if (step === 0) return refused(part, 'a step is at least 1');
  }
  return undefined;
}

/** One part of a list: from, to and step, and whether it stands for "any". */
function readRange(part: string, field: Field): { from: number; to: number; step: number; any: boolean } | undefined {
  const [, first, last, every] = RANGE.exec(part) ?? [];
  if (first === undefined) return undefined;
  const step = every === undefined ? 1 : Number(every);
  if (first === '*' || first === '?') return last === undefined ? { from: field.min, to: field.max, step, any: step <= 1 } : undefined;
  const from = readNumber(first, field);
  const to = last === undefined ? (every === undefined ? from : field.max) : readNumber(last, field);
  return from === undefined || to === undefined ? undefined : { from, to, step, any: false };
}

function readNumber(text: string, { min, names = [] }: Field): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? undefined : index + min;
}

/** Whether no month of the schedule has a day of the schedule. A day of the week that is not "any" would do as well. */
function neverDue(texts: readonly string[]): boolean {
  const [, , day, month, weekday] = FIELDS;
  const ranges = (index: number, field: Field) => texts[index]!.split(',').map((part) => readRange(part, field)!);
  if (!ranges(4, weekday).some(({ any }) => any)) return false;
  const first = Math.min(...ranges(2, day).map(({ from }) => from));
  return !ranges(3, month).some(({ from, to, step }) => DAYS.some((days, index) => index + 1 >= from && index + 1 <= to && (index + 1 - from) % step === 0 && first <= days));
}

const MINUTE = 60;
const DAY = 1_440 * MINUTE;
const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3_600, m: MINUTE, s: 1 };

/** Seconds between two runs where they lie closest, a day at most; of a schedule that {@link scheduleProblem} finds good. */
export function shortestGap(schedule: string): number {
  if (schedule.startsWith('@every')) return Math.min(DAY, [...schedule.matchAll(/(\d+(?:\.\d+)?)([hms])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_SECONDS[unit!]!, 0));
  if (schedule.startsWith('@')) return schedule === '@hourly' ? 3_600 : DAY;
  const [minutes, hours] = schedule.trim().split(/\s+/).slice(0, 2).map((text, index) => valuesOf(text, FIELDS[index]!));
  const times = hours!.flatMap((hour) => minutes!.map((minute) => (hour * 60 + minute) * MINUTE));
  // The first run of a day follows the last of the day before.
  return Math.min(...times.map((time, index) => (times[index + 1] ?? times[0]! + DAY) - time));
}

/** The values that a field stands for, in order. */
function valuesOf(text: string, field: Field): number[] {
  const ranges = text.split(',').map((part) => readRange(part, field)!);
  return Array.from({ length: field.max - field.min + 1 }, (_, index) => field.min + index).filter((value) => ranges.some(({ from, to, step }) => value >= from && value <= to && (value - from) % step === 0));
}

/** Seconds by which a run may be late before it counts as missed: half the time to the next, from ten minutes to an hour. */
export function toleranceOf(schedule: string | undefined): number {
  const known = schedule !== undefined && scheduleProblem(schedule) === undefined;
  return known ? Math.round(Math.min(60 * MINUTE, Math.max(10 * MINUTE, shortestGap(schedule) / 2))) : 60 * MINUTE;
}
