/** The policies of the program: `pulumi preview --policy-pack stacks/policy`. */
import * as pulumi from '@pulumi/pulumi';
import { PolicyPack } from '@pulumi/policy';
import { policies } from '../../lib/pulumi/policy';
import { policyOptions } from './options';

new PolicyPack('boutique', { policies: policies(policyOptions(pulumi.getStack(), new pulumi.Config('fairlead').getObject('replicas'))) });
