import type { SourceReference } from './model';

/** The uid of each source is fixed, so that dashboards and links find it in every environment. */
export const PROMETHEUS = { type: 'prometheus', uid: 'prometheus' } as const satisfies SourceReference;
/** Alertmanager: firing alerts and silences. */
export const ALERTMANAGER = { type: 'alertmanager', uid: 'alertmanager' } as const satisfies SourceReference;
/** The store of the logs. */
export const LOKI = { type: 'loki', uid: 'loki' } as const satisfies SourceReference;
/** The logs that CloudWatch keeps. */
export const CLOUDWATCH = { type: 'cloudwatch', uid: 'cloudwatch' } as const satisfies SourceReference;
