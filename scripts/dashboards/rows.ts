/** The cells of sample tables, by column: those of an application by its name, as far as it has one. */
export const CELLS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Alerts: { frontend: 0, cart: 0, payment: 0, mailer: 1, 'orders-db': 0, 'nightly-report': 0, settlement: 0 },
  Pods: { frontend: 1, cart: 1, payment: 1, mailer: 0.5, 'orders-db': 1 },
  Requests: { frontend: 187.2, cart: 61.4, payment: 12.8 },
  Errors: { frontend: 0.0004, cart: 0.0121, payment: 0.0001 },
  p95: { frontend: 0.118, cart: 0.062, payment: 0.341 },
  'Budget left': { frontend: 0.79, payment: 0.96 },
  CPU: { frontend: 0.57, cart: 0.31, payment: 0.18, mailer: 0.04, 'orders-db': 0.44 },
  Memory: { frontend: 668_000_000, cart: 421_000_000, payment: 390_000_000, mailer: 160_000_000, 'orders-db': 1_390_000_000 },
  'Restarts, 24 h': { frontend: 1, cart: 0, payment: 0, mailer: 6, 'orders-db': 0 },
  'Last success': { 'nightly-report': -8, settlement: -0.4 },
  'Next run': { 'nightly-report': 16, settlement: 0.6 },
  'Longest run': { 'nightly-report': 251, settlement: 48 },
  'Failed runs': { 'nightly-report': 0, settlement: 0 },
};

/** The alerts that fire in the pictures. */
export const FIRING: readonly Readonly<Record<string, string>>[] = [
  { Alert: 'CrashLooping', Severity: 'warning', Namespace: 'shop', Application: 'mailer', Team: 'storefront', Number: '1' },
];

/** A line of logs: time, level and message. */
type LogLine = readonly [time: string, level: 'info' | 'warn' | 'error', message: string];

const lines = (date: string, written: readonly LogLine[]): readonly LogLine[] => written.map(([time, level, message]) => [`${date} ${time}`, level, message]);
const request = (time: string, method: string, path: string, status: number, duration: number): LogLine => [time, 'info', JSON.stringify({ level: 'info', method, path, status, duration_ms: duration })];

/** What the containers of each kind of application write. */
export const LOG_LINES: Readonly<Record<string, readonly LogLine[]>> = {
  service: lines('2026-03-12', [
    request('11:59:58', 'GET', '/products/1187', 200, 31),
    request('11:59:57', 'GET', '/cart', 200, 24),
    ['11:59:57', 'warn', '{"level":"warn","message":"slow answer of cart","duration_ms":612,"trace":"8f1c20de"}'],
    request('11:59:55', 'POST', '/orders', 201, 118),
    ['11:59:54', 'error', '{"level":"error","message":"payment refused: card expired","order":"40312","trace":"19ab77c4"}'],
    request('11:59:54', 'GET', '/products?page=3', 200, 47),
    request('11:59:51', 'GET', '/products/52', 200, 28),
    request('11:59:50', 'GET', '/products/52/reviews', 200, 36),
    request('11:59:48', 'PUT', '/cart/items/7', 200, 41),
    request('11:59:47', 'GET', '/', 200, 22),
  ]),
  database: lines('2026-03-12', [
    ['11:58:12', 'info', 'checkpoint complete: wrote 412 buffers (2.5%); write=41.2 s, sync=0.004 s, total=41.3 s'],
    ['11:57:31', 'info', 'checkpoint starting: time'],
    ['11:55:02', 'warn', 'duration: 1204.551 ms  statement: SELECT * FROM orders WHERE status = $1 ORDER BY created_at'],
    ['11:53:12', 'info', 'checkpoint complete: wrote 388 buffers (2.4%); write=38.8 s, sync=0.003 s, total=38.9 s'],
    ['11:52:31', 'info', 'checkpoint starting: time'],
    ['11:49:40', 'info', 'automatic vacuum of table "shop.public.carts": index scans: 1'],
  ]),
  task: lines('2026-03-12', [
    ['03:19:12', 'info', '{"level":"info","message":"report sent","rows":18240,"duration_s":251}'],
    ['03:18:55', 'info', '{"level":"info","message":"rendered","pages":42}'],
    ['03:16:20', 'warn', '{"level":"warn","message":"3 orders without an address","orders":["40117","40202","40255"]}'],
    ['03:15:04', 'info', '{"level":"info","message":"reading orders","since":"2026-03-11"}'],
    ['03:15:01', 'info', '{"level":"info","message":"started","version":"1.4.2"}'],
  ]),
};
