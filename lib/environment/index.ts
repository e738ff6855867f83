export { EnvironmentError, type EnvironmentProblem } from './error';
export { environments, loadEnvironment } from './load';
export { parseEnvironment, type Environment, type EnvironmentSource } from './parse';
export { boolean, integer, number, type NumberRange, secret, section, text, version } from './schema';
export { SecretReference } from './secret-reference';
