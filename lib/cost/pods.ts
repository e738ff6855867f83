import type { JsonObject } from '../core/json';
import { at, listAt, objectAt } from '../core/paths';
import { gibOf, parseQuantity } from '../core/quantity';

const UNIT = 1_000_000_000n;

/** What the scheduler sets aside for a pod. */
export interface Requests {
  /** Cores. */
  readonly cpu: number;
  /** GiB. */
  readonly memory: number;
}

const coresOf = (quantity: unknown): number => {
  const amount = typeof quantity === 'string' || typeof quantity === 'number' ? parseQuantity(String(quantity)) : undefined;
  return amount === undefined ? 0 : Number(amount) / Number(UNIT);
};

/** The requests of a container; a limit without a request is one. */
function requestsOf(container: JsonObject): Requests {
  const amount = (name: string) => at(container, 'resources', 'requests', name) ?? at(container, 'resources', 'limits', name);
  return { cpu: coresOf(amount('cpu')), memory: gibOf(amount('memory')) ?? 0 };
}

const NOTHING: Requests = { cpu: 0, memory: 0 };
const add = (one: Requests, other: Requests): Requests => ({ cpu: one.cpu + other.cpu, memory: one.memory + other.memory });
const most = (one: Requests, other: Requests): Requests => ({ cpu: Math.max(one.cpu, other.cpu), memory: Math.max(one.memory, other.memory) });

/** What the scheduler sets aside: the containers that run beside each other, or an init container with the sidecars before it where that is more. */
export function podRequests(spec: JsonObject): Requests {
  let sidecars = NOTHING;
  let starting = NOTHING;
  for (const container of listAt(spec, 'initContainers')) {
    const requests = requestsOf(container);
    if (container.restartPolicy === 'Always') sidecars = add(sidecars, requests);
    else starting = most(starting, add(sidecars, requests));
  }
  const running = listAt(spec, 'containers').map(requestsOf).reduce(add, sidecars);
  const overhead = objectAt(spec, 'overhead');
  return add(most(running, starting), { cpu: coresOf(overhead.cpu), memory: gibOf(overhead.memory) ?? 0 });
}
