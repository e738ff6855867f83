/** Stands in for Pulumi's plugin for AWS: a test double, that makes nothing and records what it is asked for. */
import { AWS } from './aws-model';
import { serveCloud } from './serve';

serveCloud('aws', AWS);
