"""What a message changes in the meetings of a request."""
