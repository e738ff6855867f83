import type * as pulumi from '@pulumi/pulumi';

/** Something that the engine will operate on, and what it waits for before. */
export interface Operation {
  readonly resource: pulumi.Resource;
  readonly after: readonly pulumi.Resource[];
}

/** Follows operations: one has begun when all that it waits for is done, and is over when the engine has answered. */
export class InFlight<T extends Operation> {
  private readonly begun = new Set<T>();
  private readonly over = new Set<T>();

  /** @param onBegin - called when an operation begins */
  public constructor(operations: readonly T[], onBegin: () => void) {
    for (const operation of operations) {
      void Promise.all(operation.after.map(answered)).then(() => {
        this.begun.add(operation);
        onBegin();
      }, () => undefined);
      const end = () => void this.over.add(operation);
      answered(operation.resource).then(end, end);
    }
  }

  /** The operations that the engine is at. */
  public current(): readonly T[] {
    return [...this.begun].filter((operation) => !this.over.has(operation));
  }
}

/** The engine gives a resource its URN when it is done with it; Outputs that wait longer would call the program failed. */
const answered = ({ urn }: pulumi.Resource): Promise<string> => (urn as unknown as { promise(): Promise<string> }).promise();
