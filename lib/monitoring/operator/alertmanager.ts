import { Construct } from 'constructs';
import type { JsonObject } from '../../core/json';
import { Manifest } from '../../core/manifest';
import type { ApplicationInfo, IApplication } from '../../core/registry';
import type { Mistakes } from '../../core/problems';
import type { ImageInput } from '../../pod/image';
import { Volume } from '../../pod/volume';
import { toYaml } from '../../synth/yaml';
import { alertmanagerConfig, alertmanagerConfigSpec, TEMPLATES, type Alerting, type AlertmanagerSettings } from '../alertmanager';
import { credentialVolumes, egressOf, PORTS, RESOURCES, USER } from '../alertmanager/alertmanager';
import { withTemplates } from '../alertmanager/inline-templates';
import { operate } from './operated';
import { resource } from './resource';

/** Where the operator mounts the Secret with the configuration, and all of its keys. */
const CONFIG_DIRECTORY = '/etc/alertmanager/config';
const TEMPLATES_FILE = 'fairlead.tmpl';
const NAME = 'alertmanager';

/** What is made of the alerting. */
export interface ConfigurationProps {
  readonly alerting: Alerting;
  /** Labels of the resource, by which Alertmanager selects it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly problems: Mistakes;
}

/** The whole configuration and its templates, as a Secret because the operator takes nothing else: it names files with credentials, and holds none. */
export function configurationSecret(scope: Construct, { alerting, labels }: Pick<ConfigurationProps, 'alerting' | 'labels'>): Manifest {
  const stringData = { 'alertmanager.yaml': toYaml([alertmanagerConfig(alerting, `${CONFIG_DIRECTORY}/*.tmpl`)]), [TEMPLATES_FILE]: TEMPLATES };
  return new Manifest(scope, 'configuration', { apiVersion: 'v1', kind: 'Secret', metadata: { name: `${NAME}-configuration`, labels: { ...labels, 'app.kubernetes.io/managed-by': 'fairlead' } }, type: 'Opaque', stringData });
}

/** The configuration as the operator's resource; what that lacks is reported. */
export function configurationResource(scope: Construct, { alerting, labels, problems }: ConfigurationProps): Manifest {
  return resource(scope, 'AlertmanagerConfig', NAME, labels, withTemplates(alertmanagerConfigSpec(problems, 'alerting', alerting)));
}

/** Props of an {@link OperatedAlertmanager}. */
export interface OperatedAlertmanagerProps extends AlertmanagerSettings, ConfigurationProps {
  readonly image: ImageInput;
  readonly configuration: 'secret' | 'resource';
}

/** An Alertmanager that prometheus-operator runs, with the configuration of this stack and no other. */
export class OperatedAlertmanager extends Construct implements IApplication {
  /** What others know of it. */
  public readonly application: ApplicationInfo;
  /** The operator's resource. */
  public readonly resource: Manifest;

  public constructor(scope: Construct, id: string, given: OperatedAlertmanagerProps) {
    super(scope, id);
    const { alerting, labels, problems, configuration, replicas = 1, storage, externalUrl, resources, egress, patches, ...rest } = given;
    const operated = operate(this, {
      ...rest, name: NAME, description: 'Gathers alerts and tells who must know of them', ports: PORTS(replicas), replicas, resources: resources ?? RESOURCES,
      egress: egress ?? egressOf(alerting), user: USER, callsApiServer: false, data: storage ? Volume.claim('storage', storage) : undefined, ...(patches ? { patches } : {}),
    });
    this.application = operated.info;
    this.resource = operated.make('Alertmanager', labels, {
      externalUrl,
      clusterLabel: `${operated.info.namespace}/${NAME}`,
      ...(configuration === 'secret' ? this.secret(alerting, labels) : { alertmanagerConfiguration: { name: configurationResource(this, { alerting, labels, problems }).name } }),
    });
  }

  /** The whole configuration, and the Secrets that it names, each with the keys that are needed of it. */
  private secret(alerting: Alerting, labels: Readonly<Record<string, string>>): JsonObject {
    const mounts = credentialVolumes(alerting);
    return {
      configSecret: configurationSecret(this, { alerting, labels }).name,
      volumes: mounts.length > 0 ? mounts.map(({ volume: { name, source } }) => ({ name, ...(source.type === 'plain' ? source.spec : {}) })) : undefined,
      volumeMounts: mounts.length > 0 ? mounts.map(({ path, volume }) => ({ name: volume.name, mountPath: path, readOnly: true })) : undefined,
    };
  }
}
