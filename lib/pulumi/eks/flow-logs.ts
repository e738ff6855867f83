import { FlowLog, type Vpc } from '@pulumi/aws/ec2';
import * as pulumi from '@pulumi/pulumi';
import { makeLogGroup } from './logs';
import { makeRole, trustedHere } from './role';
import { named, partOf, type Scope } from './scope';

const TRAFFIC = { all: 'ALL', rejected: 'REJECT' } as const;

/** Seconds over which connections are summed up: AWS has this and 60, which makes many more logs. */
const INTERVAL = 600;

/** Logs who talks to whom in the VPC. */
export function makeFlowLogs(scope: Scope, vpc: Vpc, key: pulumi.Input<string> | undefined): void {
  const { name, settings: { flowLogs, flowLogTraffic } } = scope;
  if (!flowLogs) return;
  const group = makeLogGroup(scope, 'flow-logs', `/aws/vpc/${name}`, key);
  const { role, rights } = makeRole(scope, `${name}-flow-logs`, {
    description: `Writes the flow logs of the cluster ${name}`,
    trust: trustedHere('vpc-flow-logs.amazonaws.com', scope),
    statements: [{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'], Resource: [group.arn, pulumi.interpolate`${group.arn}:*`] }],
  });
  new FlowLog(`${name}-flow-logs`, {
    vpcId: vpc.id, trafficType: TRAFFIC[flowLogTraffic], logDestinationType: 'cloud-watch-logs', logDestination: group.arn, iamRoleArn: role.arn, maxAggregationInterval: INTERVAL, tags: named(name),
  }, partOf(scope, { dependsOn: [...rights] }));
}
