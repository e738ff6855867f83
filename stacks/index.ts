/** The Pulumi program: `pulumi up --stack staging` deploys the environment of Pulumi.staging.yaml. */
import * as pulumi from '@pulumi/pulumi';
import { deployEnvironment } from './pulumi/deploy';

const { resources: _, ...outputs } = deployEnvironment(pulumi.getRootDirectory(), pulumi.getStack());

export = outputs;
