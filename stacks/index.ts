/**
 * The Pulumi program: `pulumi up --stack staging` deploys the environment of Pulumi.staging.yaml. What is released and why
 * comes from variables, for it is of one `up` and belongs into no file: `FAIRLEAD_RELEASE_CAUSE="Faster checkout" pulumi up`; so does what may be replaced although it is protected.
 */
import * as pulumi from '@pulumi/pulumi';
import { environmentProgram } from './pulumi/deploy';
import { allowedReplacements, releaseOf } from './pulumi/release';

export = () => environmentProgram(pulumi.getRootDirectory(), pulumi.getStack(), { release: releaseOf(process.env, new Date()), allowReplacement: allowedReplacements(process.env) });
