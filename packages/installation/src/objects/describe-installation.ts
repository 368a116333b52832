import type {
  ConfigMap,
  Deployment,
  Ingress,
  Job,
  KubernetesObject,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
  StatefulSet,
} from '../kubernetes/index.ts';
import type { Part } from '../part/part.ts';
import type { Daywatch } from '../resources/daywatch.ts';
import { BROKER, describeBroker, describeBrokerConfiguration } from './broker.ts';
import { describeConfigMap } from './configuration.ts';
import { DATABASE, describeDatabase, describeDatabaseUsers } from './database.ts';
import { describeDeployment } from './deployment.ts';
import { describeIngress } from './ingress.ts';
import { describeMigrationJob, MIGRATE } from './migration-job.ts';
import { describeNetworkPolicies } from './network-policies.ts';
import { createScope, enabledParts, type DescribeOptions, type Scope } from './scope.ts';
import { brokerSecret, databaseSecret } from './secret-names.ts';
import { describeService, describeStoreService } from './service.ts';
import { describeDisruptionBudget, describeServiceAccount } from './upkeep.ts';

/** A database or a broker that is made. */
export interface StoreObjects {
  readonly component: string;
  readonly configMap: ConfigMap;
  readonly service: Service;
  readonly statefulSet: StatefulSet;
  /** The Secret that its pod cannot start without. */
  readonly secretName: string;
}

/** One part, as an upgrade replaces it: its configuration goes with it. */
export interface PartObjects {
  readonly part: Part;
  readonly configMap: ConfigMap;
  readonly deployment: Deployment;
}

/**
 * Everything that an installation consists of but its Secrets, in the order in which it is applied. Objects that are
 * there and not listed here are none of it any more.
 */
export interface InstallationObjects {
  /** What nothing has to wait for. */
  readonly foundation: readonly (ServiceAccount | NetworkPolicy | PodDisruptionBudget | Service)[];
  readonly stores: readonly StoreObjects[];
  /** Runs once for each version, before the first part of that version starts. */
  readonly migration: Job;
  /** In the order in which an upgrade replaces them. */
  readonly parts: readonly PartObjects[];
  readonly ingress: Ingress | undefined;
}

/**
 * The objects that follow from a Daywatch, whose defaults are in. The same in, the same out: nothing here reads a
 * clock, chance or a cluster.
 * @throws InstallationError where the specification contradicts itself.
 */
export function describeInstallation(daywatch: Daywatch, options: DescribeOptions): InstallationObjects {
  const scope = createScope(daywatch, options);
  const parts = enabledParts(scope);
  const stores = describeStores(scope);
  const running = [...stores, ...parts].map(({ component }) => component);
  const components = [...running, MIGRATE];
  const { ingress } = scope.spec;
  return {
    foundation: [
      ...components.map((component) => describeServiceAccount(scope, component)),
      ...describeNetworkPolicies(scope, components),
      ...running.map((component) => describeDisruptionBudget(scope, component)),
      ...parts.filter(({ isCalled }) => isCalled).map((part) => describeService(scope, part)),
    ],
    stores,
    migration: describeMigrationJob(scope),
    parts: parts.map((part) => ({
      part,
      configMap: describeConfigMap(scope, part),
      deployment: describeDeployment(scope, part),
    })),
    ingress:
      ingress !== undefined && scope.spec.parts.calendarApi.enabled
        ? describeIngress(scope, ingress)
        : undefined,
  };
}

/** All of them, in the order in which they are applied. */
export function listObjects(objects: InstallationObjects): readonly KubernetesObject[] {
  return [
    ...objects.foundation,
    ...objects.stores.flatMap(({ configMap, service, statefulSet }) => [configMap, service, statefulSet]),
    objects.migration,
    ...objects.parts.flatMap(({ configMap, deployment }) => [configMap, deployment]),
    ...(objects.ingress === undefined ? [] : [objects.ingress]),
  ];
}

function describeStores(scope: Scope): readonly StoreObjects[] {
  const { database, broker } = scope.spec;
  const stores: StoreObjects[] = [];
  if (database.managed !== undefined) {
    stores.push({
      component: DATABASE,
      configMap: describeDatabaseUsers(scope),
      service: describeStoreService(scope, DATABASE, { name: 'postgres', port: 5432 }),
      statefulSet: describeDatabase(scope, database.managed),
      secretName: databaseSecret(scope),
    });
  }
  if (broker?.managed !== undefined) {
    stores.push({
      component: BROKER,
      configMap: describeBrokerConfiguration(scope),
      service: describeStoreService(scope, BROKER, { name: 'amqp', port: 5672 }),
      statefulSet: describeBroker(scope, broker.managed),
      secretName: brokerSecret(scope),
    });
  }
  return stores;
}
