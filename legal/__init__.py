"""The request as the legal department knows it. Imports `common` and nothing else of the project."""
