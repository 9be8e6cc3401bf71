// @generated from minimo-g2.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

export interface paths {
    "/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or update a contact
         * @description Looks for a contact with this email, and creates one if there is none. Tags are added, never removed.
         */
        post: operations["upsertContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/custom-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the custom fields
         * @description Returns every custom field as one list.
         */
        get: operations["listCustomFields"];
        put?: never;
        /**
         * Create a custom field
         * @description Adds a field to the contacts of your company. The key must be new.
         */
        post: operations["createCustomField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transactionals/whatsapp/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a WhatsApp template
         * @description Sends an approved template to a phone.
         */
        post: operations["sendWhatsAppTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/transactionals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a stored email template
         * @description Sends the template with this uid to an email, its placeholders filled.
         */
        post: operations["sendEmailTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/email/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a transactional message
         * @description Totals of everything that was sent with a template.
         */
        get: operations["getTransactionalStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The contact to create or update. */
        ContactUpsert: {
            /**
             * Format: email
             * @description The email that contacts are found by.
             */
            email: string;
            /** @description The phone to store, in E.164 form. */
            phone?: string;
            /** @description Tags to add. */
            tags?: string[];
            /** @description Custom fields to set. Those you leave out stay. */
            customFields?: {
                [key: string]: unknown;
            };
        };
        /** @description The contact that was written. */
        ContactReference: {
            /** @description The id of the contact. */
            contactId: string;
        };
        /** @description A field that contacts can carry. */
        CustomField: {
            /** @description The id of the field. */
            id: number;
            /** @description The name of the field in data, in upper SNAKE_CASE. */
            key: string;
            /** @description The name of the field as people see it. */
            display_name: string;
            /**
             * @description The kind of value the field holds.
             * @enum {string}
             */
            type: "text" | "number" | "boolean" | "date" | "datetime" | "select" | "json" | (string & {});
            /** @description The category of the field, if it has one. */
            category: string | null;
        };
        /** @description The field to create. */
        CustomFieldCreate: {
            /** @description The name of the field in data, in upper SNAKE_CASE. */
            key: string;
            /** @description The name of the field as people see it. */
            display_name: string;
            /**
             * @description The kind of value the field holds.
             * @enum {string}
             */
            type: "text" | "number" | "boolean" | "date" | "datetime" | "select" | "json";
            /** @description The category to file the field under. */
            category?: string;
        };
        /** @description A WhatsApp template and the phone to send it to. */
        WhatsAppTemplateMessage: {
            /** @description The phone to send to, in E.164 form. */
            recipient: string;
            /**
             * @description Always `template`.
             * @enum {string}
             */
            type: "template";
            /** @description The template to send. */
            template: {
                /** @description The name of an approved template. */
                name: string;
                /** @description The language of the template. */
                languageCode: string;
            };
        };
        /** @description A stored email template and the email to send it to. */
        EmailTemplateMessage: {
            /** @description The uid of the template. */
            uid: string;
            /**
             * Format: email
             * @description The email to send to.
             */
            recipient: string;
            /** @description The values for the placeholders, by name. */
            customFields?: {
                [key: string]: unknown;
            };
        };
        /** @description The outcome of sending a template. */
        SendResult: {
            /** @description The status as a number. */
            status: number;
        };
        /** @description The totals of a transactional message. */
        TransactionalStats: {
            /** @description When the transactional message was created. */
            created: string;
            /** @description The share of messages opened, such as `85%`; null where it is not known. */
            openRate: string | null;
            /** @description The share of messages clicked, such as `50%`; null where it is not known. */
            clickRate: string | null;
            /** @description The number of messages sent. */
            totalMessagesSent: number;
        };
        /** @description The form of an error below /v1. */
        NestedError: {
            error: {
                /** @description A stable name of the problem to branch on. */
                code: string;
                /** @description The problem in words, for people. */
                message: string;
                /** @description Further information. */
                details?: {
                    [key: string]: unknown;
                };
            };
        };
        /** @description The form of an error below /api that has a code. */
        FlatError: {
            /** @description A stable name of the problem to branch on. */
            code: string;
            /** @description The problem in words, for people. */
            message: string;
        };
        /** @description An error that consists of a message only. */
        MessageError: {
            /** @description The problem in words, for people. */
            message: string;
        };
        /** @description An error whose whole content is a text. */
        TextError: {
            /** @description The problem in words, for people. */
            error: string;
        };
    };
    responses: {
        /** @description The API key is missing or not valid. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NestedError"];
            };
        };
        /** @description The data was not accepted. */
        ValidationFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NestedError"];
            };
        };
        /** @description Too many calls in a short time. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NestedError"];
            };
        };
        /** @description The API key is missing or not valid. */
        AppUnauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TextError"];
            };
        };
        /** @description Too many calls in a short time. */
        AppTooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TextError"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    upsertContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactUpsert"];
            };
        };
        responses: {
            /** @description The contact was created or updated. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactReference"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listCustomFields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All custom fields. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CustomField"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createCustomField: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomFieldCreate"];
            };
        };
        responses: {
            /** @description The field was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description A field that contacts can carry. */
                        data: components["schemas"]["CustomField"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A field with this key exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NestedError"];
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    sendWhatsAppTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhatsAppTemplateMessage"];
            };
        };
        responses: {
            /** @description The message was accepted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendResult"];
                };
            };
            401: components["responses"]["AppUnauthorized"];
            /** @description The template cannot be sent. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlatError"];
                };
            };
            429: components["responses"]["AppTooManyRequests"];
        };
    };
    sendEmailTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailTemplateMessage"];
            };
        };
        responses: {
            /** @description The email was accepted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendResult"];
                };
            };
            401: components["responses"]["AppUnauthorized"];
            /** @description The template cannot be sent. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlatError"];
                };
            };
            429: components["responses"]["AppTooManyRequests"];
        };
    };
    getTransactionalStats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The number of the template.
                 * @example 7
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The totals. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionalStats"];
                };
            };
            401: components["responses"]["AppUnauthorized"];
            /** @description No template has this number. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageError"];
                };
            };
            429: components["responses"]["AppTooManyRequests"];
        };
    };
}
