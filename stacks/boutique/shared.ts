import type { ReplicasInput, ShutdownProps } from '../../lib';
import type { Settings } from '../environment';

/** One of the shop's images. */
export const image = ({ images }: Settings, name: string) => ({ repository: `${images.repository}/${name}`, tag: images.tag });

/** As many pods as the environment wants, scaled where it gives room. */
export const replicas = ({ replicas: { min, max } }: Settings): ReplicasInput => (min === max ? min : { min, max, cpu: 70 });

/** The services answer in milliseconds and give themselves five seconds to stop. */
export const QUICK: ShutdownProps = { notice: '3s', drain: '1s', grace: '5s' };

/** The image of the cart store, for the store and the tasks that talk to it. */
export const REDIS_IMAGE = 'redis:8.2.1-alpine';
