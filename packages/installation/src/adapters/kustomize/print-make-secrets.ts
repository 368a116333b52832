import { createScope, type DescribeOptions } from '../../objects/scope.ts';
import { makeSecrets } from '../../objects/secrets.ts';
import type { Daywatch } from '../../resources/daywatch.ts';
import { printQuotedYaml } from './print-yaml.ts';

/** A script that prints the Secrets of an installation that makes its own database and broker, with random passwords. */
export function printMakeSecrets(daywatch: Daywatch, options: DescribeOptions, comment: string): string {
  let count = 0;
  const secrets = makeSecrets(createScope(daywatch, options), () => `\${random${++count}}`);
  const yaml = secrets.map(printQuotedYaml).join('---\n');
  const variables = Array.from({ length: count }, (_, index) => `random${index + 1}=$(random)`).join('\n');
  return `#!/bin/sh
# ${comment}
#
# Prints the Secrets of an installation, with passwords that nobody has seen before:
#   make-secrets.sh | kubectl create --namespace=daywatch --filename=-
# Create, not apply: where they are already, they stay as they are.
set -eu

random() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \\n'; }

${variables}

cat <<EOF
${yaml}EOF
`;
}
