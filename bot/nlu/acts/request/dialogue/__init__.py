"""What a message does to the dialogue: agrees, corrects, steers, skips, chats."""
