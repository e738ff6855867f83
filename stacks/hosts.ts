import type { Settings } from './environment';

/** A host of an environment, and the keys that lead to it in its file. */
export interface PlacedHost {
  readonly keys: readonly string[];
  readonly host: string;
}

/** The hosts of an environment: of the shop, and of Grafana where that has one. */
export function hostsOf({ host, monitoring }: Pick<Settings, 'host' | 'monitoring'>): readonly PlacedHost[] {
  const grafana = monitoring?.grafana.host;
  return [{ keys: ['host'], host }, ...(grafana === undefined ? [] : [{ keys: ['monitoring', 'grafana', 'host'], host: grafana }])];
}
