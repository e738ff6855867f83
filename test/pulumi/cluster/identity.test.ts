import { Chart } from 'cdk8s';
import { App, WebApp, Worker, type CloudRights } from '../../../lib';
import { Mistakes } from '../../../lib/core/problems';
import { checkIdentity, identitiesOf, type Cloud } from '../../../lib/pulumi/cluster';

const image = 'ghcr.io/acme/web:1.0.0';
const GCP: CloudRights = { gcp: [{ role: 'roles/storage.objectViewer', on: 'bucket/orders' }] };
const AWS: CloudRights = { aws: { policies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } };

it('the identities that workloads declare are found, with where they stand', () => {
  const app = new App();
  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  new WebApp(shop, 'web', { image, ports: { http: 80 } });
  new WebApp(shop, 'cart', { image, ports: { http: 80 }, identity: { rights: GCP } });
  new Worker(new Chart(app, 'jobs', { namespace: 'jobs' }), 'mail', { image, name: 'mailer', identity: { rights: { ...GCP, ...AWS } } });
  new Worker(new Chart(app, 'old', { namespace: 'old' }), 'old', { image, identity: { gcpServiceAccount: 'old@acme-shop.iam.gserviceaccount.com' } });
  expect(identitiesOf(app)).toEqual([
    { path: 'shop/cart', namespace: 'shop', serviceAccount: 'cart', rights: GCP },
    { path: 'jobs/mail', namespace: 'jobs', serviceAccount: 'mailer', rights: { ...GCP, ...AWS } },
  ]);
});

it.each<[Cloud, CloudRights, string[]]>([
  ['gke', GCP, []],
  ['eks', AWS, []],
  ['gke', { ...GCP, ...AWS }, []],
  ['gke', AWS, ["[shop/cart] identity.rights.gcp: got nothing; on GKE, 'gcp' says what the workload may do; add it, or leave the rights out"]],
  ['eks', GCP, ["[shop/cart] identity.rights.aws: got nothing; on EKS, 'aws' says what the workload may do; add it, or leave the rights out"]],
  ['existing', GCP, [expect.stringMatching(/^\[shop\/cart\] identity\.rights: got .*; a cluster that is there already gives no rights in its cloud; make the identity there and name it: 'gcpServiceAccount' or 'awsRoleArn', or leave the rights out$/)]],
])('on %s, rights of %j are taken or refused', (cloud, rights, messages) => {
  const mistakes = new Mistakes();
  checkIdentity(cloud, rights, mistakes, '[shop/cart] identity.rights');
  expect(mistakes.messages).toEqual(messages);
});
