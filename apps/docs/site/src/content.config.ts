import { defineCollection } from 'astro:content'
import { docsLoader } from '@astrojs/starlight/loaders'
import { docsSchema } from '@astrojs/starlight/schema'
import { z } from 'astro/zod'

/** The pages, which src/build.ts puts in place, with what an operation's page says of it. */
export const collections = {
  docs: defineCollection({
    loader: docsLoader(),
    schema: docsSchema({
      extend: z.object({
        operationId: z.string().optional(),
        method: z.string().optional(),
        path: z.string().optional(),
      }),
    }),
  }),
}
