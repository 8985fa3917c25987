"""What a message tells a request: values, corrections and answers, read into acts (conversation.md, Acts)."""
