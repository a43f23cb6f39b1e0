/** Why a project can't be renamed, and what to do about it. */
export class Failure extends Error {}
