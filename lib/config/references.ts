/** Anything that stands for a Secret: its name, or an object with a name (cdk8s-plus' `ISecret`, our `ExternalSecret` and `SealedSecret`). */
export type SecretInput = string | { readonly name: string };

/** Anything that stands for a ConfigMap: its name, or an object with a name (cdk8s-plus' `IConfigMap`). */
export type ConfigMapInput = string | { readonly name: string };

/** The name behind a reference; whoever takes it checks that it is one. */
export const nameOf = (reference: string | { readonly name: string }): string => (typeof reference === 'string' ? reference : reference?.name);
