import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { App, type IApplication } from '../../lib';
import { cron, release, stateful, web, worker } from '../builders';
import { CRON, RELEASE, STATEFUL, together, WEB, WORKER } from './samples';

/** An app with one workload of each kind, each below as many plain constructs as said. */
function bytes(depth: number): string {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  const at = (id: string): Construct => Array.from({ length: depth }, (_, level) => `${id}-${level}`).reduce<Construct>((scope, level) => new Construct(scope, level), chart);
  stateful({}, 'target')(at('t'));
  const migrate = release({ ...together(RELEASE), name: 'migrate' })(at('r'));
  web({ ...together(WEB), name: 'web', after: [migrate] })(at('w'));
  worker({ ...together(WORKER), name: 'work' })(at('x'));
  stateful({ ...together(STATEFUL), name: 'store' })(at('s'));
  cron({ ...together(CRON), name: 'nightly' })(at('c'));
  return app.synthYaml();
}

it('the output is the same wherever in the tree a construct stands', () => {
  const flat = bytes(0);
  expect(bytes(1)).toBe(flat);
  expect(bytes(3)).toBe(flat);
});

it('the same input gives the same bytes, from two apps and from one app rendered twice', () => {
  expect(bytes(0)).toBe(bytes(0));
  const app = new App();
  web(together(WEB))(new Chart(app, 'chart', { namespace: 'shop' }));
  stateful({}, 'target')(new Chart(app, 'other', { namespace: 'shop' }));
  expect(app.synthYaml()).toBe(app.synthYaml());
});

it('a workload is named after its id, not after its path', () => {
  const app = new App();
  const made: IApplication = web()(new Construct(new Chart(app, 'chart'), 'outer'));
  expect(made.application.name).toBe('web');
});
