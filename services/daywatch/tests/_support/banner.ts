/** The commands of the banner, in order: what is indented below its headings, with continued lines. */
export function commandsIn(banner: string): readonly string[] {
  const [, commands = ''] = banner.split('The first event, with curl:\n');
  return (commands.match(/^ {2}\S(?:.*\\\n)*.*$/gm) ?? []).map((text) => text.trim());
}
