import { shortestGap, toleranceOf } from '../../lib/workloads/schedule';
import { only, problemsOf, render } from '../support';
import { cron } from '../builders';

// What the API server says of each, by asking the library that it asks: robfig/cron v3.0.1, ParseStandard; and no "TZ" anywhere.
const ACCEPTED = [
  '* * * * *', '15 3 * * *', '0 0 1 1 *', '*/5 * * * *', '0-30/10 * * * *', '5/15 * * * *', '1,2,3 4,5 * * *', '0 9-17 * * 1-5', '0 9-17 * * MON-FRI', '0 0 * JAN,JUL *',
  '0 0 * jan-mar *', '0 0 * * sun', '0 0 * * 0', '0 0 ? * ?', '? * * * ?', '0 0 29 2 *', '0 0 31 4-6 *', '0 0 31 2 1', '0 0 31 2 */2', '  15   3 * * *  ', '15\t3 * * *',
  '05 03 * * *', '*/1 * * * *', '*/61 * * * *', '@daily', '@midnight', '@hourly', '@weekly', '@monthly', '@yearly', '@annually', '@every 1h30m', '@every 10m',
  '@every 1.5h', '@every 90s', '0 0 31 */2 *', '0 0 31 2/2 *', '* * * * *,1',
];
const REFUSED = [
  '0 0 * * 7', '0 0 * * 5-7', '0 0 * * sat-sun', '0 0 L * *', '0 0 15W * *', '0 0 * * 5L', '0 0 * * 1#2', '5-1 * * * *', '*/0 * * * *', '5/0 * * * *', '60 * * * *',
  '* 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 0 *', '* * * 13 *', '-1 * * * *', '1-2-3 * * * *', '1/2/3 * * * *', '* * * *', '* * * * * *', '0 0 0 * * ?', '', '   ',
  'a b c d e', '0 0 * january *', '0 0 * * monday', '1.5 * * * *', '@reboot', '@Daily', '@every', '@every 1d', '@every 5minutes', '@every 1h 30m', '@every h',
  'TZ=UTC 0 0 * * *', 'CRON_TZ=Europe/Zurich 0 0 * * *', '0 0 * * *TZ', '@daily ', ' @daily',
];
/** Accepted by the API server; the controller never starts a run. */
const NEVER_DUE = [
  '0 0 31 2 *', '0 0 30 2 *', '0 0 31 4,6,9,11 *', '0 0 31 2 */1', '0 0 30 2/12 *', '0 0 30,31 feb *', '0 0 31 2 *,1',
];
/** Accepted by the API server, and surely not what was meant. */
const STRICTER = [
  ', * * * *', '*-5 * * * *', '+5 * * * *', '1,,2 * * * *', '@every -1h', '@every 0s', '@every 500ms',
];

const NEVER = 'it never comes due: that day is in none of those months';
const refusals = (schedule: unknown) => problemsOf(cron({ schedule })).filter((problem) => problem.startsWith('[chart/cron] schedule: '));

describe('a schedule', () => {
  it.each(ACCEPTED)('that Kubernetes takes is taken as it is: %j', (schedule) => {
    expect(only(render(cron({ schedule })), 'CronJob').spec).toMatchObject({ schedule });
  });

  it.each(REFUSED)('that Kubernetes refuses is refused: %j', (schedule) => expect(refusals(schedule)).toHaveLength(1));
  it.each(NEVER_DUE)('that never comes due is refused: %j', (schedule) => expect(refusals(schedule)).toEqual([`[chart/cron] schedule: got ${JSON.stringify(schedule)}; ${NEVER}`]));
  it.each(STRICTER)('that makes no sense is refused: %j', (schedule) => expect(refusals(schedule)).toHaveLength(1));

  const form = 'five fields (minute, hour, day of month, month, day of week) are required, such as "15 3 * * *"';
  it.each<[unknown, string]>([
    [undefined, `got nothing; ${form}`],
    [5, `got 5; ${form}`],
    ['', `got ""; ${form}; this has 0`],
    ['0 0 * * * *', `got "0 0 * * * *"; ${form}; this has 6`],
    ['60 * * * *', `got "60 * * * *"; '60' is not allowed as minute: 0 to 59 is the range`],
    ['* * 0 * *', `got "* * 0 * *"; '0' is not allowed as day of month: 1 to 31 is the range`],
    ['0 0 * * 7', `got "0 0 * * 7"; '7' is not allowed as day of week: 0 to 6 is the range, and Sunday is 0`],
    ['5-1 * * * *', `got "5-1 * * * *"; '5-1' is not allowed as minute: a range runs upwards; write two, with a comma between`],
    ['*/0 * * * *', `got "*/0 * * * *"; '*/0' is not allowed as minute: a step is at least 1`],
    ['0 0 L * *', `got "0 0 L * *"; 'L' is not allowed as day of month: numbers, ranges (1-5), lists (1,5), steps (*/5) and * are`],
    ['0 0 * * 1#2', `got "0 0 * * 1#2"; '1#2' is not allowed as day of week: numbers, names, ranges (1-5), lists (1,5), steps (*/5) and * are`],
    ['@reboot', 'got "@reboot"; @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every are allowed'],
    ['@dayly', 'got "@dayly"; @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every are allowed; did you mean "@daily"?'],
    ['@every 5 minutes', 'got "@every 5 minutes"; a length of time in h, m and s is allowed after @every, such as "@every 1h30m"'],
    ['TZ=UTC 0 0 * * *', `got "TZ=UTC 0 0 * * *"; a time zone is not allowed in the schedule; use 'timeZone'`],
  ])('is refused with a word on what is allowed: %j', (schedule, message) => {
    expect(refusals(schedule)).toEqual([`[chart/cron] schedule: ${message}`]);
  });
});

describe('how close runs lie', () => {
  test.each([
    ['*/5 * * * *', 300], ['15 3 * * *', 86_400], ['0 8,9,17 * * 1-5', 3_600], ['50 23 * * *', 86_400], ['0 1,23 * * *', 7_200], ['0 0 1 jan *', 86_400], ['0,10 4 * * *', 600],
    ['@every 1h30m', 5_400], ['@every 90s', 90], ['@every 48h', 86_400], ['@hourly', 3_600], ['@daily', 86_400], ['@weekly', 86_400], ['? * * * ?', 60], ['10/20 * * * *', 1_200],
  ])('%s: %i s', (schedule, seconds) => {
    expect(shortestGap(schedule)).toBe(seconds);
  });

  test.each([['* * * * *', 600], ['*/30 * * * *', 900], ['0 * * * *', 1_800], ['15 3 * * *', 3_600], ['nonsense', 3_600], [undefined, 3_600]])('a run of %s may be %i s late', (schedule, seconds) => {
    expect(toleranceOf(schedule)).toBe(seconds);
  });
});
