"""What Rasa's custom actions ask, check, review and send. Needs rasa_sdk, not rasa."""
