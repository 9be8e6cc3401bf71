// Finds a contact by e-mail and changes it: e-mail, custom fields, consent; deletes and restores it; shows errors.
//   node src/quickstart.ts                                            against a sandbox in this process
//   MINIMO_API_KEY=mn-… node src/quickstart.ts OLD_EMAIL NEW_EMAIL --live    against the real API: changes the e-mail
import { parseArgs } from 'node:util'
import { createMinimoClient, isApiError } from '@minimo/client'
import { createSandbox, demoKey } from '@minimo/sandbox'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { live: { type: 'boolean' } } })
const [oldEmail = 'old@example.com', newEmail = 'new@example.com'] = positionals
if (values.live && positionals.length < 2) {
  console.error('--live changes a real contact: name it as OLD_EMAIL NEW_EMAIL, such as anna@old.org anna@new.org')
  process.exit(2)
}

const sandbox = values.live ? undefined : await createSandbox()
try {
  const minimo = createMinimoClient(sandbox && { apiKey: demoKey, fetch: sandbox.fetch })
  if (sandbox)
    await minimo.contacts.upsert({ email: oldEmail, customFields: { plan: 'free', address: { city: 'Torino' } } })

  const { id, customFields } = await minimo.contacts.getByEmail(oldEmail)
  console.log(`Found ${oldEmail}: contact ${id}, custom fields`, customFields)
  await minimo.contacts.update(id, { email: newEmail })
  console.log(`Changed its e-mail to ${newEmail}`)

  if (sandbox) {
    await minimo.contacts.update(id, { customFields: { plan: 'pro', address: { zip: '10121' } } })
    console.log('Merged custom fields:', (await minimo.contacts.getByEmail(newEmail)).customFields)
    await minimo.contacts.update(id, { marketingConsent: { email: true, whatsapp: false } })
    await minimo.contacts.delete(id)
    console.log(`Deleted: ${await failure(minimo.contacts.getByEmail(newEmail))}`)
    await minimo.contacts.update(id, { customFields: { seats: 5 } })
    console.log('Restored with what it had:', (await minimo.contacts.getByEmail(newEmail)).customFields)

    const stranger = createMinimoClient({ apiKey: 'mn-WRONG-KEY', fetch: sandbox.fetch })
    console.log(`A wrong key: ${await failure(stranger.contacts.getByEmail(newEmail))}`)
    console.log('What automations got to see:')
    for (const { type, changes } of await sandbox.events()) {
      console.log(`  ${type.padEnd(24)} ${changes.map(({ field }) => field).join(', ')}`)
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await sandbox?.close()
}

/** Tells how the API refused a call; any other outcome is a surprise. */
async function failure(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error('the call was expected to fail'),
    (reason: unknown) => reason,
  )
  if (isApiError(error)) return error.message
  throw error
}
