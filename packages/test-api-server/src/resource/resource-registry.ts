import { BUILT_IN_RESOURCES } from './built-in-resources.ts';
import { apiVersionOf, storageKeyOf, type ResourceType } from './resource-type.ts';

/** The kinds that the server serves now: the built-in ones and those of CustomResourceDefinitions. */
export class ResourceRegistry {
  #custom: readonly ResourceType[] = [];

  all(): readonly ResourceType[] {
    return [...BUILT_IN_RESOURCES, ...this.#custom];
  }

  /** Takes the place of whatever was served for this group and plural; nothing withdraws it. */
  setCustom(group: string, plural: string, versions: readonly ResourceType[]): void {
    const others = this.#custom.filter((each) => each.group !== group || each.plural !== plural);
    this.#custom = [...others, ...versions];
  }

  find(group: string, version: string, plural: string): ResourceType | undefined {
    const isIt = (each: ResourceType): boolean =>
      each.plural === plural && each.group === group && each.version === version;
    return this.#custom.find(isIt) ?? BUILT_IN_RESOURCES.find(isIt);
  }

  ofKind(apiVersion: string, kind: string): ResourceType | undefined {
    return this.all().find((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
  }

  /** By `plural`, `plural.group` or kind, in that order. @throws Error that lists what there is */
  named(name: string): ResourceType {
    const all = this.all();
    const found =
      all.find(({ plural, group }) => name === plural || name === `${plural}.${group}`) ??
      all.find(({ kind }) => kind === name);
    if (found !== undefined) return found;
    const known = all.map(({ kind }) => kind).join(', ');
    throw new Error(`no resource or kind is named '${name}'; there is ${known}`);
  }

  inStorage(storageKey: string): ResourceType | undefined {
    return this.all().find((each) => storageKeyOf(each) === storageKey);
  }
}
