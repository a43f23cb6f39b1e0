/** An error in one file, and where it is. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly line: number
  /** Everything else that is wrong with the same file */
  readonly others: readonly Fault[]

  constructor(line: number, message: string, others: readonly Fault[] = []) {
    super(message)
    this.line = line
    this.others = others
  }
}

/** Describes what the file system says about a file or a folder. Its message contains the path. */
export function describeUnreadable(
  { message, code }: NodeJS.ErrnoException,
  what: 'file' | 'folder' = 'file',
): string {
  if (code === 'EISDIR') return 'this is a folder, not a file'
  return `the ${what} cannot be read: ${message}. Check that it exists and that the user who runs the shop can read it`
}

/** Describes that another file, whose name is `owner`, has the same slug. */
export function explainTwin(owner: string, slug: string): string {
  return `${owner} already has the slug ${slug}: a slug must be unique`
}

/** Describes that a text shows what the product file `seller` sells. */
export function explainGivenAway(seller: string): string {
  return `everybody can see this picture, but ${seller} sells it as its file`
}

/**
 * Returns a Fault as it is. An error of the file system becomes one, since any file can vanish between two calls. Throws
 * everything else, which is a bug.
 */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const { syscall } = error as NodeJS.ErrnoException
  if (syscall === undefined) throw error
  return new Fault(1, describeUnreadable(error as Error))
}

/** The faults of a file, so that all of them are reported at once. */
export interface Gathering {
  /** Returns what `read` returns. If it throws a Fault, that is kept, and the result is undefined. */
  attempt<T>(read: () => T): T | undefined
  /** Throws a Fault that has all others with it, in the order of their lines, if there is any. */
  throwFound(): void
}

export function gatherFaults(): Gathering {
  const found: Fault[] = []
  return {
    attempt: (read) => attempt(found, read),
    throwFound: () => throwTogether(found),
  }
}

function attempt<T>(found: Fault[], read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    found.push(new Fault(error.line, error.message), ...error.others)
    return undefined
  }
}

/** Throws nothing if there are no faults. */
export function throwTogether(faults: readonly Fault[]): void {
  const [first, ...others] = faults.toSorted((one, other) => one.line - other.line)
  if (first) throw new Fault(first.line, first.message, others)
}
