/** A media type in lower case. JSON is UTF-8 (RFC 8259), so a charset that says so says nothing. */
export function canonicalMediaType(name: string): string {
  const [written = '', ...parameters] = name.split(';').map((part) => part.trim())
  const type = written === '*' ? '*/*' : written
  const isJson = /[/+]json$/i.test(type)
  const kept = parameters.filter((parameter) => !(isJson && /^charset="?utf-?8"?$/i.test(parameter)))
  return [type.toLowerCase(), ...kept].join('; ')
}

/** The name of a header in lower case, as HTTP/2 has it (RFC 9113): headers have no casing. */
export const canonicalHeader = (name: string): string => name.toLowerCase()
