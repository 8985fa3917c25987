"""What a message tells the request that is under way, or one that may begin with it."""
