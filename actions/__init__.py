"""Rasa's custom actions: they ask, check, review and send requests. Need rasa_sdk, not rasa."""
