import type { Chart } from 'cdk8s';
import type { Problems } from '../../core/problems';
import type { IApplication } from '../../core/registry';
import type { MonitoredApplication } from '../application';
import type { PlatformJob } from '../catalogue';
import type { ImagesProps } from '../images';
import type { JobLabel } from '../modes/jobs';
import type { Mode } from '../modes/props';
import type { ScrapeConfig } from '../prometheus/config';
import type { ForeignPods } from '../prometheus/pod-scrape';
import type { MonitoringSize } from '../prometheus/props';
import type { RenderedGroup } from '../prometheus/rule-files';

/** What every part of a monitoring stack is made from. */
export interface StackContext {
  /** Where the parts stand. */
  readonly chart: Chart;
  /** Where those stand that need the rights of the nodes; undefined where nothing needs them, or the cluster refuses them. */
  readonly nodes: Chart | undefined;
  /** What is watched. */
  readonly applications: readonly MonitoredApplication[];
  /** The namespaces of the environment: of the applications and of the monitoring itself. */
  readonly namespaces: readonly string[];
  /** The environment's name. */
  readonly environment: string | undefined;
  readonly size: MonitoringSize;
  /** Who scrapes and evaluates. */
  readonly mode: Mode;
  /** How the jobs are called there. */
  readonly jobLabel: JobLabel;
  readonly images: ImagesProps;
  readonly problems: Problems;
}

/** A program of the stack that serves metrics of its own. */
export interface StackProgram {
  /** Its job. */
  readonly job: PlatformJob;
  readonly application: IApplication;
  /** Whether a pod of it stands for its node. */
  readonly perNode?: boolean;
  /** Whether its series speak of others, so that its own namespace and pod would only confuse. */
  readonly hidden?: boolean;
  /** Whether its pods answer on the address of their node. */
  readonly onHost?: boolean;
}

/** What a part brings to the whole. */
export interface StackPart {
  /** Programs to be scraped. */
  readonly programs?: readonly StackProgram[];
  /** Further jobs. */
  readonly jobs?: readonly ScrapeConfig[];
  /** Rules. */
  readonly groups?: readonly RenderedGroup[];
  /** Pods of others, outside the environment, whose metrics its jobs fetch. */
  readonly foreign?: readonly ForeignPods[];
  /** Programs that jobs ask by other ways than their own metrics. */
  readonly asked?: readonly IApplication[];
  /** Where alerts go. */
  readonly alertmanager?: IApplication | undefined;
}
