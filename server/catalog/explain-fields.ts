import leven from 'leven'
import type * as z from '../zod.ts'
import type { Fault } from './fault.ts'
import { NOT_TEXT } from './kinds/index.ts'
import { type FieldPath, valueAsWritten, type YamlFields } from './parse-yaml.ts'

/** Makes a Fault that points to the line of a field. */
export type FaultAt = (path: FieldPath, message: string) => Fault

const TYPO_EDITS = 2

/** Returns a question about the nearest name, or nothing if none is near. */
export function suggest(name: unknown, names: readonly string[]): string {
  const text = String(name).toLowerCase()
  const [nearest] = names
    .map((each) => ({ each, edits: leven(text, each.toLowerCase()) }))
    .filter(({ edits }) => edits <= TYPO_EDITS)
    .sort((one, other) => one.edits - other.edits)
  return nearest ? `: did you mean ${nearest.each}?` : ''
}

/** Explains what is wrong with a field, to people who write it. */
export function explain({ code, path, message }: z.core.$ZodIssue, yaml: YamlFields): string {
  if (code === 'custom') return `${nameOf(path)}: ${message}`
  const [name, value] = [nameOf(path), valueAt(yaml.fields, path)]
  const subject = isEntry(path) ? `an entry of ${name}` : name
  if (value === undefined) return `${name} is missing`
  if (value === null) return `${subject} must not be empty`
  if (message === NOT_TEXT && typeof value !== 'object')
    return `${subject} must be text: put quotation marks around it, like ${isEntry(path) ? '' : `${String(path.at(-1))}: `}"${valueAsWritten(yaml, path)}"`
  if (message === NOT_TEXT && Array.isArray(value))
    return `${subject} must be text, not a list: write one without brackets, or put quotation marks around a text that has some`
  return `${subject} ${message}`
}

/** Whether a path leads to an entry of a list. */
function isEntry(path: FieldPath): boolean {
  return typeof path.at(-1) === 'number'
}

/** ['price', 'suggest', 0] → `price.suggest`. The entry of a list is told by its line. */
export function nameOf(path: FieldPath): string {
  return path.filter((step) => typeof step === 'string').join('.')
}

function valueAt(found: Record<string, unknown>, path: FieldPath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown>)[step], found)
}
