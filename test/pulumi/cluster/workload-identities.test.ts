import * as pulumi from '@pulumi/pulumi';
import { Chart } from 'cdk8s';
import { App, type CloudRights } from '../../../lib';
import { ChartResources } from '../../../lib/pulumi';
import { ExistingCluster, WorkloadIdentities, type WorkloadIdentity } from '../../../lib/pulumi/cluster';
import { runProgram } from '../../../lib/pulumi/testing';
import { cron, web } from '../../builders';
import { registered, waitsFor } from '../deploy';
import { failure } from '../../failure';

const GCP: CloudRights = { gcp: [{ role: 'roles/storage.objectViewer', on: 'bucket/orders' }] };
const BOTH: CloudRights = { ...GCP, aws: { policies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } };

function appWith(): App {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  web({ identity: { rights: GCP } }, 'reports')(chart);
  cron({ identity: { rights: BOTH } }, 'archive')(chart);
  web({}, 'front')(chart);
  return app;
}

/** Stands for what a cloud makes. */
class Binding extends pulumi.CustomResource {
  constructor({ namespace, serviceAccount, rights }: WorkloadIdentity) {
    super('test:index:Binding', `${namespace}-${serviceAccount}`, { rights });
  }
}

describe('the identities of workloads', () => {
  it('are bound, each once, before its pods start; nothing else waits', async () => {
    const run = await runProgram(() => {
      const { provider } = new ExistingCluster('cluster', { context: 'test' });
      const app = appWith();
      const optionsFor = new WorkloadIdentities(app).bind({ bindIdentity: (identity) => [new Binding(identity)] });
      return new ChartResources('shop', { charts: app, optionsFor }, { provider });
    });
    expect(run.resources.filter(({ type }) => type === 'test:index:Binding').map(({ name, inputs }) => [name, inputs.rights])).toEqual([['shop-reports', GCP], ['shop-archive', BOTH]]);
    expect(waitsFor(run, 'Deployment/shop/reports')).toContain('shop-reports');
    expect(waitsFor(run, 'CronJob/shop/archive')).toContain('shop-archive');
    expect(waitsFor(run, 'Deployment/shop/front').filter((name) => name.startsWith('shop-'))).toEqual([]);
    expect(registered(run, 'ServiceAccount/shop/reports').dependencies.filter((urn) => urn.includes('Binding'))).toEqual([]);
  });

  it('are refused, all at once, where the cluster can not bind them', () => {
    const identities = new WorkloadIdentities(appWith());
    expect(failure(() => identities.check('gke'))).toBe('passed');
    expect(failure(() => identities.check('eks'))).toBe("[chart/reports] identity.rights.aws: got nothing; on EKS, 'aws' says what the workload may do; add it, or leave the rights out");
    expect(failure(() => identities.check('existing')).split('\n')).toEqual([
      expect.stringMatching(/^\[chart\/reports\] identity\.rights: got .*make the identity there and name it: 'gcpServiceAccount' or 'awsRoleArn', or leave the rights out$/),
      expect.stringMatching(/^\[chart\/archive\] identity\.rights: got /),
    ]);
  });
});
