/**
 * The Pulumi program: `pulumi up --stack staging` deploys the environment of Pulumi.staging.yaml. What is released and why
 * comes from variables, for it is of one `up` and belongs into no file: `FAIRLEAD_RELEASE_CAUSE="Faster checkout" pulumi up`.
 */
import * as pulumi from '@pulumi/pulumi';
import { deployEnvironment } from './pulumi/deploy';
import { releaseOf } from './pulumi/release';

const { resources: _, ...outputs } = deployEnvironment(pulumi.getRootDirectory(), pulumi.getStack(), { release: releaseOf(process.env, new Date()) });

export = outputs;
