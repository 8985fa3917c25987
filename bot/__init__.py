"""Extensions of Rasa: NLU, policies, the web chat, the server and its stores."""
