"""The inbox. Receives requests as request.md describes and shows them to Jura's staff."""
