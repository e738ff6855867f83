/** N applications with Fairlead, in one chart; each gets a file of its own. `node ours.cjs <N> <folder>` */
import { Chart } from 'cdk8s';
import { App, WebApp } from '../../lib';
import { CONFIG, DESCRIPTION, HOST, IMAGE, NAMESPACE, REPLICAS, RESOURCES, task } from './task';

const { names, folder } = task();
const app = new App({ outdir: folder, defaults: { tls: false, partOf: 'bench' } });
const chart = new Chart(app, 'bench', { namespace: NAMESPACE });
for (const name of names) {
  new WebApp(chart, name, {
    description: DESCRIPTION,
    image: IMAGE,
    ports: { http: { port: 8080, servicePort: 80 } },
    replicas: { ...REPLICAS, cpu: 70 },
    route: { hosts: [`${name}.${HOST}`] },
    config: CONFIG,
    resources: RESOURCES,
  });
}
app.synth();
