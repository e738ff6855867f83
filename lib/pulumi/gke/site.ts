import type * as pulumi from '@pulumi/pulumi';
import { isProtected } from '../cluster/settings/common';
import type { Gke } from './schema';

/** What the parts of a cluster are made with. */
export interface Site {
  /** Name of the cluster, and the beginning of all logical names. */
  readonly name: string;
  /** The settings. */
  readonly settings: Gke;
  /** The component. */
  readonly parent: pulumi.Resource;
  /** The project's number. */
  readonly projectNumber: pulumi.Input<string>;
  /** The APIs of the project that are needed. */
  readonly apis: readonly pulumi.Resource[];
}

/** Labels of everything that takes labels. */
export const labelsOf = ({ name, settings }: Pick<Site, 'name' | 'settings'>): Record<string, string> => ({ cluster: name, ...settings.labels, 'managed-by': 'fairlead' });

/** Options of a part that waits for the APIs, and for what else is named. */
export const made = ({ parent, apis }: Site, ...dependsOn: readonly pulumi.Resource[]): pulumi.CustomResourceOptions => ({ parent, dependsOn: [...apis, ...dependsOn] });

/** The same for a part that holds what nobody can make anew. */
export const kept = (site: Site, ...dependsOn: readonly pulumi.Resource[]): pulumi.CustomResourceOptions => ({ ...made(site, ...dependsOn), protect: isProtected(site.settings) });
