import type { Json, PathStep } from '../check/json-path.ts';
import type { Matcher } from '../check/matcher.ts';

/** A test file that has been read: every name is known, every value is allowed, nothing points in a circle. */
export interface TestFile {
  /** The container under test. */
  readonly subject: ContainerSpec;
  /** In groups: those of a group start together, after all groups before it. */
  readonly dependencies: readonly (readonly ContainerSpec[])[];
  readonly tests: readonly TestSpec[];
  /** How many tests run at once, at most, where they may run in parallel. */
  readonly maxParallel: number;
}

/** Texts of a container may hold references to dependencies' addresses. */
export interface ContainerSpec {
  readonly name: string;
  readonly source: ImageSource;
  /** `NAME=value` */
  readonly environment: readonly string[];
  /** The words of the command; undefined for the image's own. */
  readonly command: readonly string[] | undefined;
  readonly volumes: readonly VolumeSpec[];
  readonly files: readonly FileSpec[];
  readonly ports: readonly PortSpec[];
  /** Where it listens; undefined for what the image exposes. */
  readonly port: number | undefined;
  readonly waitFor: WaitSpec | undefined;
}

export type ImageSource =
  | { readonly kind: 'image'; readonly image: string }
  | {
      readonly kind: 'build';
      /** From the working directory. */
      readonly dockerfile: string;
      /** The folder that the build sees; undefined for that of the Dockerfile. */
      readonly context: string | undefined;
      readonly buildArgs: ReadonlyMap<string, string>;
    };

export type VolumeSpec = {
  readonly target: string;
  readonly isReadOnly: boolean;
} & ({ readonly kind: 'named'; readonly name: string } | { readonly kind: 'folder'; readonly path: string });

export interface FileSpec {
  /** Where it lies in the container. */
  readonly path: string;
  readonly from:
    | { readonly kind: 'content'; readonly content: string }
    | { readonly kind: 'source'; readonly source: string };
}

export interface PortSpec {
  readonly host: string;
  /** 0 for any that is free. */
  readonly hostPort: number;
  readonly port: number;
}

/** All that is asked for must have come about. */
export interface WaitSpec {
  readonly port: number | undefined;
  readonly http: { readonly path: string; readonly code: number | undefined } | undefined;
  readonly log: string | undefined;
  readonly healthy: boolean;
  readonly started: boolean;
  /** That it has ended well, as a migration does. */
  readonly finished: boolean;
  readonly timeoutMs: number;
}

/** Texts of a test may hold references to addresses and to what earlier tests have captured. */
export interface TestSpec {
  readonly name: string;
  readonly step: Step;
  readonly expectations: Expectations;
  readonly captures: ReadonlyMap<string, CaptureSource>;
  /** How long a failing test is tried again; undefined for once. */
  readonly eventuallyMs: number | undefined;
  /** For one attempt. */
  readonly timeoutMs: number;
  readonly isParallel: boolean;
}

export type Step = HttpStep | GrpcStep | SqlStep | PublishStep | ConsumeStep;
export type StepKind = Step['kind'];

export interface HttpStep {
  readonly kind: 'http';
  /** Absolute, or a path on the container under test. */
  readonly url: string;
  readonly method: HttpMethod;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Json | undefined;
  /** Whether a certificate that nobody vouches for will do. */
  readonly isInsecure: boolean;
}

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'] as const;
type HttpMethod = (typeof HTTP_METHODS)[number];

export interface GrpcStep {
  readonly kind: 'grpc';
  /** `package.Service/Method` */
  readonly method: string;
  /** `host:port`; undefined for the container under test. */
  readonly address: string | undefined;
  readonly message: Json;
  readonly metadata: ReadonlyMap<string, string>;
  /** A file that `protoc --descriptor_set_out` or `buf build` wrote; undefined to ask the server by reflection. */
  readonly descriptors: string | undefined;
}

export interface SqlStep {
  readonly kind: 'sql';
  /** `postgres://…` */
  readonly url: string;
  readonly query: string;
  readonly parameters: readonly Json[];
}

export interface PublishStep {
  readonly kind: 'publish';
  /** `amqp://…` */
  readonly url: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly message: Json;
}

export interface ConsumeStep {
  readonly kind: 'consume';
  readonly url: string;
  readonly queue: string;
}

export interface Expectations {
  /** A status such as `404`, or a class such as `2xx`. */
  readonly code: string | undefined;
  /** A status of gRPC: `NOT_FOUND`. */
  readonly status: string | undefined;
  readonly rows: number | undefined;
  readonly contains: readonly string[];
  readonly headers: ReadonlyMap<string, readonly Matcher[]>;
  readonly json: readonly JsonExpectation[];
}

export interface JsonExpectation {
  readonly path: string;
  readonly steps: readonly PathStep[];
  readonly matchers: readonly Matcher[];
}

export type CaptureSource =
  | { readonly kind: 'json'; readonly path: string; readonly steps: readonly PathStep[] }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'body'; readonly pattern: string };
