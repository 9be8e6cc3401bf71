/** Something that whoever runs a command can mend: its message says what was expected, what was found and what to do. */
export class UserError extends Error {
  override readonly name = 'UserError'
}
