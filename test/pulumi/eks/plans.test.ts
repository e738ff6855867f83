import { awsCron } from '../../../lib/pulumi/eks/backup';
import { budgets } from '../../../lib/pulumi/eks/disruption';
import { coresOf } from '../../../lib/machines/eks';
import { kindOf, MACHINE_TYPE } from '../../../lib/pulumi/eks/machines';
import { periods } from '../../../lib/pulumi/eks/node-updates';
import { partitionOf, zonesOfRegion } from '../../../lib/pulumi/eks/regions';
import { AS_OF, DEFAULT_VERSION, EKS_VERSIONS, unlisted } from '../../../lib/pulumi/eks/versions';
import type { Maintenance } from '../../../lib/pulumi/cluster/settings/maintenance';

const SURGE = { strategy: 'surge', surge: 1, unavailable: 0, soak: '1h' } as const;
const WINDOW: Maintenance['window'] = { days: ['tuesday'], start: '01:00', hours: 4 };

/** Hours of a week, from Monday at midnight, in which a budget forbids upgrades. */
function closedHours(window: Maintenance['window']): Set<number> {
  const closed = budgets({ window, exclusions: {} }, SURGE).filter(({ nodes }) => nodes === '0');
  return new Set(closed.flatMap(({ schedule, duration }) => {
    const [, hour, , , weekday] = schedule!.split(' ').map(Number) as [number, number, number, number, number];
    const start = ((weekday + 6) % 7) * 24 + hour;
    return Array.from({ length: parseInt(duration!) }, (_, offset) => (start + offset) % 168);
  }));
}

describe('budgets of upgrades', () => {
  it.each<[string, Maintenance['window'], (hour: number) => boolean]>([
    ['one day', WINDOW, (hour) => hour >= 25 && hour < 29],
    ['three days', { days: ['thursday', 'tuesday', 'wednesday'], start: '01:00', hours: 4 }, (hour) => hour >= 24 && hour < 96 && hour % 24 >= 1 && hour % 24 < 5],
    ['over midnight, at the end of the week', { days: ['saturday', 'sunday'], start: '22:00', hours: 6 }, (hour) => (hour >= 142 && hour < 148) || hour >= 166 || hour < 4],
    ['all day, every day', { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], start: '00:00', hours: 24 }, () => true],
  ])('forbid all hours but those of the window: %s', (_, window, open) => {
    const closed = closedHours(window);
    for (let hour = 0; hour < 168; hour++) expect([hour, closed.has(hour)]).toEqual([hour, !open(hour)]);
  });

  it('forbid the days of an exclusion, but not one of minor versions', () => {
    const exclusions = { sale: { from: '2026-11-20', until: '2026-12-02', scope: 'all' }, audit: { from: '2026-03-01', until: '2026-03-02', scope: 'minor-and-nodes' }, minor: { from: '2026-01-01', until: '2026-02-01', scope: 'minor' } } as const;
    expect(budgets({ window: WINDOW, exclusions }, SURGE).slice(-2)).toEqual([
      { nodes: '0', reasons: ['Drifted'], schedule: '0 0 20 11 *', duration: '288h' }, { nodes: '0', reasons: ['Drifted'], schedule: '0 0 1 3 *', duration: '24h' },
    ]);
  });

  it('let as many nodes go at a time as the pool says', () => {
    expect(budgets({ window: WINDOW, exclusions: {} }, { ...SURGE, surge: 2, unavailable: 1 })[1]).toEqual({ nodes: '3', reasons: ['Drifted'] });
  });
});

describe('periods of updates', () => {
  const all = (from: string, until: string) => ({ from, until, scope: 'all' as const });

  it('are always, without exclusions', () => expect(periods({})).toEqual([{}]));

  it('lie between exclusions, those that overlap or touch taken together', () => {
    expect(periods({ c: all('2026-12-20', '2027-01-06'), a: all('2026-11-01', '2026-11-10'), b: all('2026-11-05', '2026-11-20'), touching: all('2026-11-20', '2026-11-22'), within: all('2026-12-24', '2026-12-27') })).toEqual([
      { endDate: '2026-11-01T00:00:00Z' }, { startDate: '2026-11-22T00:00:00Z', endDate: '2026-12-20T00:00:00Z' }, { startDate: '2027-01-06T00:00:00Z' },
    ]);
  });
});

it.each([
  ['0 3 * * *', 'cron(0 3 * * ? *)'], ['0 */6 1 * *', 'cron(0 */6 1 * ? *)'], ['0 3 * * 0', 'cron(0 3 ? * 1 *)'], ['0 3 * * 7', 'cron(0 3 ? * 1 *)'], ['0 3 * * 1-5', 'cron(0 3 ? * 2-6 *)'], ['15 4 * 6 mon,fri', 'cron(15 4 ? 6 MON,FRI *)'],
])('a schedule of "%s" is %s on AWS', (schedule, expected) => expect(awsCron(schedule)).toBe(expected));

it.each([
  ['m7i.xlarge', 'x86', 4], ['t3.micro', 'x86', 2], ['c7g.medium', 'arm', 1], ['a1.large', 'arm', 2], ['r8g.24xlarge', 'arm', 96], ['x2gd.metal', 'arm', undefined], ['g4dn.xlarge', 'nvidia', 4], ['g5g.2xlarge', 'nvidia-arm', 8], ['trn1.32xlarge', 'neuron', 128],
  ['c7i-flex.large', 'x86', 2], ['u7i-12tb.224xlarge', 'x86', 896], ['u-6tb1.112xlarge', 'x86', 448],
] as const)('%s is a machine of kind %s with %s cores', (machine, kind, cores) => {
  expect(machine).toMatch(MACHINE_TYPE);
  expect([kindOf(machine), coresOf(machine)]).toEqual([kind, cores]);
});

it.each(['m7i', 'm7i.huge', 'e2-standard-4', '.large', 'M7i.large'])('%s is no machine', (machine) => expect(machine).not.toMatch(MACHINE_TYPE));

it('zones have their letters, and regions their partition', () => {
  expect(zonesOfRegion('ap-northeast-1')).toEqual(['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d']);
  expect(zonesOfRegion('us-west-1')).toBeUndefined();
  expect(['eu-west-1', 'cn-north-1', 'us-gov-east-1'].map(partitionOf)).toEqual(['aws', 'aws-cn', 'aws-us-gov']);
});

it('the default version was in standard support on the day of the table, which is in order', () => {
  expect(unlisted(DEFAULT_VERSION, 'standard')).toBeUndefined();
  expect(AS_OF).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  const days = Object.values(EKS_VERSIONS).map(({ standardUntil }) => standardUntil);
  expect([...days].sort()).toEqual(days);
  for (const { standardUntil, extendedUntil } of Object.values(EKS_VERSIONS)) expect([extendedUntil > AS_OF, extendedUntil > standardUntil]).toEqual([true, true]);
});
