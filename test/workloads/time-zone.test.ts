import { isTimeZone } from '../../lib/workloads/time-zone';
import { only, problemsOf, render } from '../support';
import { cron } from '../builders';

// What the API server says of each: the names of the tz database as they are spelled there, and never "Local".
const ACCEPTED = [
  'UTC', 'Etc/UTC', 'Europe/Zurich', 'America/Argentina/Buenos_Aires', 'GMT', 'Etc/GMT+5', 'Etc/GMT-14', 'US/Pacific', 'EST5EDT', 'EST', 'CET', 'Asia/Kolkata',
  'Asia/Calcutta', 'Europe/Kyiv', 'Zulu', 'GMT+0', 'Asia/Ho_Chi_Minh', 'Etc/GMT0',
];
const REFUSED = [
  'europe/zurich', 'EUROPE/ZURICH', 'america/argentina/buenos_aires', 'Local', 'local', 'gmt', 'Etc/GMT+13', 'Etc/GMT-15', 'Etc/GMT5', 'Etc/gmt+5', 'US/pacific',
  'us/pacific', 'est5edt', 'PST', 'Z', '+05:00', 'UTC+1', 'GMT+5', 'Europe/Zürich', 'Europe/Zurick', '', 'Mars/Olympus', '../etc/passwd', 'Etc/GMT+00',
];

describe('a time zone', () => {
  it('is UTC by default, whatever the cluster thinks', () => expect(only(render(cron()), 'CronJob').spec).toMatchObject({ timeZone: 'Etc/UTC' }));
  it.each(ACCEPTED)('that Kubernetes takes is taken: %j', (timeZone) => expect(only(render(cron({ timeZone })), 'CronJob').spec).toMatchObject({ timeZone }));
  it.each(REFUSED)('that Kubernetes refuses is refused: %j', (timeZone) => expect(problemsOf(cron({ timeZone }))).toHaveLength(1));
  it('that Node.js lists is taken', () => expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isTimeZone(zone))).toEqual([]));

  it.each<[unknown, string]>([
    ['europe/zurich', 'got "europe/zurich"; names of time zones are case-sensitive in Kubernetes; write "Europe/Zurich"'],
    ['US/pacific', 'got "US/pacific"; names of time zones are case-sensitive in Kubernetes; write "US/Pacific"'],
    ['Europe/Zurick', 'got "Europe/Zurick"; the name of a time zone is allowed, such as "Europe/Zurich"; did you mean "Europe/Zurich"?'],
    ['Local', 'got "Local"; the name of a time zone is allowed, such as "Europe/Zurich"'],
    [2, 'got 2; the name of a time zone is allowed, such as "Europe/Zurich"'],
  ])('is refused with a word on what is allowed: %j', (timeZone, message) => {
    expect(problemsOf(cron({ timeZone }))).toContain(`[chart/cron] timeZone: ${message}`);
  });
});
