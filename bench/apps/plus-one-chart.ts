/** N applications with plain cdk8s-plus, all in one chart and so in one file. `node plus-one-chart.cjs <N> <folder>` */
import { App, Chart } from 'cdk8s';
import { addApplication } from './plus';
import { NAMESPACE, task } from './task';

const { names, folder } = task();
const app = new App({ outdir: folder });
const chart = new Chart(app, 'bench', { namespace: NAMESPACE });
for (const name of names) addApplication(chart, name);
app.synth();
