"""The inbox: receives requests (request.md, Payload) and shows them to Jura's staff."""
