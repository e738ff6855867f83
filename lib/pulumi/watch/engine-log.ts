import * as pulumi from '@pulumi/pulumi';

/** Writes into the engine's log, beside the resource that a line is about. */
export class EngineLog {
  /** @param parent - whose line shows what is about no single resource */
  public constructor(private readonly parent: pulumi.Resource) {}

  /** Says something that only matters now: a terminal shows it in the resource's line. */
  public progress(text: string, urn: pulumi.Input<string> | undefined): Promise<void> {
    return this.write((resource) => pulumi.log.info(text, resource, undefined, true), urn);
  }

  /** Warns. */
  public warn(text: string, urn?: pulumi.Input<string>): Promise<void> {
    return this.write((resource) => pulumi.log.warn(text, resource), urn);
  }

  /** Says why the update fails. */
  public error(text: string, urn: pulumi.Input<string> | undefined): Promise<void> {
    return this.write((resource) => pulumi.log.error(text, resource), urn);
  }

  private async write(log: (resource: pulumi.Resource) => Promise<void>, urn: pulumi.Input<string> = this.parent.urn): Promise<void> {
    const output = pulumi.output(urn);
    // The log is serial, and a line whose URN is not there yet would hold up all others.
    await (output as unknown as { promise(): Promise<string> }).promise();
    await log({ urn: output } as pulumi.Resource);
  }
}
