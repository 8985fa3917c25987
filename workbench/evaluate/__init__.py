"""The command `script/bot evaluate`: trains a model and measures it on lines it was not trained on."""
