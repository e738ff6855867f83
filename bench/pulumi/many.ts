/** N applications as resources; prints the time, so that N and 4 N can be compared. `node many.cjs <number of applications>` */
import { Chart } from 'cdk8s';
import { App, WebApp } from '../../lib';
import { ChartResources } from '../../lib/pulumi';
import { IMAGE, nameOf } from '../apps/task';
import { provider, timed } from './timed';

void timed(() => {
  const app = new App({ defaults: { tls: false, partOf: 'bench' } });
  const chart = new Chart(app, 'bench', { namespace: 'bench' });
  for (let index = 0; index < Number(process.argv[2]); index++) new WebApp(chart, nameOf(index), { image: IMAGE, ports: { http: 8080 }, connectsTo: index === 0 ? [] : [nameOf(index - 1)], route: { hosts: [`${nameOf(index)}.example.com`] } });
  new ChartResources('bench', { charts: app }, { provider: provider() });
});
