import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { makeServerFolder, removeLeftovers } from './leftovers.ts';
import { waitFor } from './wait-for.ts';

/** A RabbitMQ of the test run's own, with folders, ports, a port mapper and a node name of its own. */
export interface TestBroker extends AsyncDisposable {
  /** `amqp://…`, the same after every start. */
  readonly url: string;
  /** `http://…`, where its metrics are, with `hasMetrics`. */
  readonly metricsUrl: string;
  /** SIGSTOP. It stands still, every thread of it, when this resolves. */
  pause(): Promise<void>;
  /** SIGCONT */
  resume(): void;
  /** `kill -9`. What was confirmed is still there after the next start. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  /**
   * Whether the directory of quorum queues has been left alone for some seconds. RabbitMQ brings a queue that was just
   * declared to disk a while later: killed before, it has the queue again after the next start, but without a leader.
   */
  hasSettled(): Promise<boolean>;
}

export interface BrokerOptions {
  /** Whether its plugin for Prometheus is on, which takes a second; by default it is not. */
  readonly hasMetrics?: boolean;
}

const LIBRARIES = '/usr/lib/rabbitmq/lib';
const START_DEADLINE_MS = 60_000;
const SETTLED_MS = 3_000;

/** Starts Debian's RabbitMQ, which takes about 6 s. The system's broker is not touched. */
export async function startRabbitmq({ hasMetrics = false }: BrokerOptions = {}): Promise<TestBroker> {
  await removeLeftovers();
  const folder = await makeServerFolder('rabbitmq');
  const [port, metricsPort, mapperPort, distributionPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const environment = await prepare(folder, { port, metricsPort, mapperPort, distributionPort }, hasMetrics);
  const script = await findScript();

  // Left to itself, Erlang would start its port mapper as a daemon that outlives everything.
  const mapper = run('epmd', ['-port', String(mapperPort)], environment);
  let broker: Running | undefined;

  async function start(): Promise<void> {
    broker = run(script, [], environment);
    await waitUntilReady(port, broker);
    if (hasMetrics) await waitUntilReady(metricsPort, broker);
  }
  async function kill(): Promise<void> {
    broker?.process.kill('SIGKILL');
    await broker?.exited;
  }
  await start().catch(async (error: unknown) => {
    await Promise.all([kill(), mapper.end()]);
    throw error;
  });
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    metricsUrl: `http://127.0.0.1:${metricsPort}`,
    async pause() {
      broker?.process.kill('SIGSTOP');
      await waitFor('the broker to stand still', () => standsStill(broker?.process.pid ?? 0));
    },
    resume: () => void broker?.process.kill('SIGCONT'),
    kill,
    start,
    async hasSettled() {
      const node = environment['RABBITMQ_NODENAME'] ?? '';
      const { mtimeMs } = await stat(join(folder, 'data', node, 'quorum', node, 'names.dets'));
      return Date.now() - mtimeMs > SETTLED_MS;
    },
    async [Symbol.asyncDispose]() {
      // Its data go with it, so there is nothing to stop in order.
      await kill();
      await mapper.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Ports {
  readonly port: number;
  readonly metricsPort: number;
  readonly mapperPort: number;
  readonly distributionPort: number;
}

async function prepare(folder: string, ports: Ports, hasMetrics: boolean): Promise<NodeJS.ProcessEnv> {
  const file = (name: string): string => join(folder, name);
  await Promise.all(['home', 'data', 'log'].map((name) => mkdir(file(name))));
  await writeFile(file('enabled_plugins'), hasMetrics ? '[rabbitmq_prometheus].' : '[].');
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${ports.port}`,
    'log.file = false',
    'log.console = true',
    // A setting of a plugin that is not there is an error.
    ...(hasMetrics ? ['prometheus.tcp.ip = 127.0.0.1', `prometheus.tcp.port = ${ports.metricsPort}`] : []),
  ];
  await writeFile(file('rabbitmq.conf'), `${settings.join('\n')}\n`);
  return {
    PATH: process.env['PATH'],
    HOME: file('home'),
    ERL_EPMD_PORT: String(ports.mapperPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `daywatch-${ports.port}@localhost`,
    RABBITMQ_DIST_PORT: String(ports.distributionPort),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
    RABBITMQ_MNESIA_BASE: file('data'),
    RABBITMQ_LOG_BASE: file('log'),
    RABBITMQ_PID_FILE: file('pid'),
    RABBITMQ_FEATURE_FLAGS_FILE: file('feature_flags'),
    RABBITMQ_ENABLED_PLUGINS_FILE: file('enabled_plugins'),
    // Two schedulers that sleep when idle: the machine has others to serve.
    RABBITMQ_SERVER_ERL_ARGS: '+S 2:2 +sbwt none +sbwtdcpu none -kernel inet_dist_use_interface {127,0,0,1}',
    // Makes the script become the broker, so that the child's process id is the broker's.
    NOTIFY_SOCKET: file('nobody-listens'),
  };
}

/** The wrapper in /usr/sbin insists on the system's user and folders; the script behind it does not. */
async function findScript(): Promise<string> {
  const versions = await readdir(LIBRARIES).catch(() => []);
  const script = join(LIBRARIES, versions[0] ?? '', 'sbin/rabbitmq-server');
  if (existsSync(script)) return script;
  throw new Error(
    `RabbitMQ is missing in ${LIBRARIES}: install Debian's package rabbitmq-server (make test does)`,
  );
}

interface Running {
  readonly process: ChildProcess;
  readonly exited: Promise<void>;
  readonly output: readonly string[];
  end(): Promise<void>;
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Running {
  // A process group of its own: Ctrl-C reaches the test run, which then ends it in order. A run that is killed cannot:
  // the kernel then does it. The setting outlives exec, so it holds for what the program becomes.
  const command = ['--pdeathsig', 'KILL', program, ...args];
  const child = spawn('setpriv', command, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  const keep = (text: string): void => {
    output.push(text);
    if (output.length > 100) output.shift();
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const { promise: exited, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  child.once('error', (error) => {
    keep(String(error));
    resolve();
  });
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  void exited.then(() => process.off('exit', killAtExit));
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { process: child, exited, output, end };
}

async function waitUntilReady(port: number, broker: Running): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  let hasExited = false;
  void broker.exited.then(() => {
    hasExited = true;
  });
  while (!(await isListening(port))) {
    if (hasExited || Date.now() > deadline) {
      await broker.end();
      throw new Error(`RabbitMQ did not start: ${broker.output.join('').trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The signal reaches the threads one after the other, and a busy machine takes its time. */
async function standsStill(pid: number): Promise<boolean> {
  const threads = await readdir(`/proc/${pid}/task`);
  const states = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8').catch(() => '')),
  );
  return states.every((state) => state === '' || /^\d+ \(.*\) T/s.test(state));
}

function isListening(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
