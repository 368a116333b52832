import type { CommandFacts, OptionFacts } from './describe-program.ts';

/** A script for fish. */
export function fishCompletion(program: CommandFacts): string {
  return `# fish completion for calendar_client. Load it with:
#   calendar_client completion fish | source
complete -c calendar_client -f
${describeCommand(program, '__fish_use_subcommand', []).join('\n')}
`;
}

function describeCommand(
  command: CommandFacts,
  condition: string,
  path: readonly string[],
): readonly string[] {
  const lines = command.options.map((option) => describeOption(option, condition));
  if (command.words.length > 0)
    lines.push(`complete -c calendar_client -n ${quote(condition)} -a ${quote(command.words.join(' '))}`);
  for (const child of command.commands) {
    const description = quote(child.summary);
    lines.push(
      `complete -c calendar_client -n ${quote(withoutChildren(condition, command, path))} -a ${child.name} -d ${description}`,
    );
    const seen = [...path, child.name].map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    lines.push(...describeCommand(child, seen, [...path, child.name]));
  }
  return lines;
}

/** A command of a command is offered until one of them is there. */
function withoutChildren(condition: string, command: CommandFacts, path: readonly string[]): string {
  if (path.length === 0) return condition;
  const names = command.commands.map((child) => child.name).join(' ');
  return `${condition}; and not __fish_seen_subcommand_from ${names}`;
}

function describeOption({ flags, description, value }: OptionFacts, condition: string): string {
  const names = flags
    .map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
    .join(' ');
  const taking = {
    none: '',
    text: ' -x',
    file: ' -r -F',
    calendar: " -x -a '(calendar_client complete-calendars --timeout 1s 2>/dev/null)'",
  }[value];
  return `complete -c calendar_client -n ${quote(condition)} ${names}${taking} -d ${quote(description)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
