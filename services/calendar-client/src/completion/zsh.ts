import type { CommandFacts, OptionFacts } from './describe-program.ts';

/** A script for zsh, to be sourced after compinit or saved as _calendar_client in a folder of fpath. */
export function zshCompletion(program: CommandFacts): string {
  return `#compdef calendar_client
# zsh completion for calendar_client. Load it, after compinit, with:
#   source <(calendar_client completion zsh)
__calendar_client_names() {
  local -a names
  names=("\${(@f)$(_call_program calendars calendar_client complete-calendars --timeout 1s 2>/dev/null)}")
  compadd -a names
}
${defineFunctions('_calendar_client', program).join('\n')}
if [[ $funcstack[1] == _calendar_client ]]; then
  _calendar_client "$@"
else
  compdef _calendar_client calendar_client
fi
`;
}

/** A function for the command and one for each of its own. */
function defineFunctions(name: string, command: CommandFacts): readonly string[] {
  const options = command.options.map((option) => `    ${describeOption(option)} \\`);
  if (command.commands.length === 0) {
    const words = command.words.length > 0 ? `'*:word:(${command.words.join(' ')})'` : `'*: :'`;
    return [`${name}() {`, '  _arguments -s -S \\', ...options, `    ${words}`, '}'];
  }
  const list = command.commands.map(
    (child) => `        ${quote(`${child.name}:${escapeColons(child.summary)}`)}`,
  );
  const cases = command.commands.map((child) => `        ${child.name}) ${functionOf(name, child)} ;;`);
  return [
    ...command.commands.flatMap((child) => defineFunctions(functionOf(name, child), child)),
    `${name}() {`,
    '  local curcontext="$curcontext" state line',
    '  local -a commands',
    '  _arguments -C -s -S \\',
    ...options,
    // After the command come its own options, not those of the level above.
    `    '(-)1: :->command' '(-)*:: :->rest'`,
    '  case $state in',
    '    command)',
    '      commands=(',
    ...list,
    '      )',
    `      _describe -t commands command commands ;;`,
    '    rest)',
    '      case $words[1] in',
    ...cases,
    '      esac ;;',
    '  esac',
    '}',
  ];
}

function functionOf(parent: string, child: CommandFacts): string {
  return `${parent}_${child.name.replaceAll('-', '_')}`;
}

function describeOption({ flags, description, value }: OptionFacts): string {
  const text = `[${description.replaceAll(/[[\]\\:]/g, String.raw`\$&`)}]`;
  const action = {
    none: '',
    text: ':value: ',
    file: ':file:_files',
    calendar: ':calendar:__calendar_client_names',
  }[value];
  if (flags.length === 1) return quote(`*${flags[0]}${text}${action}`);
  return `${quote(`(${flags.join(' ')})`)}{${flags.join(',')}}${quote(`${text}${action}`)}`;
}

function escapeColons(text: string): string {
  return text.replaceAll(':', String.raw`\:`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
