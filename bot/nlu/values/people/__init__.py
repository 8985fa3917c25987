"""People in a message: names, relations to the citizen, and for whom a request is."""
