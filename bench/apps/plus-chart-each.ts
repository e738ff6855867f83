/** N applications with plain cdk8s-plus, a chart and so a file each. `node plus-chart-each.cjs <N> <folder>` */
import { App, Chart } from 'cdk8s';
import { addApplication } from './plus';
import { NAMESPACE, task } from './task';

const { names, folder } = task();
const app = new App({ outdir: folder });
for (const name of names) addApplication(new Chart(app, name, { namespace: NAMESPACE }), name);
app.synth();
