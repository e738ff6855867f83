/** The policies of the program: `pulumi preview --policy-pack stacks/policy`. */
import * as pulumi from '@pulumi/pulumi';
import { PolicyPack } from '@pulumi/policy';
import { policies } from '../../lib/pulumi/policy';
import { policyOptions } from './options';

const config = new pulumi.Config('fairlead');

new PolicyPack('boutique', { policies: policies(policyOptions(pulumi.getStack(), config.getObject('replicas'), config.getObject('cluster'))) });
