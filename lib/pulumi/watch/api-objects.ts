import type { JsonObject } from '../../core/json';

/** An object as the API server tells it; only what the watch reads is typed. */
export interface ApiObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly generation?: number;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly uid: string; readonly controller?: boolean }[];
  };
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
}

/** What a controller says of an object. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

interface Terminated {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
}

/** What the kubelet says of a container. */
export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly started?: boolean;
  readonly restartCount: number;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string }; readonly running?: object; readonly terminated?: Terminated };
  readonly lastState?: { readonly terminated?: Terminated };
}

/** Something that happened to an object. */
export interface ClusterEvent extends ApiObject {
  readonly involvedObject: { readonly uid?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string | null;
  readonly series?: { readonly count?: number };
}

/** The condition of that type. */
export const conditionOf = ({ status }: ApiObject, type: string): Condition | undefined => ((status?.conditions ?? []) as readonly Condition[]).find((condition) => condition.type === type);

/** The containers of a pod, those that prepare it first. */
export const containersOf = ({ status }: ApiObject): readonly ContainerStatus[] => [...((status?.initContainerStatuses ?? []) as ContainerStatus[]), ...((status?.containerStatuses ?? []) as ContainerStatus[])];

/** A number of the status; 0 where there is none, as the API server leaves zeros out. */
export const countOf = ({ status }: ApiObject, field: string): number => Number(status?.[field] ?? 0);

const LONGEST = 300;

/** A message of the cluster on one line, not too long. */
export function oneLine(text: string | undefined): string {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
