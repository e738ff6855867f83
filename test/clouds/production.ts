import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, type RegisteredResource } from '../../lib/pulumi/testing';
import { deployEnvironment, type DeployOptions } from '../../stacks/pulumi/deploy';
import { AWS } from '../engine/cloud/aws-model';
import { GCP } from '../engine/cloud/gcp-model';
import { Project } from '../stacks/project';
import { ROOT } from '../stacks/rendered';
import { ontoCluster } from './onto-cluster';

/** Clouds that production can be on. */
export const CLOUDS = ['gke', 'eks'] as const;

/** A cloud that production can be on. */
export type CloudName = (typeof CLOUDS)[number];

/** What the file of an environment says of a cluster on the cloud. */
export const sectionOf = (cloud: CloudName): string => readFileSync(join(ROOT, 'test/clouds', `${cloud}.yaml`), 'utf8');

/** The project with production on a cloud, after a change of that section; without one, it names no cluster. */
export function productionOn(cloud: CloudName | undefined, change: (section: string) => string = (section) => section): Project {
  const project = new Project();
  // Nothing encrypted, for nobody here has the passphrase: the receivers' credentials come from a Secret made elsewhere.
  const text = readFileSync(join(ROOT, 'Pulumi.production.yaml'), 'utf8').replace(/ {2}fairlead:secrets:[^]*/, '').replaceAll('{ key: ', '{ secret: alerting, key: ');
  project.write('Pulumi.production.yaml', cloud === undefined ? text : ontoCluster(text, change(sectionOf(cloud))));
  return project;
}

/** What its program registers, under mocks. */
export async function registeredOn(cloud: CloudName, { directory }: Project, options: DeployOptions = {}) {
  const model = cloud === 'gke' ? GCP : AWS;
  return runProgram(() => {
    const { resources: _, ...outputs } = deployEnvironment(directory, 'production', options);
    return outputs;
  }, {
    project: 'fairlead',
    stack: 'production',
    stackTraces: false,
    state: ({ type, name, inputs }) => ({ ...inputs, ...model.computed({ type, name, inputs, hash: '0123456' }, { address: '127.0.0.1:6443', certificate: 'Y2E=' }) }),
    answer: ({ token, inputs }) => model.invoke(token, inputs) as never,
  });
}

/** Those of a type, by their logical names. */
export const ofType = (resources: readonly RegisteredResource[], type: string): Record<string, RegisteredResource> => Object.fromEntries(resources.filter((resource) => resource.type === type).map((resource) => [resource.name, resource]));
