import type { Construct } from 'constructs';
import { CronTask, ReleaseTask, StatefulService, WebApp, Worker, type CronTaskProps, type ReleaseTaskProps, type StatefulServiceProps, type WebAppProps, type WorkerProps } from '../lib';

export const IMAGE = 'ghcr.io/acme/shop:1.4.2';

/** Some props, of any type: what a JavaScript user may pass. */
type Loose = object;

/** Each gives a function that makes one workload with the fewest props and those given. */
export const web = (props: Loose = {}, id = 'web') => (scope: Construct): WebApp => new WebApp(scope, id, { image: IMAGE, ports: { http: 8080 }, ...props } as WebAppProps);
export const worker = (props: Loose = {}, id = 'worker') => (scope: Construct): Worker => new Worker(scope, id, { image: IMAGE, ...props } as WorkerProps);
export const stateful = (props: Loose = {}, id = 'db') => (scope: Construct): StatefulService => new StatefulService(scope, id, { image: IMAGE, ports: { postgres: 5432 }, ...props } as StatefulServiceProps);
export const cron = (props: Loose = {}, id = 'cron') => (scope: Construct): CronTask => new CronTask(scope, id, { image: IMAGE, schedule: '15 3 * * *', ...props } as CronTaskProps);
export const release = (props: Loose = {}, id = 'migrate') => (scope: Construct): ReleaseTask => new ReleaseTask(scope, id, { image: IMAGE, ...props } as ReleaseTaskProps);

/** Builds one after the other in the same scope. */
export const all = (...builders: ((scope: Construct) => unknown)[]) => (scope: Construct): void => builders.forEach((build) => build(scope));
