import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import * as proto from '@pulumi/pulumi/proto/provider_pb';
import { answering, propsOf, serve, structOf } from '../grpc';
import { showPath } from '../kubernetes/diff';
import { CloudProvider, type CloudModel, type StandInCluster } from './provider';

/** Variables by which whoever starts the engine tells a stand-in what it needs. */
export const VARIABLES = { cluster: 'FAIRLEAD_TEST_CLOUD_CLUSTER', log: 'FAIRLEAD_TEST_CLOUD_LOG', failures: 'FAIRLEAD_TEST_CLOUD_FAILURES' } as const;

const read = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: this plugin is a stand-in for tests, and no cloud`);
  return value;
};

/** Serves the stand-in for the provider plugin of a cloud. */
export function serveCloud(name: string, model: CloudModel): void {
  const provider = new CloudProvider(model, JSON.parse(read(VARIABLES.cluster)) as StandInCluster, read(VARIABLES.log), read(VARIABLES.failures));
  serve({
    attach: answering(() => new Empty()),
    getPluginInfo: answering(() => new PluginInfo().setVersion(provider.version)),
    getSchema: answering(() => new proto.GetSchemaResponse().setSchema(JSON.stringify({ name, version: provider.version }))),
    checkConfig: answering((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
    diffConfig: answering(() => new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: answering(() => new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true)),
    check: answering((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(structOf(provider.check(request.getUrn(), propsOf(request.getOlds()), propsOf(request.getNews()))))),
    diff: answering((request: proto.DiffRequest) => diff(provider, request)),
    create: answering((request: proto.CreateRequest) => {
      const { id, state } = provider.create(request.getUrn(), propsOf(request.getProperties()), request.getPreview());
      return new proto.CreateResponse().setId(id).setProperties(structOf(state));
    }),
    update: answering((request: proto.UpdateRequest) => new proto.UpdateResponse().setProperties(structOf(provider.update(request.getId(), request.getUrn(), propsOf(request.getOlds()), propsOf(request.getNews()), request.getPreview())))),
    // What was made is there: nobody changes it behind the back of the tests.
    read: answering((request: proto.ReadRequest) => new proto.ReadResponse().setId(request.getId()).setProperties(request.getProperties()).setInputs(request.getInputs())),
    delete: answering((request: proto.DeleteRequest) => {
      provider.delete(request.getId(), request.getUrn(), propsOf(request.getProperties()));
      return new Empty();
    }),
    invoke: answering((request: proto.InvokeRequest) => new proto.InvokeResponse().setReturn(structOf(provider.invoke(request.getTok(), propsOf(request.getArgs()))))),
    cancel: answering(() => new Empty()),
  });
}

function diff(provider: CloudProvider, request: proto.DiffRequest): proto.DiffResponse {
  const { DiffChanges } = proto.DiffResponse;
  const { changes } = provider.diff(request.getUrn(), propsOf(request.getOldInputs()), propsOf(request.getNews()), request.getIgnorechangesList());
  const response = new proto.DiffResponse().setHasdetaileddiff(true).setReplacesList(changes.filter(({ replaces }) => replaces).map(({ path }) => showPath(path)));
  for (const { path, kind, replaces } of changes) {
    const name = `${kind.toUpperCase()}${replaces ? '_REPLACE' : ''}` as keyof typeof proto.PropertyDiff.Kind;
    response.getDetaileddiffMap().set(showPath(path), new proto.PropertyDiff().setKind(proto.PropertyDiff.Kind[name]).setInputdiff(true));
  }
  return response.setChanges(changes.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
}
