import { WEEKDAYS, type Weekday } from '../core/weekdays';

/** When an environment is awake; it sleeps the rest of the week. */
export interface WorkingHours {
  /** Days on which it is awake. @default Monday to Friday */
  readonly days?: readonly Weekday[];
  /** When it wakes: `07:00`. @default '07:00' */
  readonly start?: string;
  /** When it goes to sleep, later on the same day: `20:00`. @default '20:00' */
  readonly end?: string;
  /** Time zone of the hours, as in the tz database: `Europe/Zurich`. @default 'Etc/UTC' */
  readonly timeZone?: string;
}

/** Days on which people work. */
export const WORKING_DAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);
/** When they begin. */
export const START = '07:00';
/** When the last have gone. */
export const END = '20:00';

/** A time of day as it is written. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes after midnight; undefined where the text is no time of day. */
export function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = TIME_OF_DAY.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** Hours a week in which it is awake. */
export function awakeHours({ days = WORKING_DAYS, start = START, end = END }: WorkingHours): number {
  return (new Set(days).size * ((minutesOf(end) ?? 0) - (minutesOf(start) ?? 0))) / 60;
}

/** The schedule of a CronJob that runs at that time on those days. */
export function scheduleOf(time: string, days: readonly Weekday[]): string {
  const [hours = '', minutes = ''] = time.split(':');
  const numbers = WEEKDAYS.flatMap((day, index) => (days.includes(day) ? [(index + 1) % 7] : [])).sort((a, b) => a - b);
  return `${Number(minutes)} ${Number(hours)} * * ${numbers.length === WEEKDAYS.length ? '*' : numbers.join(',')}`;
}
