import { Cron } from 'croner';
import type { Application } from '../core/application';
import { didYouMean } from '../core/suggest';

const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
/** What Kubernetes takes in a field; croner takes more (seconds, L, W, #). */
const FIELD = /^(\*|\?|[0-9a-z]+(-[0-9a-z]+)?)(\/\d+)?(,(\*|\?|[0-9a-z]+(-[0-9a-z]+)?)(\/\d+)?)*$/i;
/** Any moment will do to see whether a schedule ever comes due; a fixed one keeps the answer the same. */
const SOME_MOMENT = new Date(Date.UTC(2024, 0, 1));

/** Reports a schedule that Kubernetes would refuse, or that never comes due. */
export function checkSchedule(application: Application, schedule: string): void {
  const wrong = scheduleProblem(schedule);
  if (wrong) application.problems.add('schedule', schedule, wrong);
}

function scheduleProblem(schedule: unknown): string | undefined {
  if (typeof schedule !== 'string') return 'five fields (minute hour day-of-month month day-of-week) are required, such as "15 3 * * *"';
  if (/^@every \d+[hms]/.test(schedule)) return undefined;
  if (schedule.startsWith('@')) return MACROS.includes(schedule) ? undefined : `${MACROS.join(', ')} and five fields are allowed${didYouMean(schedule, MACROS)}`;
  if (/^(CRON_)?TZ=/.test(schedule)) return "a time zone is not allowed in the schedule; use 'timeZone'";
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return `five fields (minute hour day-of-month month day-of-week) are allowed, this has ${fields.length}`;
  const odd = fields.find((field) => !FIELD.test(field));
  if (odd !== undefined) return `'${odd}' is not allowed: each field takes *, numbers, names, ranges, lists and steps`;
  try {
    const due = new Cron(fields.map((field) => field.replace(/\?/g, '*')).join(' '), { paused: true }).nextRun(SOME_MOMENT);
    return due === null ? 'it never comes due; that day is in none of those months' : undefined;
  } catch (error) {
    return (error as Error).message.replace(/^CronPattern: /, '').replace(/^./, (letter) => letter.toLowerCase());
  }
}

/** Reports a time zone that Kubernetes would refuse; its names are case-sensitive. */
export function checkTimeZone(application: Application, timeZone: string): void {
  const zones = () => Intl.supportedValuesOf('timeZone');
  const refuse = (mend: string) => application.problems.add('timeZone', timeZone, mend);
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    return refuse(`the name of a time zone is allowed, such as "Europe/Zurich"${didYouMean(String(timeZone), zones())}`);
  }
  if (timeZone === 'UTC' || timeZone === 'Etc/UTC') return;
  const spelled = zones().find((zone) => zone.toLowerCase() === timeZone.toLowerCase());
  if (spelled !== undefined && spelled !== timeZone) return refuse(`names of time zones are case-sensitive in Kubernetes; write "${spelled}"`);
  if (/^[+-]/.test(timeZone) || !/^[A-Z]/.test(timeZone)) refuse('the name of a time zone is allowed, such as "Europe/Zurich"');
}
