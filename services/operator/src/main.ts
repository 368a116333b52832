import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createSystemClock } from '@daywatch/monitor/system';
import { runCommandLine } from '@daywatch/service-kit/command-line';
import { loadConfig, readEnv, type LoadedConfig } from '@daywatch/service-kit/config';
import { buildHealthCommand } from '@daywatch/service-kit/health';
import { runService, tuneHeap, type Service } from '@daywatch/service-kit/lifecycle';
import { openWorkerLog, startWorker } from '@daywatch/service-kit/worker';
import { Command } from 'commander';
import { openCluster, readKubeConfig } from './adapters/kubernetes/index.ts';
import { createRestapiReader } from './adapters/restapi/index.ts';
import { operatorSchema, type OperatorConfig } from './config.ts';
import { FIELD_MANAGER } from './daywatch/names.ts';
import { createOperator } from './operator.ts';
import { VERSION } from './version.ts';

const NAME = 'operator';

const HELP = `
It keeps installations of Daywatch on Kubernetes as their resources say (Daywatch, ScrapeTarget, HealthCheck), and says
what it is doing and why. Several may run side by side: one of them works. Without --config it runs on defaults and the
environment; outside of a cluster DAYWATCH_KUBERNETES_KUBECONFIG says where the cluster is.
Every key is explained in config/operator.yaml and docs/configuration.md.

Examples:
  operator
  operator --config=config/operator.yaml

Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.`;

const program = new Command(NAME)
  .description('Keeps Daywatch alive on Kubernetes.')
  .version(`${NAME} ${VERSION}`)
  .option('--config <file>', 'the configuration, a YAML file')
  .addHelpText('after', HELP)
  .action(() => runService(NAME, serve));

tuneHeap();
program.addCommand(buildHealthCommand(() => readConfig().config.http));
await runCommandLine(program, process.argv);

async function serve(service: Service): Promise<void> {
  const { config, warnings } = readConfig();
  const kubeConfig = readKubeConfig(config.kubernetes.kubeconfig);
  const log = openWorkerLog(service, config, warnings);
  const { logger } = log;
  const cluster = service.resources.use(
    openCluster({
      config: kubeConfig,
      fieldManager: FIELD_MANAGER,
      requestTimeoutMs: config.kubernetes.request_timeout,
    }),
  );
  const operator = createOperator({
    config,
    cluster,
    monitor: createRestapiReader(config.monitor.url),
    identity: `${hostname()}_${randomUUID()}`,
    clock: createSystemClock(),
    random: Math.random,
    randomText: () => randomBytes(24).toString('hex'),
    logger,
  });
  const watching = operator.watch(service.signal);
  service.resources.defer(() => watching);
  await startWorker(service, {
    config,
    log,
    needs: [{ name: 'kubernetes', check: async () => operator.checkSynced() }],
    checks: operator.healthChecks,
    registries: [operator.registry],
    begin() {
      const working = operator.work(service.signal);
      working.catch((error: unknown) => service.fail(error, 'the work ended'));
      service.resources.defer(() => working);
    },
  });
}

function readConfig(): LoadedConfig<OperatorConfig> {
  const { config: file } = program.opts<{ config?: string }>();
  return loadConfig({ executable: NAME, schema: operatorSchema, file, env: readEnv() });
}
