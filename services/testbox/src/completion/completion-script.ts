import type { Command, Option } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script for a shell, read off the program itself, so that it never falls behind it. */
export function completionScript(shell: Shell, program: Command): string {
  const commands = program.commands.map(describeCommand);
  return SCRIPTS[shell](commands);
}

interface CommandFacts {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionFacts[];
  /** Words that its argument may be. */
  readonly words: readonly string[];
}

interface OptionFacts {
  readonly short: string | undefined;
  readonly long: string;
  readonly summary: string;
  readonly takesFile: boolean;
}

function describeCommand(command: Command): CommandFacts {
  return {
    name: command.name(),
    summary: command.description(),
    options: command.createHelp().visibleOptions(command).map(describeOption),
    words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
}

/** Every option of testbox that takes something takes a file. */
function describeOption({ short, long, description, required }: Option): OptionFacts {
  return { short, long: long ?? '', summary: description, takesFile: required };
}

const SCRIPTS: Readonly<Record<Shell, (commands: readonly CommandFacts[]) => string>> = {
  bash: (commands) => `# bash completion for testbox. Load it with: source <(testbox completion bash)
_testbox() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word
  COMPREPLY=()
  case $previous in
    ${fileFlags(commands).join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${commands.map(({ name }) => name).join('|')}) command=$word; break ;;
    esac
  done
  case $command in
${commands.map(({ name, options, words }) => `    ${name}) words='${[...words, ...longs(options)].join(' ')}' ;;`).join('\n')}
    *) words='${[...commands.map(({ name }) => name), ...longs(startOptions(commands)), '--version'].join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _testbox testbox
`,
  zsh: (commands) => `#compdef testbox
# zsh completion for testbox. Load it, after compinit, with: source <(testbox completion zsh)
_testbox() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${summary.replaceAll(':', String.raw`\:`)}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    _arguments ${startOptions(commands).map(zshOption).join(' ')}
    return
  fi
  case $words[2] in
${commands.map((command) => `    ${command.name}) shift words; (( CURRENT-- )); _arguments ${[...command.options.map(zshOption), ...zshWords(command)].join(' ')} ;;`).join('\n')}
    *) _arguments ${startOptions(commands).map(zshOption).join(' ')} ;;
  esac
}
if [[ $funcstack[1] == _testbox ]]; then
  _testbox "$@"
else
  compdef _testbox testbox
fi
`,
  fish: (commands) => `# fish completion for testbox. Load it with: testbox completion fish | source
complete -c testbox -f
${commands.flatMap(fishCommand).join('\n')}
${startOptions(commands)
  .map((option) => fishOption(option, '__fish_use_subcommand'))
  .join('\n')}
`,
};

function startOptions(commands: readonly CommandFacts[]): readonly OptionFacts[] {
  return commands.find(({ name }) => name === 'start')?.options ?? [];
}

function fileFlags(commands: readonly CommandFacts[]): readonly string[] {
  const options = commands.flatMap(({ options }) => options).filter(({ takesFile }) => takesFile);
  return [...new Set(options.flatMap(({ short, long }) => [short ?? long, long]))];
}

function longs(options: readonly OptionFacts[]): readonly string[] {
  return options.map(({ long }) => long);
}

function zshOption({ short, long, summary, takesFile }: OptionFacts): string {
  const text = `[${summary.replaceAll(/[[\]\\:]/g, String.raw`\$&`)}]${takesFile ? ':file:_files' : ''}`;
  if (short === undefined) return quote(`${long}${text}`);
  return `${quote(`(${short} ${long})`)}{${short},${long}}${quote(text)}`;
}

function zshWords({ words }: CommandFacts): readonly string[] {
  return words.length > 0 ? [quote(`:word:(${words.join(' ')})`)] : [];
}

function fishCommand(command: CommandFacts): readonly string[] {
  const seen = `__fish_seen_subcommand_from ${command.name}`;
  const words =
    command.words.length > 0
      ? [`complete -c testbox -n ${quote(seen)} -a ${quote(command.words.join(' '))}`]
      : [];
  return [
    `complete -c testbox -n __fish_use_subcommand -a ${command.name} -d ${quote(command.summary)}`,
    ...command.options.map((option) => fishOption(option, seen)),
    ...words,
  ];
}

function fishOption({ short, long, summary, takesFile }: OptionFacts, condition: string): string {
  const names = `${short === undefined ? '' : `-s ${short.slice(1)} `}-l ${long.slice(2)}`;
  return `complete -c testbox -n ${quote(condition)} ${names}${takesFile ? ' -r -F' : ''} -d ${quote(summary)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
