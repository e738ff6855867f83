/** A program that does nothing: Pulumi's own share. */
import { timed } from './timed';

void timed(() => undefined);
