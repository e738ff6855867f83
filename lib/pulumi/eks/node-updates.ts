import type { Cluster, NodeGroup } from '@pulumi/aws/eks';
import { Schedule } from '@pulumi/aws/scheduler';
import * as pulumi from '@pulumi/pulumi';
import { WEEKDAYS, type Maintenance } from '../cluster/settings/maintenance';
import { partitionOf } from './regions';
import { makeRole, trustedHere } from './role';
import { arnOf, clusterArn, partOf, type Scope } from './scope';

/** A time in which updates happen: between two exclusions, or before or after all of them. */
interface Period {
  readonly startDate?: string;
  readonly endDate?: string;
}

const MINUTES_AN_HOUR = 60;

/** Gives node groups new images of their version on the first day of each week's windows; AWS would never do it itself. */
export function makeNodeUpdates(scope: Scope, cluster: Cluster, groups: readonly NodeGroup[]): void {
  if (groups.length === 0) return;
  const { name, settings: { maintenance, region } } = scope;
  const { role, rights } = makeRole(scope, `${name}-node-updates`, {
    description: `Gives nodes of the cluster ${name} new images`,
    trust: trustedHere('scheduler.amazonaws.com', scope),
    statements: [
      { Action: ['eks:UpdateNodegroupVersion'], Resource: [clusterArn(scope), arnOf(scope, 'eks', `nodegroup/${name}/*`)] },
      // EKS tries whether who asks for it could start such a machine.
      { Action: ['ec2:RunInstances', 'ec2:CreateTags', 'ec2:DescribeLaunchTemplateVersions'], Resource: '*', Condition: { ArnLike: { 'ec2:LaunchTemplate': arnOf(scope, 'ec2', 'launch-template/*') } } },
    ],
  });
  const pools = Object.keys(scope.settings.nodePools);
  groups.forEach((group, index) => periods(maintenance.exclusions).forEach((period, place) => {
    new Schedule(`${name}-${pools[index]}-${place}`, {
      description: `New images for the nodes of ${pools[index]}`,
      scheduleExpression: firstWindow(maintenance.window),
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: (maintenance.window.hours * MINUTES_AN_HOUR) / 4 },
      ...period,
      target: {
        arn: `arn:${partitionOf(region)}:scheduler:::aws-sdk:eks:updateNodegroupVersion`,
        roleArn: role.arn,
        input: pulumi.jsonStringify({ ClusterName: cluster.name, NodegroupName: group.nodeGroupName }),
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: maintenance.window.hours * MINUTES_AN_HOUR * MINUTES_AN_HOUR },
      },
    }, partOf(scope, { dependsOn: [...rights] }));
  }));
}

/** When the first window of a week begins. */
function firstWindow({ days, start }: Maintenance['window']): string {
  const [hour, minute] = start.split(':').map(Number);
  const first = WEEKDAYS.find((day) => days.includes(day))!;
  return `cron(${minute} ${hour} ? * ${first.slice(0, 3).toUpperCase()} *)`;
}

/** The times outside of all exclusions but those of minor versions, which come with deployments only. */
export function periods(exclusions: Maintenance['exclusions']): Period[] {
  const frozen = Object.values(exclusions).filter(({ scope }) => scope !== 'minor').sort((one, other) => (one.from < other.from ? -1 : 1));
  const merged = frozen.reduce<{ from: string; until: string }[]>((all, { from, until }) => {
    const last = all.at(-1);
    if (last === undefined || from > last.until) return [...all, { from, until }];
    return [...all.slice(0, -1), { from: last.from, until: until > last.until ? until : last.until }];
  }, []);
  const midnight = (day: string) => `${day}T00:00:00Z`;
  return Array.from({ length: merged.length + 1 }, (_, index) => ({
    ...(index > 0 ? { startDate: midnight(merged[index - 1]!.until) } : {}),
    ...(index < merged.length ? { endDate: midnight(merged[index]!.from) } : {}),
  }));
}
