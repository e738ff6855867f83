import * as z from 'zod';
import { boolean, EnvironmentError, integer, number, parseEnvironment, secret, section, version } from '../../lib/environment';

/** One service of the example. */
const service = section({
  image: z.string(),
  hosts: z.array(z.string()),
  variables: z.record(z.string(), z.string()),
  database: secret().optional(),
});

/** The schema of the fixtures. */
export const example = section({
  cluster: section({
    version: version(),
    nodes: section({ min: integer({ min: 0, max: 100 }), max: integer({ min: 1, max: 100 }) }),
    spot: boolean().default(false),
  }),
  replicas: integer({ min: 1, max: 100 }),
  sampling: number({ min: 0, max: 1 }).optional(),
  debug: boolean(),
  tier: z.enum(['standard', 'premium']),
  frontend: service,
  worker: service.optional(),
});

export const source = { file: 'Pulumi.staging.yaml', project: 'fairlead', name: 'staging' };

/** Parses a file of which only the `config` section is given. */
export function parseConfig<T>(config: string, schema: z.ZodType<T>): T {
  return parseEnvironment(`config:\n${config.replaceAll(/^/gm, '  ')}`, source, schema).config;
}

/** The error that reading throws. */
export function errorOf(read: () => unknown): EnvironmentError {
  try {
    read();
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The lines of the error that a `config` section gives, without the file's name. */
export function mistakes(config: string, schema: z.ZodType): string[] {
  return errorOf(() => parseConfig(config, schema)).message.split('\n').map((line) => line.replace(/^Pulumi\.staging\.yaml: (fairlead:)?/, ''));
}
