import type { CommandFacts, OptionValue } from './describe-program.ts';

/** A script for bash (3.2 and newer), without helpers of the bash-completion package. */
export function bashCompletion(program: CommandFacts): string {
  const paths = listPaths(program);
  const flagsOf = (value: OptionValue): string =>
    [
      ...new Set(
        paths.flatMap(({ command }) =>
          command.options.filter((option) => option.value === value).flatMap((option) => option.flags),
        ),
      ),
    ].join('|');
  const cases = paths.map(({ path, command }) => {
    const words = [
      ...command.commands.map((child) => child.name),
      ...command.words,
      ...command.options.flatMap((option) => option.flags.filter((flag) => flag.startsWith('--'))),
    ];
    return `    '${path}') words='${words.join(' ')}' ;;`;
  });
  const children = paths
    .flatMap(({ path, command }) => command.commands.map((child) => `'${path} ${child.name}'`))
    .join('|');
  return `# bash completion for calendar_client. Load it with:
#   source <(calendar_client completion bash)
_calendar_client() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local path='' word skip='' i words='' name
  COMPREPLY=()
  case $previous in
    ${flagsOf('calendar')})
      while IFS= read -r name; do
        if [[ $name == "$current"* ]]; then COMPREPLY+=("$(printf '%q' "$name")"); fi
      done < <("\${COMP_WORDS[0]}" complete-calendars --timeout 1s 2>/dev/null)
      return ;;
    ${flagsOf('file')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${flagsOf('text')}) return ;;
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
      ${[flagsOf('calendar'), flagsOf('file'), flagsOf('text')].join('|')}) skip=yes; continue ;;
      -*) continue ;;
    esac
    case "$path $word" in
      ${children}) path="$path $word" ;;
    esac
  done
  case $path in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _calendar_client calendar_client
`;
}

/** Every command by its path: `''` is the program, `' calendars add'` a command of a command. */
function listPaths(
  command: CommandFacts,
  path = '',
): readonly { readonly path: string; readonly command: CommandFacts }[] {
  return [
    { path, command },
    ...command.commands.flatMap((child) => listPaths(child, `${path} ${child.name}`)),
  ];
}
