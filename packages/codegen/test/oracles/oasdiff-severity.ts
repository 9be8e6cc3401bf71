import type { Bump } from '../../src/diff/compare/change.ts'

/** Checks of oasdiff that demand something else than their level says, and why. */
export interface Override {
  bump: Bump
  /** What it demands where the response is an error. Default: the same. */
  onErrors?: Bump
  /** Why its level does not fit a typed client. */
  why: string
  ids: readonly string[]
}

const bodyAndProperty = (side: 'request' | 'response', ...names: string[]) =>
  names.flatMap((name) => [`${side}-body-${name}`, `${side}-property-${name}`])

/**
 * Where a typed client sees more, or less, in a change than oasdiff, which has HTTP in mind. Without an entry an error
 * or a warning is major, and information is minor.
 */
export const overrides: readonly Override[] = [
  {
    bump: 'major',
    why: 'Whatever a typed client exports by name is interface.',
    ids: ['api-operation-id-removed', 'api-schema-removed'],
  },
  {
    bump: 'major',
    why: 'A deprecation makes it no less gone.',
    ids: [
      'api-path-removed-with-deprecation',
      'api-removed-with-deprecation',
      'request-parameter-removed-with-deprecation',
    ],
  },
  {
    bump: 'major',
    why: 'Calls that identify themselves as before are refused.',
    ids: [
      'api-security-scope-added',
      'api-security-component-type-changed',
      'api-security-component-oauth-token-url-changed',
      'api-security-component-oauth-url-changed',
    ],
  },
  {
    bump: 'major',
    why: 'Calls that were right are not any more, or do something else.',
    ids: [
      'request-body-enum-value-removed',
      'request-optional-property-became-read-only',
      'request-required-property-became-read-only',
      'request-property-became-required-with-default',
      'new-required-request-property-with-default',
      ...bodyAndProperty('request', 'default-value-changed'),
      ...bodyAndProperty('request', 'discriminator-added', 'discriminator-property-name-changed'),
      ...bodyAndProperty('request', 'discriminator-mapping-changed', 'discriminator-mapping-deleted'),
    ],
  },
  {
    bump: 'major',
    why: 'Answers hold what code does not expect, or lack what it reads.',
    ids: [
      'response-optional-property-became-write-only',
      'response-required-property-became-write-only',
      'response-media-type-name-changed',
      'response-media-type-name-specialized',
      ...bodyAndProperty('response', 'any-of-added', 'all-of-removed', 'prefix-items-removed'),
      ...bodyAndProperty('response', 'discriminator-removed', 'discriminator-property-name-changed'),
      ...bodyAndProperty('response', 'discriminator-mapping-changed'),
    ],
  },
  {
    bump: 'minor',
    why: 'Response enums are open in the types; where one is not, our own checks and the compiler say so.',
    ids: ['response-property-enum-value-added'],
  },
  {
    bump: 'minor',
    why: 'It announces that something will go: nothing has gone yet.',
    ids: [
      ...['api-deprecated-sunset-missing', 'api-deprecated-sunset-parse', 'api-path-sunset-parse', 'sunset-deleted'],
      ...['api-sunset-date-changed-too-small', 'api-sunset-date-too-small'],
      ...['api-invalid-stability-level', 'api-stability-decreased'],
      ...['request-parameter-deprecated-sunset-missing', 'request-parameter-sunset-date-changed-too-small'],
      ...[
        'request-parameter-sunset-date-too-small',
        'request-parameter-sunset-deleted',
        'request-parameter-sunset-parse',
      ],
      ...['request-property-deprecated-sunset-invalid', 'request-property-deprecated-sunset-missing'],
      ...['request-property-sunset-date-too-small', 'response-property-sunset-date-too-small'],
      ...['response-property-deprecated-sunset-invalid', 'response-property-deprecated-sunset-missing'],
    ],
  },
  {
    bump: 'minor',
    why: 'A constraint on what is answered changes no type.',
    ids: [
      ...bodyAndProperty('response', 'max-increased', 'max-length-increased', 'max-length-unset'),
      ...bodyAndProperty('response', 'min-decreased', 'min-length-decreased', 'min-items-decreased', 'min-items-unset'),
      ...bodyAndProperty('response', 'exclusive-max-increased', 'exclusive-min-decreased'),
      ...bodyAndProperty('response', 'contains-removed', 'max-contains-increased', 'min-contains-decreased'),
      ...bodyAndProperty('response', 'if-removed', 'then-removed', 'else-removed', 'content-schema-removed'),
      ...bodyAndProperty(
        'response',
        'dependent-required-changed',
        'dependent-required-removed',
        'dependent-schema-removed',
      ),
      ...bodyAndProperty('response', 'pattern-property-removed', 'property-names-removed'),
      ...bodyAndProperty('response', 'unevaluated-items-removed', 'unevaluated-properties-removed'),
    ],
  },
  {
    bump: 'minor',
    why: 'One value less is answered; where another takes its place, that is told, too.',
    ids: bodyAndProperty('response', 'discriminator-mapping-deleted'),
  },
  {
    bump: 'minor',
    why: 'The header could be missing before, and code expects that.',
    ids: ['optional-response-header-removed'],
  },
  {
    bump: 'major',
    onErrors: 'minor',
    why: 'A documented error may disappear as a whole, so code cannot rely on its headers.',
    ids: ['required-response-header-removed', 'response-header-became-optional'],
  },
  {
    bump: 'minor',
    why: 'More is answered than before.',
    ids: ['response-required-property-became-not-write-only'],
  },
  {
    bump: 'minor',
    why: 'It tells, or leaves untold, what leaving it out has meant all along.',
    ids: ['request-parameter-default-value-added', 'request-parameter-default-value-removed'],
  },
  {
    bump: 'patch',
    why: 'Only the first tag has a meaning, the namespace in clients, and our own checks compare it.',
    ids: ['api-tag-added', 'api-tag-removed'],
  },
  {
    bump: 'patch',
    why: 'The scopes that a scheme lists are words; what an operation demands stands with the operation.',
    ids: [
      'api-security-component-oauth-scope-added',
      'api-security-component-oauth-scope-changed',
      'api-security-component-oauth-scope-removed',
    ],
  },
  {
    bump: 'none',
    why: 'No answer holds what is only written.',
    ids: ['response-write-only-property-enum-value-added'],
  },
  {
    bump: 'none',
    why: 'A scheme means something only where an operation demands it, and that is compared there.',
    ids: [
      ...['api-security-component-added', 'api-security-component-removed'],
      ...['api-global-security-added', 'api-global-security-removed'],
      ...['api-global-security-scope-added', 'api-global-security-scope-removed'],
    ],
  },
]

/** Ids that together mean a swapped security scheme, which is major, and each alone one more, or one fewer, way in. */
export const swappedSecurity = ['api-security-added', 'api-security-removed'] as const
