/**
 * Runs the scenarios of the operator in the cluster that KUBECONFIG names, as `make test-cluster` does. What it makes has
 * the label `daywatch.dev/end-to-end`, and is removed again. Arguments are the features to run.
 */
import { KubeConfig } from '@kubernetes/client-node';
import { openClient } from './support/ask-cluster.ts';
import { bringDefinitions } from './support/definitions.ts';
import { refuseCluster } from './support/refuse-cluster.ts';
import { runScenarios } from './support/run-scenarios.ts';

const { KUBECONFIG: kubeconfig = '', IMAGES: images, REPORT: report } = process.env;
const [, , ...features] = process.argv;

process.exitCode = (await run()) ? 0 : 1;

async function run(): Promise<boolean> {
  if (kubeconfig === '')
    return refuse(
      'KUBECONFIG is not set: name the kubeconfig of a cluster to test in, KUBECONFIG=~/.kube/config make test-cluster',
    );
  const deadlineSeconds = readNumber('DEADLINE_SECONDS', 600);
  // One after the other: each is an installation with a database, and a cluster on a laptop is small.
  const parallel = readNumber('PARALLEL', 1);
  if (deadlineSeconds === undefined || parallel === undefined) return false;
  const config = new KubeConfig();
  try {
    config.loadFromDefault();
  } catch (error) {
    return refuse(`KUBECONFIG: '${kubeconfig}' cannot be read: ${(error as Error).message}`);
  }
  await using client = openClient(config);
  const refusal = await refuseCluster(client, config);
  if (refusal !== undefined) return refuse(refusal);
  const deadlineMs = deadlineSeconds * 1000;
  await using _definitions = await bringDefinitions(client, deadlineMs);
  console.log('Left out: scenarios with the tag @test-server, because nobody can have things go wrong here.');
  return await runScenarios({
    worldParameters: { isCluster: true, deadlineMs, ...(images === undefined ? {} : { images }) },
    parallel,
    tags: 'not @test-server',
    features,
    ...(report === undefined ? {} : { report }),
  });
}

/** Undefined for what is none, which has been refused. */
function readNumber(name: string, byDefault: number): number | undefined {
  const text = process.env[name];
  const value = text === undefined ? byDefault : Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  refuse(`${name} is '${text}': allowed is a whole number above 0`);
  return undefined;
}

function refuse(problem: string): false {
  console.error(`test-cluster: ${problem}`);
  return false;
}
