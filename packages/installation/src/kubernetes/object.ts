/**
 * The objects of Kubernetes, as far as they are written here: no more fields than are used. The tests hold what is
 * made of them against the schemas of Kubernetes itself.
 */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Readonly<Record<string, string>>;
}

export type Labels = Readonly<Record<string, string>>;

export interface LabelSelector {
  readonly matchLabels: Labels;
}

interface Typed<ApiVersion extends string, Kind extends string> {
  readonly apiVersion: ApiVersion;
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
}

interface WithSpec<ApiVersion extends string, Kind extends string, Spec> extends Typed<ApiVersion, Kind> {
  readonly spec: Spec;
}

export interface ServiceAccount extends Typed<'v1', 'ServiceAccount'> {
  readonly automountServiceAccountToken: boolean;
}

export interface ConfigMap extends Typed<'v1', 'ConfigMap'> {
  readonly data: Readonly<Record<string, string>>;
}

export interface Secret extends Typed<'v1', 'Secret'> {
  readonly type: 'Opaque';
  readonly stringData: Readonly<Record<string, string>>;
}

export type { WithSpec };
