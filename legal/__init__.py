"""The request for the legal department: schema, outbox, delivery, inbox. Imports only `common` of the project."""
